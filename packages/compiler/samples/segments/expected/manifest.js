const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const none = []
const end = (leaf, run = none) => ({ run, to: leaf })
const params = [
  { list: [], of(values) { return {} } },
  { list: [{ name: "path", at: 2, rest: true }], of(values) { return {} } },
  { list: [{ name: "id", at: 2, rest: false }], of(values) { return { id: values[0] } } },
  { list: [{ name: "id", at: 2, rest: false }, { name: "post", at: 4, rest: false }], of(values) { return { id: values[0], post: values[1] } } },
  { list: [{ name: "__proto__", at: 1, rest: false }], of(values) { return {} } },
]
const runs = [
  ["api"],
  ["status"],
  ["toString"],
  ["ünï"],
  [null],
  ["index"],
]

const leaves = [
  { kind: 'api', pattern: "/api", file: "pages/api/index.ts", params: params[0], config: unset, load() { return import("./pages/api/index.ts") } },
  { kind: 'api', pattern: "/api/.well-known/status", file: "pages/api/.well-known/status.js", params: params[0], config: unset, load() { return import("./pages/api/.well-known/status.js") } },
  { kind: 'api', pattern: "/api/__proto__/toString", file: "pages/api/__proto__/toString.ts", params: params[0], config: unset, load() { return import("./pages/api/__proto__/toString.ts") } },
  { kind: 'api', pattern: "/api/a b/ünï", file: "pages/api/a b/ünï.ts", params: params[0], config: unset, load() { return import("./pages/api/a b/ünï.ts") } },
  { kind: 'api', pattern: "/api/about", file: "pages/api/about.ts", params: params[0], config: unset, load() { return import("./pages/api/about.ts") } },
  { kind: 'api', pattern: "/api/constructor", file: "pages/api/constructor.ts", params: params[0], config: unset, load() { return import("./pages/api/constructor.ts") } },
  { kind: 'api', pattern: "/api/docs/[[...path]]", file: "pages/api/docs/[[...path]].ts", params: params[1], config: unset, load() { return import("./pages/api/docs/[[...path]].ts") } },
  { kind: 'api', pattern: "/api/files/[...path]", file: "pages/api/files/[...path].ts", params: params[1], config: unset, load() { return import("./pages/api/files/[...path].ts") } },
  { kind: 'api', pattern: "/api/users", file: "pages/api/users/index.ts", params: params[0], config: unset, load() { return import("./pages/api/users/index.ts") } },
  { kind: 'api', pattern: "/api/users/me", file: "pages/api/users/me.ts", params: params[0], config: unset, load() { return import("./pages/api/users/me.ts") } },
  { kind: 'api', pattern: "/api/users/[id]", file: "pages/api/users/[id].tsx", params: params[2], config: unset, load() { return import("./pages/api/users/[id].tsx") } },
  { kind: 'api', pattern: "/api/users/[id]/posts/[post]", file: "pages/api/users/[id]/posts/[post].jsx", params: params[3], config: unset, load() { return import("./pages/api/users/[id]/posts/[post].jsx") } },
  { kind: 'api', pattern: "/api/v1.0", file: "pages/api/v1.0.ts", params: params[0], config: unset, load() { return import("./pages/api/v1.0.ts") } },
  { kind: 'api', pattern: "/api/x/index", file: "pages/api/x/index/index.ts", params: params[0], config: unset, load() { return import("./pages/api/x/index/index.ts") } },
  { kind: 'api', pattern: "/api/[__proto__]", file: "pages/api/[__proto__].ts", params: params[4], config: unset, load() { return import("./pages/api/[__proto__].ts") } },
]

const tree = { run: runs[0], to: { leaf: 0, statics: new Map([
  [".well-known", end(1, runs[1])],
  ["__proto__", end(2, runs[2])],
  ["a b", end(3, runs[3])],
  ["about", end(4)],
  ["constructor", end(5)],
  ["docs", { run: none, to: { leaf: -1, statics: null, param: null, catchAll: -1, optionalCatchAll: 6 } }],
  ["files", { run: none, to: { leaf: -1, statics: null, param: null, catchAll: 7, optionalCatchAll: -1 } }],
  ["users", { run: none, to: { leaf: 8, statics: new Map([
    ["me", end(9)],
  ]), param: { run: none, to: { leaf: 10, statics: new Map([
    ["posts", end(11, runs[4])],
  ]), param: null, catchAll: -1, optionalCatchAll: -1 } }, catchAll: -1, optionalCatchAll: -1 } }],
  ["v1.0", end(12)],
  ["x", end(13, runs[5])],
]), param: end(14), catchAll: -1, optionalCatchAll: -1 } }

export const manifest = { leaves, tree }
