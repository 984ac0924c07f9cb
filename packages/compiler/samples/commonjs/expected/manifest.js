const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const none = []
const params = [
  { list: [], of(values) { return {} } },
]
const runs = [
  ["api"],
]

const leaves = [
  { kind: 'api', pattern: "/api/assigned", file: "pages/api/assigned.js", params: params[0], config: unset, load() { return import("./pages/api/assigned.js") } },
  { kind: 'api', pattern: "/api/compiled", file: "pages/api/compiled.js", params: params[0], config: { bodyParser: false, responseLimit: null, externalResolver: false, maxDuration: null }, load() { return import("./pages/api/compiled.js") } },
  { kind: 'api', pattern: "/api/express", file: "pages/api/express.js", params: params[0], config: { bodyParser: null, responseLimit: null, externalResolver: true, maxDuration: null }, load() { return import("./pages/api/express.js") } },
  { kind: 'api', pattern: "/api/object", file: "pages/api/object.js", params: params[0], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: 5 }, load() { return import("./pages/api/object.js") } },
  { kind: 'api', pattern: "/api/plain-default", file: "pages/api/plain-default.js", params: params[0], config: unset, load() { return import("./pages/api/plain-default.js") } },
]

const tree = { run: runs[0], leaf: -1, many: null, few: [
  "assigned", 0,
  "compiled", 1,
  "express", 2,
  "object", 3,
  "plain-default", 4,
], param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
