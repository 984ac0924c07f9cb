import { readConfig } from "apiroutes:runtime"

const leaves = [
  { kind: 'api', pattern: "/api/common", file: "pages/api/common.js", params: [], config: { bodyParser: { bytes: 1572864, text: "1.5mb" }, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/common.js") },
  { kind: 'api', pattern: "/api/constants", file: "pages/api/constants.ts", params: [], config: { bodyParser: { bytes: 4096, text: "4kb" }, responseLimit: null, externalResolver: false, maxDuration: 10 }, load: () => import("./pages/api/constants.ts") },
  { kind: 'api', pattern: "/api/elsewhere", file: "pages/api/elsewhere.ts", params: [], config: readConfig, load: () => import("./pages/api/elsewhere.ts") },
  { kind: 'api', pattern: "/api/empty", file: "pages/api/empty.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/empty.ts") },
  { kind: 'api', pattern: "/api/environment", file: "pages/api/environment.ts", params: [], config: readConfig, load: () => import("./pages/api/environment.ts") },
  { kind: 'api', pattern: "/api/mutated", file: "pages/api/mutated.ts", params: [], config: readConfig, load: () => import("./pages/api/mutated.ts") },
  { kind: 'api', pattern: "/api/none", file: "pages/api/none.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/none.ts") },
  { kind: 'api', pattern: "/api/number", file: "pages/api/number.ts", params: [], config: { bodyParser: { bytes: 2048, text: "2048" }, responseLimit: { bytes: 100, text: "100" }, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/number.ts") },
  { kind: 'api', pattern: "/api/off", file: "pages/api/off.ts", params: [], config: { bodyParser: false, responseLimit: false, externalResolver: true, maxDuration: null }, load: () => import("./pages/api/off.ts") },
  { kind: 'api', pattern: "/api/one-megabyte", file: "pages/api/one-megabyte.ts", params: [], config: { bodyParser: { bytes: 1048576, text: "1mb" }, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/one-megabyte.ts") },
  { kind: 'api', pattern: "/api/renamed", file: "pages/api/renamed.ts", params: [], config: { bodyParser: false, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/renamed.ts") },
  { kind: 'api', pattern: "/api/satisfies", file: "pages/api/satisfies.ts", params: [], config: { bodyParser: null, responseLimit: { bytes: 8388608, text: "8mb" }, externalResolver: false, maxDuration: 5 }, load: () => import("./pages/api/satisfies.ts") },
  { kind: 'api', pattern: "/api/size", file: "pages/api/size.ts", params: [], config: { bodyParser: { bytes: 512000, text: "500kb" }, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/size.ts") },
  { kind: 'api', pattern: "/api/typo", file: "pages/api/typo.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/typo.ts") },
]

const tree = { leaf: -1, statics: {
  __proto__: null,
  ["api"]: { rest: [], to: { leaf: -1, statics: {
    __proto__: null,
    ["common"]: { rest: [], to: { leaf: 0, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["constants"]: { rest: [], to: { leaf: 1, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["elsewhere"]: { rest: [], to: { leaf: 2, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["empty"]: { rest: [], to: { leaf: 3, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["environment"]: { rest: [], to: { leaf: 4, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["mutated"]: { rest: [], to: { leaf: 5, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["none"]: { rest: [], to: { leaf: 6, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["number"]: { rest: [], to: { leaf: 7, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["off"]: { rest: [], to: { leaf: 8, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["one-megabyte"]: { rest: [], to: { leaf: 9, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["renamed"]: { rest: [], to: { leaf: 10, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["satisfies"]: { rest: [], to: { leaf: 11, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["size"]: { rest: [], to: { leaf: 12, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["typo"]: { rest: [], to: { leaf: 13, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
  }, param: null, catchAll: -1, optionalCatchAll: -1 } },
}, param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
