const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const none = []
const params = [
  { list: [], of(values) { return {} } },
  { list: [{ name: "prototype", at: 2, rest: false }], of(values) { return { prototype: values[0] } } },
  { list: [{ name: "__proto__", at: 1, rest: false }], of(values) { return {} } },
]
const runs = [
  ["api"],
  ["a"],
  [null],
]

const leaves = [
  { kind: 'api', pattern: "/api/#hash", file: "pages/api/#hash.ts", params: params[0], config: unset, load() { return import("./pages/api/#hash.ts") } },
  { kind: 'api', pattern: "/api/$&$'", file: "pages/api/$&$'.ts", params: params[0], config: unset, load() { return import("./pages/api/$&$'.ts") } },
  { kind: 'api', pattern: "/api/%61", file: "pages/api/%61.ts", params: params[0], config: unset, load() { return import("./pages/api/%61.ts") } },
  { kind: 'api', pattern: "/api/';evil('", file: "pages/api/';evil('.ts", params: params[0], config: unset, load() { return import("./pages/api/';evil('.ts") } },
  { kind: 'api', pattern: "/api/(group)/a", file: "pages/api/(group)/a.ts", params: params[0], config: unset, load() { return import("./pages/api/(group)/a.ts") } },
  { kind: 'api', pattern: "/api/+", file: "pages/api/+.ts", params: params[0], config: unset, load() { return import("./pages/api/+.ts") } },
  { kind: 'api', pattern: "/api/--flag", file: "pages/api/--flag.ts", params: params[0], config: unset, load() { return import("./pages/api/--flag.ts") } },
  { kind: 'api', pattern: "/api/50%", file: "pages/api/50%.ts", params: params[0], config: unset, load() { return import("./pages/api/50%.ts") } },
  { kind: 'api', pattern: "/api/@me", file: "pages/api/@me.ts", params: params[0], config: unset, load() { return import("./pages/api/@me.ts") } },
  { kind: 'api', pattern: "/api/__proto__", file: "pages/api/__proto__.ts", params: params[0], config: unset, load() { return import("./pages/api/__proto__.ts") } },
  { kind: 'api', pattern: "/api/__proto__/__proto__", file: "pages/api/__proto__/__proto__.ts", params: params[0], config: unset, load() { return import("./pages/api/__proto__/__proto__.ts") } },
  { kind: 'api', pattern: "/api/`${evil()}`", file: "pages/api/`${evil()}`.ts", params: params[0], config: unset, load() { return import("./pages/api/`${evil()}`.ts") } },
  { kind: 'api', pattern: "/api/constructor/[prototype]", file: "pages/api/constructor/[prototype].ts", params: params[1], config: unset, load() { return import("./pages/api/constructor/[prototype].ts") } },
  { kind: 'api', pattern: "/api/hasOwnProperty", file: "pages/api/hasOwnProperty.js", params: params[0], config: unset, load() { return import("./pages/api/hasOwnProperty.js") } },
  { kind: 'api', pattern: "/api/manifest.json", file: "pages/api/manifest.json.ts", params: params[0], config: unset, load() { return import("./pages/api/manifest.json.ts") } },
  { kind: 'api', pattern: "/api/node_modules", file: "pages/api/node_modules.ts", params: params[0], config: unset, load() { return import("./pages/api/node_modules.ts") } },
  { kind: 'api', pattern: "/api/server.js", file: "pages/api/server.js.ts", params: params[0], config: unset, load() { return import("./pages/api/server.js.ts") } },
  { kind: 'api', pattern: "/api/{}", file: "pages/api/{}.ts", params: params[0], config: unset, load() { return import("./pages/api/{}.ts") } },
  { kind: 'api', pattern: "/api/ünï 日本", file: "pages/api/ünï 日本.ts", params: params[0], config: unset, load() { return import("./pages/api/ünï 日本.ts") } },
  { kind: 'api', pattern: "/api/ ", file: "pages/api/ .ts", params: params[0], config: unset, load() { return import("./pages/api/ .ts") } },
  { kind: 'api', pattern: "/api/[__proto__]", file: "pages/api/[__proto__].ts", params: params[2], config: unset, load() { return import("./pages/api/[__proto__].ts") } },
]

const tree = { run: runs[0], leaf: -1, many: new Map([
  ["#hash", 0],
  ["$&$'", 1],
  ["%61", 2],
  ["';evil('", 3],
  ["(group)", { run: runs[1], leaf: 4, many: null, few: none, param: null, catchAll: -1, optionalCatchAll: -1 }],
  ["+", 5],
  ["--flag", 6],
  ["50%", 7],
  ["@me", 8],
  ["__proto__", { run: none, leaf: 9, many: null, few: [
    "__proto__", 10,
  ], param: null, catchAll: -1, optionalCatchAll: -1 }],
  ["`${evil()}`", 11],
  ["constructor", { run: runs[2], leaf: 12, many: null, few: none, param: null, catchAll: -1, optionalCatchAll: -1 }],
  ["hasOwnProperty", 13],
  ["manifest.json", 14],
  ["node_modules", 15],
  ["server.js", 16],
  ["{}", 17],
  ["ünï 日本", 18],
  [" ", 19],
]), few: none, param: 20, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
