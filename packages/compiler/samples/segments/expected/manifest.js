const leaves = [
  { kind: 'api', pattern: "/api", file: "pages/api/index.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/index.ts") },
  { kind: 'api', pattern: "/api/.well-known/status", file: "pages/api/.well-known/status.js", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/.well-known/status.js") },
  { kind: 'api', pattern: "/api/__proto__/toString", file: "pages/api/__proto__/toString.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/__proto__/toString.ts") },
  { kind: 'api', pattern: "/api/a b/ünï", file: "pages/api/a b/ünï.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/a b/ünï.ts") },
  { kind: 'api', pattern: "/api/about", file: "pages/api/about.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/about.ts") },
  { kind: 'api', pattern: "/api/constructor", file: "pages/api/constructor.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/constructor.ts") },
  { kind: 'api', pattern: "/api/docs/[[...path]]", file: "pages/api/docs/[[...path]].ts", params: [{ name: "path", at: 2, rest: true }], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/docs/[[...path]].ts") },
  { kind: 'api', pattern: "/api/files/[...path]", file: "pages/api/files/[...path].ts", params: [{ name: "path", at: 2, rest: true }], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/files/[...path].ts") },
  { kind: 'api', pattern: "/api/users", file: "pages/api/users/index.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/users/index.ts") },
  { kind: 'api', pattern: "/api/users/me", file: "pages/api/users/me.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/users/me.ts") },
  { kind: 'api', pattern: "/api/users/[id]", file: "pages/api/users/[id].tsx", params: [{ name: "id", at: 2, rest: false }], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/users/[id].tsx") },
  { kind: 'api', pattern: "/api/users/[id]/posts/[post]", file: "pages/api/users/[id]/posts/[post].jsx", params: [{ name: "id", at: 2, rest: false }, { name: "post", at: 4, rest: false }], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/users/[id]/posts/[post].jsx") },
  { kind: 'api', pattern: "/api/v1.0", file: "pages/api/v1.0.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/v1.0.ts") },
  { kind: 'api', pattern: "/api/x/index", file: "pages/api/x/index/index.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/x/index/index.ts") },
  { kind: 'api', pattern: "/api/[__proto__]", file: "pages/api/[__proto__].ts", params: [{ name: "__proto__", at: 1, rest: false }], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/[__proto__].ts") },
]

const tree = { leaf: -1, statics: {
  __proto__: null,
  ["api"]: { rest: [], to: { leaf: 0, statics: {
    __proto__: null,
    [".well-known"]: { rest: ["status"], to: { leaf: 1, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["__proto__"]: { rest: ["toString"], to: { leaf: 2, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["a b"]: { rest: ["ünï"], to: { leaf: 3, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["about"]: { rest: [], to: { leaf: 4, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["constructor"]: { rest: [], to: { leaf: 5, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["docs"]: { rest: [], to: { leaf: -1, statics: null, param: null, catchAll: -1, optionalCatchAll: 6 } },
    ["files"]: { rest: [], to: { leaf: -1, statics: null, param: null, catchAll: 7, optionalCatchAll: -1 } },
    ["users"]: { rest: [], to: { leaf: 8, statics: {
      __proto__: null,
      ["me"]: { rest: [], to: { leaf: 9, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    }, param: { leaf: 10, statics: {
      __proto__: null,
      ["posts"]: { rest: [], to: { leaf: -1, statics: null, param: { leaf: 11, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 }, catchAll: -1, optionalCatchAll: -1 } },
    }, param: null, catchAll: -1, optionalCatchAll: -1 }, catchAll: -1, optionalCatchAll: -1 } },
    ["v1.0"]: { rest: [], to: { leaf: 12, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["x"]: { rest: ["index"], to: { leaf: 13, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
  }, param: { leaf: 14, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 }, catchAll: -1, optionalCatchAll: -1 } },
}, param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
