const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const end = (leaf) => ({ leaf, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 })

const leaves = [
  { kind: 'page', pattern: "/", file: "pages/index.tsx", params: [], isReact: true, load() { return import("./pages/index.tsx") } },
  { kind: 'api', pattern: "/api/revalidate", file: "pages/api/revalidate.ts", params: [], config: unset, load() { return import("./pages/api/revalidate.ts") } },
  { kind: 'page', pattern: "/feed.xml", file: "pages/feed.xml.ts", params: [], isReact: false, load() { return import("./pages/feed.xml.ts") } },
  { kind: 'page', pattern: "/posts/[id]", file: "pages/posts/[id].jsx", params: [{ name: "id", at: 1, rest: false }], isReact: true, load() { return import("./pages/posts/[id].jsx") } },
]

const tree = { leaf: 0, statics: new Map([
  ["api", { rest: ["revalidate"], to: end(1) }],
  ["feed.xml", { rest: [], to: end(2) }],
  ["posts", { rest: [], to: { leaf: -1, statics: null, param: end(3), catchAll: -1, optionalCatchAll: -1 } }],
]), param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
