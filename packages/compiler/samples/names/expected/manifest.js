const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const end = (leaf) => ({ leaf, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 })

const leaves = [
  { kind: 'api', pattern: "/api/#hash", file: "pages/api/#hash.ts", params: [], config: unset, load() { return import("./pages/api/#hash.ts") } },
  { kind: 'api', pattern: "/api/$&$'", file: "pages/api/$&$'.ts", params: [], config: unset, load() { return import("./pages/api/$&$'.ts") } },
  { kind: 'api', pattern: "/api/%61", file: "pages/api/%61.ts", params: [], config: unset, load() { return import("./pages/api/%61.ts") } },
  { kind: 'api', pattern: "/api/';evil('", file: "pages/api/';evil('.ts", params: [], config: unset, load() { return import("./pages/api/';evil('.ts") } },
  { kind: 'api', pattern: "/api/(group)/a", file: "pages/api/(group)/a.ts", params: [], config: unset, load() { return import("./pages/api/(group)/a.ts") } },
  { kind: 'api', pattern: "/api/+", file: "pages/api/+.ts", params: [], config: unset, load() { return import("./pages/api/+.ts") } },
  { kind: 'api', pattern: "/api/--flag", file: "pages/api/--flag.ts", params: [], config: unset, load() { return import("./pages/api/--flag.ts") } },
  { kind: 'api', pattern: "/api/50%", file: "pages/api/50%.ts", params: [], config: unset, load() { return import("./pages/api/50%.ts") } },
  { kind: 'api', pattern: "/api/@me", file: "pages/api/@me.ts", params: [], config: unset, load() { return import("./pages/api/@me.ts") } },
  { kind: 'api', pattern: "/api/__proto__", file: "pages/api/__proto__.ts", params: [], config: unset, load() { return import("./pages/api/__proto__.ts") } },
  { kind: 'api', pattern: "/api/__proto__/__proto__", file: "pages/api/__proto__/__proto__.ts", params: [], config: unset, load() { return import("./pages/api/__proto__/__proto__.ts") } },
  { kind: 'api', pattern: "/api/`${evil()}`", file: "pages/api/`${evil()}`.ts", params: [], config: unset, load() { return import("./pages/api/`${evil()}`.ts") } },
  { kind: 'api', pattern: "/api/constructor/[prototype]", file: "pages/api/constructor/[prototype].ts", params: [{ name: "prototype", at: 2, rest: false }], config: unset, load() { return import("./pages/api/constructor/[prototype].ts") } },
  { kind: 'api', pattern: "/api/hasOwnProperty", file: "pages/api/hasOwnProperty.js", params: [], config: unset, load() { return import("./pages/api/hasOwnProperty.js") } },
  { kind: 'api', pattern: "/api/manifest.json", file: "pages/api/manifest.json.ts", params: [], config: unset, load() { return import("./pages/api/manifest.json.ts") } },
  { kind: 'api', pattern: "/api/node_modules", file: "pages/api/node_modules.ts", params: [], config: unset, load() { return import("./pages/api/node_modules.ts") } },
  { kind: 'api', pattern: "/api/server.js", file: "pages/api/server.js.ts", params: [], config: unset, load() { return import("./pages/api/server.js.ts") } },
  { kind: 'api', pattern: "/api/{}", file: "pages/api/{}.ts", params: [], config: unset, load() { return import("./pages/api/{}.ts") } },
  { kind: 'api', pattern: "/api/ünï 日本", file: "pages/api/ünï 日本.ts", params: [], config: unset, load() { return import("./pages/api/ünï 日本.ts") } },
  { kind: 'api', pattern: "/api/ ", file: "pages/api/ .ts", params: [], config: unset, load() { return import("./pages/api/ .ts") } },
  { kind: 'api', pattern: "/api/[__proto__]", file: "pages/api/[__proto__].ts", params: [{ name: "__proto__", at: 1, rest: false }], config: unset, load() { return import("./pages/api/[__proto__].ts") } },
]

const tree = { leaf: -1, statics: new Map([
  ["api", { rest: [], to: { leaf: -1, statics: new Map([
    ["#hash", { rest: [], to: end(0) }],
    ["$&$'", { rest: [], to: end(1) }],
    ["%61", { rest: [], to: end(2) }],
    ["';evil('", { rest: [], to: end(3) }],
    ["(group)", { rest: ["a"], to: end(4) }],
    ["+", { rest: [], to: end(5) }],
    ["--flag", { rest: [], to: end(6) }],
    ["50%", { rest: [], to: end(7) }],
    ["@me", { rest: [], to: end(8) }],
    ["__proto__", { rest: [], to: { leaf: 9, statics: new Map([
      ["__proto__", { rest: [], to: end(10) }],
    ]), param: null, catchAll: -1, optionalCatchAll: -1 } }],
    ["`${evil()}`", { rest: [], to: end(11) }],
    ["constructor", { rest: [], to: { leaf: -1, statics: null, param: end(12), catchAll: -1, optionalCatchAll: -1 } }],
    ["hasOwnProperty", { rest: [], to: end(13) }],
    ["manifest.json", { rest: [], to: end(14) }],
    ["node_modules", { rest: [], to: end(15) }],
    ["server.js", { rest: [], to: end(16) }],
    ["{}", { rest: [], to: end(17) }],
    ["ünï 日本", { rest: [], to: end(18) }],
    [" ", { rest: [], to: end(19) }],
  ]), param: end(20), catchAll: -1, optionalCatchAll: -1 } }],
]), param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
