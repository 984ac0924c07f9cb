const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const none = []
const end = (leaf, run = none) => ({ run, to: leaf })
const params = [
  { list: [], of(values) { return {} } },
]
const runs = [
  ["api", "hello"],
]

const leaves = [
  { kind: 'api', pattern: "/api/hello", file: "pages/api/hello.ts", params: params[0], config: unset, load() { return import("./pages/api/hello.ts") } },
]

const tree = end(0, runs[0])

export const manifest = { leaves, tree }
