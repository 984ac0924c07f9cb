import { readConfig } from "apiroutes:runtime"

const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const none = []
const params = [
  { list: [], of(values) { return {} } },
]
const runs = [
  ["api"],
]

const leaves = [
  { kind: 'api', pattern: "/api/common", file: "pages/api/common.js", params: params[0], config: { bodyParser: { bytes: 1572864, text: "1.5mb" }, responseLimit: null, externalResolver: false, maxDuration: null }, load() { return import("./pages/api/common.js") } },
  { kind: 'api', pattern: "/api/constants", file: "pages/api/constants.ts", params: params[0], config: { bodyParser: { bytes: 4096, text: "4kb" }, responseLimit: null, externalResolver: false, maxDuration: 10 }, load() { return import("./pages/api/constants.ts") } },
  { kind: 'api', pattern: "/api/elsewhere", file: "pages/api/elsewhere.ts", params: params[0], config: readConfig, load() { return import("./pages/api/elsewhere.ts") } },
  { kind: 'api', pattern: "/api/empty", file: "pages/api/empty.ts", params: params[0], config: unset, load() { return import("./pages/api/empty.ts") } },
  { kind: 'api', pattern: "/api/environment", file: "pages/api/environment.ts", params: params[0], config: readConfig, load() { return import("./pages/api/environment.ts") } },
  { kind: 'api', pattern: "/api/mutated", file: "pages/api/mutated.ts", params: params[0], config: readConfig, load() { return import("./pages/api/mutated.ts") } },
  { kind: 'api', pattern: "/api/none", file: "pages/api/none.ts", params: params[0], config: unset, load() { return import("./pages/api/none.ts") } },
  { kind: 'api', pattern: "/api/number", file: "pages/api/number.ts", params: params[0], config: { bodyParser: { bytes: 2048, text: "2048" }, responseLimit: { bytes: 100, text: "100" }, externalResolver: false, maxDuration: null }, load() { return import("./pages/api/number.ts") } },
  { kind: 'api', pattern: "/api/off", file: "pages/api/off.ts", params: params[0], config: { bodyParser: false, responseLimit: false, externalResolver: true, maxDuration: null }, load() { return import("./pages/api/off.ts") } },
  { kind: 'api', pattern: "/api/one-megabyte", file: "pages/api/one-megabyte.ts", params: params[0], config: { bodyParser: { bytes: 1048576, text: "1mb" }, responseLimit: null, externalResolver: false, maxDuration: null }, load() { return import("./pages/api/one-megabyte.ts") } },
  { kind: 'api', pattern: "/api/renamed", file: "pages/api/renamed.ts", params: params[0], config: { bodyParser: false, responseLimit: null, externalResolver: false, maxDuration: null }, load() { return import("./pages/api/renamed.ts") } },
  { kind: 'api', pattern: "/api/satisfies", file: "pages/api/satisfies.ts", params: params[0], config: { bodyParser: null, responseLimit: { bytes: 8388608, text: "8mb" }, externalResolver: false, maxDuration: 5 }, load() { return import("./pages/api/satisfies.ts") } },
  { kind: 'api', pattern: "/api/size", file: "pages/api/size.ts", params: params[0], config: { bodyParser: { bytes: 512000, text: "500kb" }, responseLimit: null, externalResolver: false, maxDuration: null }, load() { return import("./pages/api/size.ts") } },
  { kind: 'api', pattern: "/api/typo", file: "pages/api/typo.ts", params: params[0], config: unset, load() { return import("./pages/api/typo.ts") } },
]

const tree = { run: runs[0], leaf: -1, many: new Map([
  ["common", 0],
  ["constants", 1],
  ["elsewhere", 2],
  ["empty", 3],
  ["environment", 4],
  ["mutated", 5],
  ["none", 6],
  ["number", 7],
  ["off", 8],
  ["one-megabyte", 9],
  ["renamed", 10],
  ["satisfies", 11],
  ["size", 12],
  ["typo", 13],
]), few: none, param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
