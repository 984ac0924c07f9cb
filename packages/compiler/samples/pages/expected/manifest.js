const leaves = [
  { kind: 'page', pattern: "/", file: "pages/index.tsx", params: [], isReact: true, load: () => import("./pages/index.tsx") },
  { kind: 'api', pattern: "/api/revalidate", file: "pages/api/revalidate.ts", params: [], config: { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }, load: () => import("./pages/api/revalidate.ts") },
  { kind: 'page', pattern: "/feed.xml", file: "pages/feed.xml.ts", params: [], isReact: false, load: () => import("./pages/feed.xml.ts") },
  { kind: 'page', pattern: "/posts/[id]", file: "pages/posts/[id].jsx", params: [{ name: "id", at: 1, rest: false }], isReact: true, load: () => import("./pages/posts/[id].jsx") },
]

const tree = { leaf: 0, statics: {
  __proto__: null,
  ["api"]: { rest: ["revalidate"], to: { leaf: 1, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
  ["feed.xml"]: { rest: [], to: { leaf: 2, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 } },
  ["posts"]: { rest: [], to: { leaf: -1, statics: null, param: { leaf: 3, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 }, catchAll: -1, optionalCatchAll: -1 } },
}, param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
