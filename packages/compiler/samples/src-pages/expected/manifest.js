const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const none = []
const params = [
  { list: [], of(values) { return {} } },
  { list: [{ name: "id", at: 1, rest: false }], of(values) { return { id: values[0] } } },
]
const runs = [
  ["api"],
]

const leaves = [
  { kind: 'api', pattern: "/api", file: "src/pages/api/index.ts", params: params[0], config: unset, load() { return import("./src/pages/api/index.ts") } },
  { kind: 'api', pattern: "/api/[id]", file: "src/pages/api/[id].ts", params: params[1], config: unset, load() { return import("./src/pages/api/[id].ts") } },
]

const tree = { run: runs[0], leaf: 0, many: null, few: none, param: 1, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
