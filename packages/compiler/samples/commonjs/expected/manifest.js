const leaves = [
  { kind: 'api', pattern: "/api/assigned", file: "pages/api/assigned.js", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/assigned.js") },
  { kind: 'api', pattern: "/api/compiled", file: "pages/api/compiled.js", params: [], config: { bodyParser: false, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/compiled.js") },
  { kind: 'api', pattern: "/api/express", file: "pages/api/express.js", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: true, maxDuration: null }, load: () => import("./pages/api/express.js") },
  { kind: 'api', pattern: "/api/object", file: "pages/api/object.js", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: 5 }, load: () => import("./pages/api/object.js") },
  { kind: 'api', pattern: "/api/plain-default", file: "pages/api/plain-default.js", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/plain-default.js") },
]

const tree = { leaf: -1, statics: {
  __proto__: null,
  ["api"]: { rest: [], to: { leaf: -1, statics: {
    __proto__: null,
    ["assigned"]: { rest: [], to: { leaf: 0, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["compiled"]: { rest: [], to: { leaf: 1, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["express"]: { rest: [], to: { leaf: 2, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["object"]: { rest: [], to: { leaf: 3, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["plain-default"]: { rest: [], to: { leaf: 4, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
  }, param: null, catchAll: -1, optionalCatchAll: -1 } },
}, param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
