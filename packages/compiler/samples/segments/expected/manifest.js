const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const end = (leaf) => ({ leaf, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 })

const leaves = [
  { kind: 'api', pattern: "/api", file: "pages/api/index.ts", params: [], config: unset, load() { return import("./pages/api/index.ts") } },
  { kind: 'api', pattern: "/api/.well-known/status", file: "pages/api/.well-known/status.js", params: [], config: unset, load() { return import("./pages/api/.well-known/status.js") } },
  { kind: 'api', pattern: "/api/__proto__/toString", file: "pages/api/__proto__/toString.ts", params: [], config: unset, load() { return import("./pages/api/__proto__/toString.ts") } },
  { kind: 'api', pattern: "/api/a b/ünï", file: "pages/api/a b/ünï.ts", params: [], config: unset, load() { return import("./pages/api/a b/ünï.ts") } },
  { kind: 'api', pattern: "/api/about", file: "pages/api/about.ts", params: [], config: unset, load() { return import("./pages/api/about.ts") } },
  { kind: 'api', pattern: "/api/constructor", file: "pages/api/constructor.ts", params: [], config: unset, load() { return import("./pages/api/constructor.ts") } },
  { kind: 'api', pattern: "/api/docs/[[...path]]", file: "pages/api/docs/[[...path]].ts", params: [{ name: "path", at: 2, rest: true }], config: unset, load() { return import("./pages/api/docs/[[...path]].ts") } },
  { kind: 'api', pattern: "/api/files/[...path]", file: "pages/api/files/[...path].ts", params: [{ name: "path", at: 2, rest: true }], config: unset, load() { return import("./pages/api/files/[...path].ts") } },
  { kind: 'api', pattern: "/api/users", file: "pages/api/users/index.ts", params: [], config: unset, load() { return import("./pages/api/users/index.ts") } },
  { kind: 'api', pattern: "/api/users/me", file: "pages/api/users/me.ts", params: [], config: unset, load() { return import("./pages/api/users/me.ts") } },
  { kind: 'api', pattern: "/api/users/[id]", file: "pages/api/users/[id].tsx", params: [{ name: "id", at: 2, rest: false }], config: unset, load() { return import("./pages/api/users/[id].tsx") } },
  { kind: 'api', pattern: "/api/users/[id]/posts/[post]", file: "pages/api/users/[id]/posts/[post].jsx", params: [{ name: "id", at: 2, rest: false }, { name: "post", at: 4, rest: false }], config: unset, load() { return import("./pages/api/users/[id]/posts/[post].jsx") } },
  { kind: 'api', pattern: "/api/v1.0", file: "pages/api/v1.0.ts", params: [], config: unset, load() { return import("./pages/api/v1.0.ts") } },
  { kind: 'api', pattern: "/api/x/index", file: "pages/api/x/index/index.ts", params: [], config: unset, load() { return import("./pages/api/x/index/index.ts") } },
  { kind: 'api', pattern: "/api/[__proto__]", file: "pages/api/[__proto__].ts", params: [{ name: "__proto__", at: 1, rest: false }], config: unset, load() { return import("./pages/api/[__proto__].ts") } },
]

const tree = { leaf: -1, statics: new Map([
  ["api", { rest: [], to: { leaf: 0, statics: new Map([
    [".well-known", { rest: ["status"], to: end(1) }],
    ["__proto__", { rest: ["toString"], to: end(2) }],
    ["a b", { rest: ["ünï"], to: end(3) }],
    ["about", { rest: [], to: end(4) }],
    ["constructor", { rest: [], to: end(5) }],
    ["docs", { rest: [], to: { leaf: -1, statics: null, param: null, catchAll: -1, optionalCatchAll: 6 } }],
    ["files", { rest: [], to: { leaf: -1, statics: null, param: null, catchAll: 7, optionalCatchAll: -1 } }],
    ["users", { rest: [], to: { leaf: 8, statics: new Map([
      ["me", { rest: [], to: end(9) }],
    ]), param: { leaf: 10, statics: new Map([
      ["posts", { rest: [], to: { leaf: -1, statics: null, param: end(11), catchAll: -1, optionalCatchAll: -1 } }],
    ]), param: null, catchAll: -1, optionalCatchAll: -1 }, catchAll: -1, optionalCatchAll: -1 } }],
    ["v1.0", { rest: [], to: end(12) }],
    ["x", { rest: ["index"], to: end(13) }],
  ]), param: end(14), catchAll: -1, optionalCatchAll: -1 } }],
]), param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
