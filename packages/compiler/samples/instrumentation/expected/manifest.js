const leaves = [
  { kind: 'api', pattern: "/api/hello", file: "src/pages/api/hello.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./src/pages/api/hello.ts") },
]

const tree = { leaf: -1, statics: {
  __proto__: null,
  ["api"]: { rest: ["hello"], to: { leaf: 0, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
}, param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
