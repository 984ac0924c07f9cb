const leaves = [
  { kind: 'api', pattern: "/api/#hash", file: "pages/api/#hash.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/#hash.ts") },
  { kind: 'api', pattern: "/api/$&$'", file: "pages/api/$&$'.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/$&$'.ts") },
  { kind: 'api', pattern: "/api/%61", file: "pages/api/%61.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/%61.ts") },
  { kind: 'api', pattern: "/api/';evil('", file: "pages/api/';evil('.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/';evil('.ts") },
  { kind: 'api', pattern: "/api/(group)/a", file: "pages/api/(group)/a.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/(group)/a.ts") },
  { kind: 'api', pattern: "/api/+", file: "pages/api/+.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/+.ts") },
  { kind: 'api', pattern: "/api/--flag", file: "pages/api/--flag.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/--flag.ts") },
  { kind: 'api', pattern: "/api/50%", file: "pages/api/50%.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/50%.ts") },
  { kind: 'api', pattern: "/api/@me", file: "pages/api/@me.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/@me.ts") },
  { kind: 'api', pattern: "/api/__proto__", file: "pages/api/__proto__.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/__proto__.ts") },
  { kind: 'api', pattern: "/api/__proto__/__proto__", file: "pages/api/__proto__/__proto__.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/__proto__/__proto__.ts") },
  { kind: 'api', pattern: "/api/`${evil()}`", file: "pages/api/`${evil()}`.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/`${evil()}`.ts") },
  { kind: 'api', pattern: "/api/constructor/[prototype]", file: "pages/api/constructor/[prototype].ts", params: [{ name: "prototype", at: 2, rest: false }], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/constructor/[prototype].ts") },
  { kind: 'api', pattern: "/api/hasOwnProperty", file: "pages/api/hasOwnProperty.js", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/hasOwnProperty.js") },
  { kind: 'api', pattern: "/api/manifest.json", file: "pages/api/manifest.json.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/manifest.json.ts") },
  { kind: 'api', pattern: "/api/node_modules", file: "pages/api/node_modules.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/node_modules.ts") },
  { kind: 'api', pattern: "/api/server.js", file: "pages/api/server.js.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/server.js.ts") },
  { kind: 'api', pattern: "/api/{}", file: "pages/api/{}.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/{}.ts") },
  { kind: 'api', pattern: "/api/ünï 日本", file: "pages/api/ünï 日本.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/ünï 日本.ts") },
  { kind: 'api', pattern: "/api/ ", file: "pages/api/ .ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/ .ts") },
  { kind: 'api', pattern: "/api/[__proto__]", file: "pages/api/[__proto__].ts", params: [{ name: "__proto__", at: 1, rest: false }], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/[__proto__].ts") },
]

const tree = { leaf: -1, statics: {
  __proto__: null,
  ["api"]: { rest: [], to: { leaf: -1, statics: {
    __proto__: null,
    ["#hash"]: { rest: [], to: { leaf: 0, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["$&$'"]: { rest: [], to: { leaf: 1, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["%61"]: { rest: [], to: { leaf: 2, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["';evil('"]: { rest: [], to: { leaf: 3, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["(group)"]: { rest: ["a"], to: { leaf: 4, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["+"]: { rest: [], to: { leaf: 5, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["--flag"]: { rest: [], to: { leaf: 6, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["50%"]: { rest: [], to: { leaf: 7, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["@me"]: { rest: [], to: { leaf: 8, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["__proto__"]: { rest: [], to: { leaf: 9, statics: {
      __proto__: null,
      ["__proto__"]: { rest: [], to: { leaf: 10, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    }, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["`${evil()}`"]: { rest: [], to: { leaf: 11, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["constructor"]: { rest: [], to: { leaf: -1, statics: null, param: { leaf: 12, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 }, catchAll: -1, optionalCatchAll: -1 } },
    ["hasOwnProperty"]: { rest: [], to: { leaf: 13, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["manifest.json"]: { rest: [], to: { leaf: 14, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["node_modules"]: { rest: [], to: { leaf: 15, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["server.js"]: { rest: [], to: { leaf: 16, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["{}"]: { rest: [], to: { leaf: 17, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    ["ünï 日本"]: { rest: [], to: { leaf: 18, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
    [" "]: { rest: [], to: { leaf: 19, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
  }, param: { leaf: 20, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 }, catchAll: -1, optionalCatchAll: -1 } },
}, param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
