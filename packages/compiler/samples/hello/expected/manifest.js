const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const end = (leaf) => ({ leaf, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 })

const leaves = [
  { kind: 'api', pattern: "/api/hello", file: "pages/api/hello.ts", params: [], config: unset, load() { return import("./pages/api/hello.ts") } },
]

const tree = { leaf: -1, statics: new Map([
  ["api", { rest: ["hello"], to: end(0) }],
]), param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
