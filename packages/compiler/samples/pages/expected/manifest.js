const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const none = []
const params = [
  { list: [], of(values) { return {} } },
  { list: [{ name: "id", at: 1, rest: false }], of(values) { return { id: values[0] } } },
]
const runs = [
  ["revalidate"],
  [null],
]

const leaves = [
  { kind: 'page', pattern: "/", file: "pages/index.tsx", params: params[0], isReact: true, load() { return import("./pages/index.tsx") } },
  { kind: 'api', pattern: "/api/revalidate", file: "pages/api/revalidate.ts", params: params[0], config: unset, load() { return import("./pages/api/revalidate.ts") } },
  { kind: 'page', pattern: "/feed.xml", file: "pages/feed.xml.ts", params: params[0], isReact: false, load() { return import("./pages/feed.xml.ts") } },
  { kind: 'page', pattern: "/posts/[id]", file: "pages/posts/[id].jsx", params: params[1], isReact: true, load() { return import("./pages/posts/[id].jsx") } },
]

const tree = { run: none, leaf: 0, many: null, few: [
  "api", { run: runs[0], leaf: 1, many: null, few: none, param: null, catchAll: -1, optionalCatchAll: -1 },
  "feed.xml", 2,
  "posts", { run: runs[1], leaf: 3, many: null, few: none, param: null, catchAll: -1, optionalCatchAll: -1 },
], param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
