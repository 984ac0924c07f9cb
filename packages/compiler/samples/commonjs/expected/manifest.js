const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const end = (leaf) => ({ leaf, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 })

const leaves = [
  { kind: 'api', pattern: "/api/assigned", file: "pages/api/assigned.js", params: [], config: unset, load() { return import("./pages/api/assigned.js") } },
  { kind: 'api', pattern: "/api/compiled", file: "pages/api/compiled.js", params: [], config: { bodyParser: false, responseLimit: null, externalResolver: false, maxDuration: null }, load() { return import("./pages/api/compiled.js") } },
  { kind: 'api', pattern: "/api/express", file: "pages/api/express.js", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: true, maxDuration: null }, load() { return import("./pages/api/express.js") } },
  { kind: 'api', pattern: "/api/object", file: "pages/api/object.js", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: 5 }, load() { return import("./pages/api/object.js") } },
  { kind: 'api', pattern: "/api/plain-default", file: "pages/api/plain-default.js", params: [], config: unset, load() { return import("./pages/api/plain-default.js") } },
]

const tree = { leaf: -1, statics: new Map([
  ["api", { rest: [], to: { leaf: -1, statics: new Map([
    ["assigned", { rest: [], to: end(0) }],
    ["compiled", { rest: [], to: end(1) }],
    ["express", { rest: [], to: end(2) }],
    ["object", { rest: [], to: end(3) }],
    ["plain-default", { rest: [], to: end(4) }],
  ]), param: null, catchAll: -1, optionalCatchAll: -1 } }],
]), param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
