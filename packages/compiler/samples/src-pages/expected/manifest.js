const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const end = (leaf) => ({ leaf, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 })

const leaves = [
  { kind: 'api', pattern: "/api", file: "src/pages/api/index.ts", params: [], config: unset, load() { return import("./src/pages/api/index.ts") } },
  { kind: 'api', pattern: "/api/[id]", file: "src/pages/api/[id].ts", params: [{ name: "id", at: 1, rest: false }], config: unset, load() { return import("./src/pages/api/[id].ts") } },
]

const tree = { leaf: -1, statics: new Map([
  ["api", { rest: [], to: { leaf: 0, statics: null, param: end(1), catchAll: -1, optionalCatchAll: -1 } }],
]), param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
