const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const none = []
const params = [
  { list: [], of(values) { return {} } },
]
const runs = [
  ["api", "hello"],
]

const leaves = [
  { kind: 'api', pattern: "/api/hello", file: "pages/api/hello.ts", params: params[0], config: unset, load() { return import("./pages/api/hello.ts") } },
]

const tree = { run: runs[0], leaf: 0, many: null, few: none, param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
