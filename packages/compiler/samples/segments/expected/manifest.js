const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const none = []
const params = [
  { list: [], of(values) { return {} } },
  { list: [{ name: "path", at: 2, rest: true }], of(values) { return {} } },
  { list: [{ name: "id", at: 2, rest: false }], of(values) { return { id: values[0] } } },
  { list: [{ name: "id", at: 2, rest: false }, { name: "post", at: 4, rest: false }], of(values) { return { id: values[0], post: values[1] } } },
  { list: [{ name: "__proto__", at: 1, rest: false }], of(values) { return {} } },
]
const runs = [
  ["api"],
  ["status"],
  ["toString"],
  ["ünï"],
  [null],
  ["index"],
]

const leaves = [
  { kind: 'api', pattern: "/api", file: "pages/api/index.ts", params: params[0], config: unset, load() { return import("./pages/api/index.ts") } },
  { kind: 'api', pattern: "/api/.well-known/status", file: "pages/api/.well-known/status.js", params: params[0], config: unset, load() { return import("./pages/api/.well-known/status.js") } },
  { kind: 'api', pattern: "/api/__proto__/toString", file: "pages/api/__proto__/toString.ts", params: params[0], config: unset, load() { return import("./pages/api/__proto__/toString.ts") } },
  { kind: 'api', pattern: "/api/a b/ünï", file: "pages/api/a b/ünï.ts", params: params[0], config: unset, load() { return import("./pages/api/a b/ünï.ts") } },
  { kind: 'api', pattern: "/api/about", file: "pages/api/about.ts", params: params[0], config: unset, load() { return import("./pages/api/about.ts") } },
  { kind: 'api', pattern: "/api/constructor", file: "pages/api/constructor.ts", params: params[0], config: unset, load() { return import("./pages/api/constructor.ts") } },
  { kind: 'api', pattern: "/api/docs/[[...path]]", file: "pages/api/docs/[[...path]].ts", params: params[1], config: unset, load() { return import("./pages/api/docs/[[...path]].ts") } },
  { kind: 'api', pattern: "/api/files/[...path]", file: "pages/api/files/[...path].ts", params: params[1], config: unset, load() { return import("./pages/api/files/[...path].ts") } },
  { kind: 'api', pattern: "/api/users", file: "pages/api/users/index.ts", params: params[0], config: unset, load() { return import("./pages/api/users/index.ts") } },
  { kind: 'api', pattern: "/api/users/me", file: "pages/api/users/me.ts", params: params[0], config: unset, load() { return import("./pages/api/users/me.ts") } },
  { kind: 'api', pattern: "/api/users/[id]", file: "pages/api/users/[id].tsx", params: params[2], config: unset, load() { return import("./pages/api/users/[id].tsx") } },
  { kind: 'api', pattern: "/api/users/[id]/posts/[post]", file: "pages/api/users/[id]/posts/[post].jsx", params: params[3], config: unset, load() { return import("./pages/api/users/[id]/posts/[post].jsx") } },
  { kind: 'api', pattern: "/api/v1.0", file: "pages/api/v1.0.ts", params: params[0], config: unset, load() { return import("./pages/api/v1.0.ts") } },
  { kind: 'api', pattern: "/api/x/index", file: "pages/api/x/index/index.ts", params: params[0], config: unset, load() { return import("./pages/api/x/index/index.ts") } },
  { kind: 'api', pattern: "/api/[__proto__]", file: "pages/api/[__proto__].ts", params: params[4], config: unset, load() { return import("./pages/api/[__proto__].ts") } },
]

const tree = { run: runs[0], leaf: 0, many: new Map([
  [".well-known", { run: runs[1], leaf: 1, many: null, few: none, param: null, catchAll: -1, optionalCatchAll: -1 }],
  ["__proto__", { run: runs[2], leaf: 2, many: null, few: none, param: null, catchAll: -1, optionalCatchAll: -1 }],
  ["a b", { run: runs[3], leaf: 3, many: null, few: none, param: null, catchAll: -1, optionalCatchAll: -1 }],
  ["about", 4],
  ["constructor", 5],
  ["docs", { run: none, leaf: -1, many: null, few: none, param: null, catchAll: -1, optionalCatchAll: 6 }],
  ["files", { run: none, leaf: -1, many: null, few: none, param: null, catchAll: 7, optionalCatchAll: -1 }],
  ["users", { run: none, leaf: 8, many: null, few: [
    "me", 9,
  ], param: { run: none, leaf: 10, many: null, few: [
    "posts", { run: runs[4], leaf: 11, many: null, few: none, param: null, catchAll: -1, optionalCatchAll: -1 },
  ], param: null, catchAll: -1, optionalCatchAll: -1 }, catchAll: -1, optionalCatchAll: -1 }],
  ["v1.0", 12],
  ["x", { run: runs[5], leaf: 13, many: null, few: none, param: null, catchAll: -1, optionalCatchAll: -1 }],
]), few: none, param: 14, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
