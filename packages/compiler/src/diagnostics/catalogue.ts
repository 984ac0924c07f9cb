/** One entry per thing the compiler can tell a user. docs/diagnostics.md is printed from this object. */

export interface Definition {
  readonly severity: 'error' | 'warning'
  readonly message: (args: never) => string
  readonly fix: string
  /** Why it is a mistake, for the documentation page. */
  readonly about: string
  /** A file that gets this diagnostic, or the names of files that do. */
  readonly wrong: string
  readonly right: string
}

export const catalogue = {
  // ---- 1-scan: which files are routes
  'no-routes': {
    severity: 'error',
    message: (args: { what: string; looked: string }) => `there are ${args.what}: looked for .ts, .tsx, .js and .jsx files in ${args.looked}`,
    fix: 'Create pages/api/hello.ts, or give the folder that contains `pages` as the argument.',
    about: 'A build without routes would be a server that answers nothing but 404.',
    wrong: 'apiroutes build src/pages',
    right: 'apiroutes build',
  },
  'no-pages': {
    severity: 'warning',
    message: (_: Record<string, never>) => 'there are no static pages, so --pages has no effect',
    fix: 'Leave --pages out, or create a page, such as pages/index.tsx.',
    about: 'With --pages every .tsx, .jsx, .ts and .js file below `pages` and outside of `pages/api` is a static page.',
    wrong: 'apiroutes build --pages',
    right: 'apiroutes build',
  },
  'folder-ignored': {
    severity: 'warning',
    message: (args: { used: string }) => `this folder is ignored, because ${args.used} exists`,
    fix: 'Keep all routes in one of the two folders.',
    about: 'As in Next.js, `pages` wins over `src/pages`, and the two are not merged.',
    wrong: 'pages/api/a.ts\nsrc/pages/api/b.ts',
    right: 'pages/api/a.ts\npages/api/b.ts',
  },
  'file-ignored': {
    severity: 'warning',
    message: (args: { extension: string; what: 'route' | 'page' }) => `this file is no ${args.what}: ${args.extension} files are ignored`,
    fix: 'Rename it to .ts or .js; ES modules and CommonJS both work under these names.',
    about: 'Only `.ts`, `.tsx`, `.js` and `.jsx` files are routes, and with --pages static pages, as in Next.js.',
    wrong: 'pages/api/a.mjs',
    right: 'pages/api/a.js',
  },
  'test-file': {
    severity: 'warning',
    message: (args: { path: string; what: 'route' | 'page' }) => `this looks like a test, and it is a ${args.what}: it answers ${args.path}`,
    fix: 'Move it out of the folder `pages`.',
    about:
      'Every file below pages/api is a route, and with --pages every other one a page, tests included, as in Next.js. A test that is deployed can be run by anyone.',
    wrong: 'pages/api/users.test.ts',
    right: 'pages/api/users.ts\ntests/users.test.ts',
  },
  'reserved-name': {
    severity: 'error',
    message: (args: { name: string }) => `the name ${args.name} is reserved`,
    fix: 'Rename the file; to run code before several handlers, wrap each of them in a function of your own.',
    about: '`_middleware` is kept free for middleware. In Next.js it is an ordinary route, which is hardly what its author wants.',
    wrong: 'pages/api/_middleware.ts',
    right: 'pages/api/middleware.ts',
  },
  'looks-dynamic': {
    severity: 'warning',
    message: (args: { segment: string; means: string }) => `"${args.segment}" ${args.means}`,
    fix: 'A param is a whole segment in brackets: [id], [...path] or [[...path]].',
    about: 'A segment is a pattern only when all of it is in brackets, as in Next.js.',
    wrong: 'pages/api/user-[id].ts',
    right: 'pages/api/user/[id].ts',
  },
  'optional-param': {
    severity: 'error',
    message: (args: { segment: string }) => `"${args.segment}" is an optional param, which does not exist`,
    fix: 'Use [name] and an index file beside it, or the optional catch-all [[...name]].',
    about: 'Only catch-all params can be optional.',
    wrong: 'pages/api/[[id]].ts',
    right: 'pages/api/index.ts\npages/api/[id].ts',
  },
  'segment-dots': {
    severity: 'error',
    message: (args: { segment: string }) => `the param name in "${args.segment}" starts with a period`,
    fix: 'A catch-all has exactly three periods: [...name].',
    about: 'One or two periods are a catch-all mistyped.',
    wrong: 'pages/api/[..path].ts',
    right: 'pages/api/[...path].ts',
  },
  'segment-ellipsis': {
    severity: 'error',
    message: (args: { segment: string }) => `"${args.segment}" has the single character "…" where three periods are meant`,
    fix: 'Type three periods: [...name].',
    about: 'Some keyboards and editors replace three periods by one character.',
    wrong: 'pages/api/[…path].ts',
    right: 'pages/api/[...path].ts',
  },
  'segment-brackets': {
    severity: 'error',
    message: (args: { segment: string }) => `the param name in "${args.segment}" starts or ends with an extra bracket`,
    fix: 'Write [name], [...name] or [[...name]].',
    about: 'Brackets that do not pair up are a typing mistake.',
    wrong: 'pages/api/[[id].ts',
    right: 'pages/api/[id].ts',
  },
  'catch-all-not-last': {
    severity: 'error',
    message: (args: { segment: string }) => `"${args.segment}" takes the rest of the path, so nothing can follow it`,
    fix: 'Make it the last segment, or use [name] for one segment.',
    about: 'A catch-all must be the last part of the path.',
    wrong: 'pages/api/[...path]/edit.ts',
    right: 'pages/api/edit/[...path].ts',
  },
  'param-repeated': {
    severity: 'error',
    message: (args: { name: string; other: string }) =>
      args.name === args.other ? `two params of this path are called "${args.name}"` : `the params "${args.other}" and "${args.name}" differ only by symbols`,
    fix: 'Give each param of a path a name of its own.',
    about: 'Both would be the same key of `req.query`, or keys too alike to be told apart.',
    wrong: 'pages/api/[id]/[id].ts',
    right: 'pages/api/[user]/[post].ts',
  },

  'instrumentation-ignored': {
    severity: 'warning',
    message: (args: { used: string }) => `the server takes no hooks from this file: ${args.used} is used`,
    fix: 'Keep one instrumentation file, beside the folder `pages`: in `src/` for `src/pages`.',
    about:
      'The hooks of the server come from one file. The documentation of Next.js asks for it beside the folder `pages`, and that one wins; where there is none, one in the project or in `src` is used as well. Of several in a folder, .tsx wins over .jsx, .ts and .js.',
    wrong: 'pages/api/a.ts\ninstrumentation.ts\nsrc/instrumentation.ts',
    right: 'pages/api/a.ts\ninstrumentation.ts',
  },

  'page-special': {
    severity: 'error',
    message: (args: { name: string; special: string }) => `${args.name} ${args.special}, and has no counterpart here`,
    fix: 'Delete the file, or leave --pages out. What is around every page can be a component that the pages use, or pages/_document; pages for errors are those of the server.',
    about:
      '`_app`, `_error`, `404` and `500` are no pages but parts of Next.js. Served as pages of that name they would hardly be what their author wants, and left out without a word neither.',
    wrong: 'pages/_app.tsx\npages/index.tsx',
    right: 'pages/_document.tsx\npages/index.tsx\ncomponents/layout.tsx',
  },
  'document-conflict': {
    severity: 'error',
    message: (args: { other: string }) => `this file and ${args.other} are both the document around every page`,
    fix: 'Delete one of the two files.',
    about: 'There is one document, pages/_document, and only one of the two could be used.',
    wrong: 'pages/_document.js\npages/_document.tsx\npages/index.tsx',
    right: 'pages/_document.tsx\npages/index.tsx',
  },
  'page-store-missing': {
    severity: 'error',
    message: (args: { file: string }) => `there is no file ${args.file}, which --page-store names`,
    fix: 'Correct the path: it is relative to the project, with its extension.',
    about: 'The module of --page-store becomes part of server.js, and keeps the pages that have been generated.',
    wrong: 'apiroutes build --pages --page-store store.js',
    right: 'apiroutes build --pages --page-store lib/store.ts',
  },

  // ---- 2-analyse: handlers
  'file-unreadable': {
    severity: 'error',
    message: (args: { why: string }) => `this file cannot be read: ${args.why}`,
    fix: 'Give the user who builds the right to read it.',
    about: 'The operating system refuses to open the file.',
    wrong: 'pages/api/a.ts (mode 000)',
    right: 'pages/api/a.ts (mode 644)',
  },
  'syntax-error': {
    severity: 'error',
    message: (args: { text: string }) => args.text,
    fix: 'Correct the syntax.',
    about: 'The file cannot be parsed: a route, what it imports, a JSON file, tsconfig.json or package.json.',
    wrong: 'export default function handler(req, res { }',
    right: 'export default function handler(req, res) { }',
  },
  'await-outside-async': {
    severity: 'error',
    message: (args: { name: string }) => `\`await\` is used in ${args.name}, which is not async`,
    fix: 'Write `async` before `function`, or before the parameters of an arrow function.',
    about: 'JavaScript allows `await` only in async functions and at the top level of a module.',
    wrong: 'export default function handler(req, res) {\n  const rows = await query()\n  res.json(rows)\n}',
    right: 'export default async function handler(req, res) {\n  const rows = await query()\n  res.json(rows)\n}',
  },
  'handler-missing': {
    severity: 'error',
    message: (args: { named: string }) => `this file has no default export${args.named ? `; ${args.named} is not called by anyone` : ''}`,
    fix: 'Write `export default function handler(req, res) { … }`. Files that are no routes belong outside pages/api.',
    about: 'Every file under pages/api is a route, and its default export answers the requests. Functions named GET or POST belong to the App Router.',
    wrong: 'export function GET(req, res) {\n  res.end()\n}',
    right: 'export default function handler(req, res) {\n  res.end()\n}',
  },
  'handler-not-function': {
    severity: 'error',
    message: (args: { what: string }) => `the default export is ${args.what}, and a route needs a function`,
    fix: 'Write `export default function handler(req, res) { … }`.',
    about: 'The default export is called with (req, res) for each request.',
    wrong: 'export default { message: "hello" }',
    right: 'export default function handler(req, res) {\n  res.json({ message: "hello" })\n}',
  },
  'handler-returns-response': {
    severity: 'warning',
    message: (args: { what: string }) => `this handler returns a ${args.what}, which nobody looks at: the client waits for ever`,
    fix: 'Answer with `res`: `res.status(200).json({ … })`.',
    about: 'An API route is called with (req, res), and what it returns is ignored, as in Next.js. Only handlers of the App Router return a Response.',
    wrong: 'export default function handler(req) {\n  return Response.json({ ok: true })\n}',
    right: 'export default function handler(req, res) {\n  res.json({ ok: true })\n}',
  },
  'export-all': {
    severity: 'error',
    message: (args: { from: string }) => `\`export * from ${args.from}\` hides what this file exports`,
    fix: 'Name what you export: `export { default, config } from …`.',
    about: 'As in Next.js: `export *` never passes on the default export, and a config could come in unseen.',
    wrong: "export * from '../../lib/handler'",
    right: "export { default } from '../../lib/handler'",
  },

  // ---- 2-analyse: config
  'config-not-object': {
    severity: 'error',
    message: (args: { what: string }) => `\`config\` is ${args.what}, and must be an object`,
    fix: 'Write `export const config = { api: { … } }`.',
    about: 'Next.js refuses such a file as well.',
    wrong: "export const config = 'edge'",
    right: 'export const config = { api: { bodyParser: false } }',
  },
  'config-not-static': {
    severity: 'warning',
    message: (args: { key: string; why: string }) => `\`${args.key}\` cannot be known at build time (${args.why}); the config is read when the route loads`,
    fix: 'Write the value in place, so that it is checked now.',
    about:
      'What can be read without running code is checked at build time. Everything else is read from the module when it loads, and checked then by the same rules.',
    wrong: 'export const config = {\n  api: { bodyParser: { sizeLimit: process.env.LIMIT } },\n}',
    right: "export const config = {\n  api: { bodyParser: { sizeLimit: '500kb' } },\n}",
  },
  'config-value': {
    severity: 'error',
    message: (args: { key: string; expected: string; got: string }) => `\`${args.key}\` must be ${args.expected}, got ${args.got}`,
    fix: 'Correct the value, or remove the key to get the default.',
    about: 'A limit that cannot be read would be no limit at all.',
    wrong: "export const config = { api: { bodyParser: { sizeLimit: 'lots' } } }",
    right: "export const config = { api: { bodyParser: { sizeLimit: '4mb' } } }",
  },
  'config-no-effect': {
    severity: 'warning',
    message: (args: { key: string; expected: string; got: string }) => `\`${args.key}\` is ${args.got}, which has no effect; it may be ${args.expected}`,
    fix: 'Correct the value, or remove the key.',
    about: 'Next.js accepts the value and uses the default; so do we, but we say so.',
    wrong: "export const config = { api: { bodyParser: 'no' } }",
    right: 'export const config = { api: { bodyParser: false } }',
  },
  'config-unknown-key': {
    severity: 'warning',
    message: (args: { key: string; nearest: string }) => `\`${args.key}\` is no config key${args.nearest ? `; did you mean \`${args.nearest}\`?` : ''}`,
    fix: 'Correct the name, or remove the key: it has no effect.',
    about: 'Next.js ignores keys it does not know without a word.',
    wrong: "export const config = { api: { bodyParser: { limit: '1kb' } } }",
    right: "export const config = { api: { bodyParser: { sizeLimit: '1kb' } } }",
  },
  'config-edge': {
    severity: 'error',
    message: (args: { got: string }) => `the runtime ${args.got} is not available: routes run on Node.js`,
    fix: 'Remove `runtime`, and write a handler with (req, res) instead of Request and Response.',
    about: 'Edge handlers take a web Request and return a Response; they need another server than this one.',
    wrong: "export const config = { runtime: 'edge' }",
    right: 'export default function handler(req, res) {\n  res.json({})\n}',
  },

  // ---- 2-analyse: static pages
  'page-default': {
    severity: 'error',
    message: (args: { what: 'page' | 'document'; is: string }) =>
      `the default export is ${args.is}, and a ${args.what} needs a component or a function that returns HTML`,
    fix: 'Write `export default function Page(props) { … }`, which returns JSX or a string of HTML. What it would have to wait for belongs in `getStaticProps`, and files that are no pages outside of `pages`.',
    about: 'With --pages every file below `pages` and outside of `pages/api` is a page, and its default export is what is rendered.',
    wrong: 'export const Page = () => "<p>hello</p>"\nexport const getStaticProps = () => ({ props: {} })',
    right: 'export default () => "<p>hello</p>"\nexport const getStaticProps = () => ({ props: {} })',
  },
  'page-without-get-static-props': {
    severity: 'error',
    message: (_: Record<string, never>) => 'this page does not export `getStaticProps`',
    fix: 'Export it: `export async function getStaticProps() { return { props: {} } }`. Pages of other kinds stay in Next.js: build without --pages.',
    about:
      'With --pages static pages are supported, which are those that have `getStaticProps`: it is called when the page is generated, at its first request or on revalidation, and never in a browser.',
    wrong: 'export default () => "<p>hello</p>"',
    right: 'export default ({ name }) => "<p>hello " + name\nexport const getStaticProps = () => ({ props: { name: "world" } })',
  },
  'page-export-not-function': {
    severity: 'error',
    message: (args: { name: string; what: string }) => `\`${args.name}\` is ${args.what}, and must be a function`,
    fix: 'Export a function: `export async function getStaticProps({ params }) { … }`.',
    about: '`getStaticProps` and `getStaticPaths` are called by the server when it generates a page.',
    wrong: 'export default () => "<p>hello</p>"\nexport const getStaticProps = { props: {} }',
    right: 'export default () => "<p>hello</p>"\nexport const getStaticProps = () => ({ props: {} })',
  },
  'page-paths-missing': {
    severity: 'error',
    message: (args: { names: string }) => `this page has params (${args.names}), and does not export \`getStaticPaths\``,
    fix: "Export it: `export const getStaticPaths = () => ({ paths: [], fallback: 'blocking' })` generates each page at its first request.",
    about: 'As in Next.js, `getStaticPaths` says which pages there are, and what becomes of a request for another one.',
    wrong: "// pages/posts/[id].ts\nexport default ({ id }) => '<p>' + id\nexport const getStaticProps = ({ params }) => ({ props: params })",
    right:
      "// pages/posts/[id].ts\nexport default ({ id }) => '<p>' + id\nexport const getStaticProps = ({ params }) => ({ props: params })\nexport const getStaticPaths = () => ({ paths: ['/posts/1'], fallback: false })",
  },
  'page-paths-unused': {
    severity: 'error',
    message: (_: Record<string, never>) => 'this page has no params, so there is nothing for `getStaticPaths` to say',
    fix: 'Remove `getStaticPaths`, or give the file a param in its name: [id].tsx.',
    about: 'As in Next.js, `getStaticPaths` is for pages whose name has a param.',
    wrong:
      '// pages/about.ts\nexport default () => "<p>hello</p>"\nexport const getStaticProps = () => ({ props: {} })\nexport const getStaticPaths = () => ({ paths: [], fallback: false })',
    right: '// pages/about.ts\nexport default () => "<p>hello</p>"\nexport const getStaticProps = () => ({ props: {} })',
  },
  'page-not-static': {
    severity: 'error',
    message: (args: { name: string }) => `\`${args.name}\` is not supported: pages are static, and generated without a request`,
    fix: 'Export `getStaticProps`, with `revalidate` for what changes with time. What depends on the request belongs in an API route, or stays in Next.js.',
    about: 'A page is generated once, or once in a while, for everybody who asks for it. `getServerSideProps` and `getInitialProps` run for each request.',
    wrong: 'export default ({ now }) => "<p>" + now\nexport const getServerSideProps = () => ({ props: { now: Date.now() } })',
    right: 'export default ({ now }) => "<p>" + now\nexport const getStaticProps = () => ({ props: { now: Date.now() }, revalidate: 10 })',
  },
  'page-imports-style': {
    severity: 'error',
    message: (args: { specifier: string }) => `"${args.specifier}" is a style sheet, and nothing here brings it to the browser`,
    fix: 'Link to a style sheet that is served elsewhere, in pages/_document or the page: <link rel="stylesheet" href="…">; or write the styles into a <style> element.',
    about: 'Pages are rendered on the server, and there is no bundle for browsers: what a page imports is only used to render it.',
    wrong: "import './index.css'\nexport default () => '<p>hello</p>'\nexport const getStaticProps = () => ({ props: {} })",
    right: "export default () => '<style>p { color: red }</style><p>hello</p>'\nexport const getStaticProps = () => ({ props: {} })",
  },
  'page-imports-asset': {
    severity: 'error',
    message: (args: { specifier: string }) => `"${args.specifier}" is an image or a font, and nothing here brings it to the browser`,
    fix: 'Name the file by the URL it is served by: <img src="https://…">.',
    about: 'Next.js copies such files to where browsers find them. Here nothing but pages and API routes is served.',
    wrong: "import logo from './logo.png'\nexport default () => '<img src=' + logo.src + '>'\nexport const getStaticProps = () => ({ props: {} })",
    right: 'export default () => "<img src=https://cdn.example.com/logo.png>"\nexport const getStaticProps = () => ({ props: {} })',
  },
  'page-imports-next': {
    severity: 'error',
    message: (args: { specifier: string }) => `"${args.specifier}" works in Next.js only`,
    fix: 'Use HTML: <a> for next/link, <img> for next/image, `export const head` for next/head. Types of Next.js may be imported, with `import type`.',
    about: 'The components and hooks of Next.js need its own server and its code in the browser.',
    wrong: "import Link from 'next/link'\nexport default () => <Link href='/'>home</Link>\nexport const getStaticProps = () => ({ props: {} })",
    right: "export default () => <a href='/'>home</a>\nexport const getStaticProps = () => ({ props: {} })",
  },
  'page-styled-jsx': {
    severity: 'error',
    message: (_: Record<string, never>) => '`<style jsx>` needs the bundler of Next.js',
    fix: 'Write a plain <style> element: `<style>{css}</style>`. Its rules hold for the whole page.',
    about: 'Next.js compiles such elements into style sheets with names of their own. Here they would be an ordinary element with an attribute `jsx`.',
    wrong: 'export default () => <p>hello<style jsx>{`p { color: red }`}</style></p>\nexport const getStaticProps = () => ({ props: {} })',
    right: 'export default () => <p>hello<style>{`p { color: red }`}</style></p>\nexport const getStaticProps = () => ({ props: {} })',
  },
  'page-react-missing': {
    severity: 'error',
    message: (args: { names: string }) => `this file is rendered by React, and ${args.names} cannot be found from the folder of the project`,
    fix: 'Install both: `npm install react react-dom`. A page can also be a function that returns a string of HTML.',
    about: "Pages with JSX are rendered by the project's own React, in the version it has.",
    wrong: '// package.json has no "react-dom"\nexport default () => <p>hello</p>\nexport const getStaticProps = () => ({ props: {} })',
    right: '// package.json has "react" and "react-dom"\nexport default () => <p>hello</p>\nexport const getStaticProps = () => ({ props: {} })',
  },
  'page-store-not-function': {
    severity: 'error',
    message: (args: { is: string }) => `the default export is ${args.is}, and must be a function that returns a store`,
    fix: 'Write `export default function store() { return { read, ask, claim, close } }`.',
    about: 'The server calls the default export of the module of --page-store when it starts, and keeps generated pages in what it returns.',
    wrong: 'export default { read() {}, ask() {}, claim() {}, close() {} }',
    right: 'export default () => ({ read() {}, ask() {}, claim() {}, close() {} })',
  },

  // ---- 2-analyse: instrumentation
  'instrumentation-not-function': {
    severity: 'error',
    message: (args: { name: string; what: string }) => `\`${args.name}\` is ${args.what}, and must be a function`,
    fix: 'Export a function: `export async function register() { … }`.',
    about: 'The server calls the hooks of instrumentation.ts. One that cannot be called would end it as soon as it starts, or hide the first error.',
    wrong: "export const register = 'lib/telemetry'",
    right: "export async function register() {\n  console.log('starting')\n}",
  },
  'instrumentation-name': {
    severity: 'warning',
    message: (args: { name: string; nearest: string }) => `\`${args.name}\` is called by nobody; did you mean \`${args.nearest}\`?`,
    fix: 'Correct the name, or move what is no hook to another file.',
    about: 'Of instrumentation.ts the server calls `register`, `onRequestError` and `onShutdown`, by exactly these names.',
    wrong: 'export function onrequesterror(error) {\n  console.error(error)\n}',
    right: 'export function onRequestError(error) {\n  console.error(error)\n}',
  },
  'instrumentation-empty': {
    severity: 'warning',
    message: (_: Record<string, never>) => 'this file exports none of `register`, `onRequestError` and `onShutdown`: it is loaded, and nothing of it is called',
    fix: 'Export one of them by its name. A default export that is a function is called by nobody.',
    about:
      'instrumentation.ts is there for its hooks. As in Next.js, they are exports with these names, or properties of an object that is the default export.',
    wrong: 'export default function register() {}',
    right: 'export function register() {}',
  },

  // ---- 3-link: routes that get in each other's way
  'route-conflict': {
    severity: 'error',
    message: (args: { path: string; other: string }) => `this file and ${args.other} both answer ${args.path}`,
    fix: 'Rename or delete one of the two files.',
    about: 'Only one of them could ever be reached. Next.js picks one without a word.',
    wrong: 'pages/api/a.ts\npages/api/a/index.ts',
    right: 'pages/api/a.ts\npages/api/a/b.ts',
  },
  'param-name-conflict': {
    severity: 'error',
    message: (args: { name: string; other: string }) => `the param here is called "${args.name}", and "${args.other}" in another file at the same place`,
    fix: 'Use one name for one place of a path.',
    about: 'Two names for one place would make `req.query` depend on which file answers. Next.js refuses it as well.',
    wrong: 'pages/api/[id].ts\npages/api/[slug]/edit.ts',
    right: 'pages/api/[id].ts\npages/api/[id]/edit.ts',
  },
  'catch-all-conflict': {
    severity: 'error',
    message: (args: { path: string }) => `a required and an optional catch-all answer the same paths below ${args.path}`,
    fix: 'Keep one of the two; [[...name]] answers everything [...name] does.',
    about: 'The optional one could only ever be reached without a path.',
    wrong: 'pages/api/[...path].ts\npages/api/[[...path]].ts',
    right: 'pages/api/[[...path]].ts',
  },
  'optional-index-conflict': {
    severity: 'error',
    message: (args: { path: string; other: string }) => `this file and ${args.other} both answer ${args.path}`,
    fix: 'Delete the index, or make the catch-all a required one: [...name].',
    about: 'An optional catch-all answers the path without its param as well.',
    wrong: 'pages/api/docs/index.ts\npages/api/docs/[[...path]].ts',
    right: 'pages/api/docs/index.ts\npages/api/docs/[...path].ts',
  },
  'case-conflict': {
    severity: 'error',
    message: (args: { other: string }) => `the name of this file differs from ${args.other} only in upper and lower case`,
    fix: 'Rename one of the two.',
    about: 'On Windows and macOS the two are one file, so the project cannot be checked out there. URLs are case-sensitive.',
    wrong: 'pages/api/Users.ts\npages/api/users.ts',
    right: 'pages/api/users.ts',
  },

  'health-path-taken': {
    severity: 'warning',
    message: (args: { variable: string; path: string; pattern: string }) =>
      `this route ${args.pattern === args.path ? 'answers' : 'is also asked for'} ${args.path}, which is ${args.variable}, so the server's own health check is never reached`,
    fix: 'Set the variable to a path that no route answers, or to nothing if you do not need the check.',
    about:
      'The server answers LIVEZ_PATH (default /livez) and READYZ_PATH (default /readyz) only when no route does. The build looks for them in its environment, then in .env.production.local, .env.local, .env.production and .env.',
    wrong: '# .env.production, where pages/api/a.ts exists\nLIVEZ_PATH=/api/a',
    right: '# .env.production, where pages/api/a.ts exists\nLIVEZ_PATH=/livez',
  },

  // ---- 5-bundle
  'import-unresolved': {
    severity: 'error',
    message: (args: { specifier: string; why: string; nearest: string }) =>
      `could not resolve "${args.specifier}"${args.why ? `: ${args.why}` : ''}${args.nearest ? `; did you mean "${args.nearest}"?` : ''}`,
    fix: 'Correct the path; what is generated has to be generated before the build.',
    about: 'The bundle contains everything that the routes import, so everything must be there at build time.',
    wrong: "import { query } from '../../lib/dbb'",
    right: "import { query } from '../../lib/db'",
  },
  'package-import-missing': {
    severity: 'warning',
    message: (args: { specifier: string; name: string }) =>
      `the package ${args.name} asks for "${args.specifier}", which is not installed; it throws if it gets here`,
    fix: 'Install it if you use what needs it. If not, you can leave this as it is.',
    about: 'A package may `require` inside a function what only some of its users need. As in Node.js, it fails only when it is reached.',
    wrong: 'apiroutes build',
    right: 'apiroutes build',
  },
  'import-not-static': {
    severity: 'warning',
    message: (_: Record<string, never>) => 'what is imported here is known only when it runs, so it is not in the bundle',
    fix: "Write the name as a string, or start it with a folder: `import('./plugins/' + name + '.ts')` bundles every file that fits. A package goes along with --external <package>.",
    about: 'At run time the name is looked up from the place that the module has in the output folder; what lies there is found.',
    wrong: 'export const load = (name) => import(name)',
    right: "export const load = (name) => import('./plugins/' + name + '.js')",
  },
  'package-import-not-static': {
    severity: 'warning',
    message: (args: { name: string }) => `the package ${args.name} imports something by a name that is known only when it runs, so it is not in the bundle`,
    fix: 'If you use what needs it, build with --external and the name of the package: it is then copied whole and runs from its own files.',
    about: 'Many packages load drivers, plugins or view engines this way. Each package is named once, at its first place.',
    wrong: 'apiroutes build',
    right: 'apiroutes build --external knex',
  },
  'path-not-traced': {
    severity: 'warning',
    message: (_: Record<string, never>) => 'which file this names is known only when it runs, so it is not copied to the output folder',
    fix: 'Start the path with the folder that the files lie in, or name them with --include, as in --include "data/**". An upload, or another file that is not of the project, needs nothing.',
    about:
      'Files that are read by a known path, such as `path.join(process.cwd(), "data/x.json")`, are copied beside server.js; of a path that begins with a known folder, the whole folder.',
    wrong: "import path from 'node:path'\nexport const file = (name) => path.join(process.cwd(), name)",
    right: "import path from 'node:path'\nexport const file = () => path.join(process.cwd(), 'package.json')",
  },
  'addon-platform': {
    severity: 'error',
    message: (args: { platform: string; target: string }) => `this native addon is for ${args.platform}, and the target is ${args.target}`,
    fix: 'Install the packages for the target, as in `npm install --os=linux --cpu=arm64`, or build on that platform. --target names it; the default is the one you build on.',
    about: 'A native addon is machine code of one operating system and one processor. A wrong one would be found when its route loads, in production.',
    wrong: 'apiroutes build --target linux-arm64',
    right: 'apiroutes build --target linux-x64',
  },
  'output-name-taken': {
    severity: 'error',
    message: (args: { name: string }) => `the app reads or runs this file, whose place in the output folder is that of the ${args.name} that the build writes`,
    fix: 'Rename the file, or move it into a folder.',
    about:
      'Files that the app reads go to the same place in the output folder that they have in the project; `server.js`, `server.js.map` and `manifest.json` are taken there.',
    wrong: "import { readFileSync } from 'node:fs'\nexport default (req, res) => res.send(readFileSync('manifest.json', 'utf8'))",
    right: "import { readFileSync } from 'node:fs'\nexport default (req, res) => res.send(readFileSync('data/manifest.json', 'utf8'))",
  },
  'include-nothing': {
    severity: 'warning',
    message: (args: { pattern: string }) => `--include ${args.pattern} names no file`,
    fix: 'Correct the pattern: it is relative to the project, and names files within it.',
    about: 'A pattern without files is most likely a mistake, which would be found in production only.',
    wrong: 'apiroutes build --include "dat/**"',
    right: 'apiroutes build --include "data/**"',
  },
  'route-not-loading': {
    severity: 'error',
    message: (args: { path: string; why: string; from: string }) => `${args.path} does not load${args.from}: ${args.why}`,
    fix: 'The first line of the reason says what is missing. A module that needs a variable of the environment finds it when the build has it; a package that does not work in a bundle can be left out with --external.',
    about:
      'With --verify the build starts the result in an empty folder and loads every route and page, so that what cannot work is found before it is deployed.',
    wrong: "throw new Error('DATABASE_URL is not set')\nexport default function handler(req, res) {}",
    right: "export default function handler(req, res) {\n  if (!process.env.DATABASE_URL) throw new Error('DATABASE_URL is not set')\n}",
  },
  'instrumentation-not-starting': {
    severity: 'error',
    message: (args: { why: string; from: string }) =>
      `the server does not start, since \`register()\` or the loading of this file fails${args.from}: ${args.why}`,
    fix: 'The first line of the reason says what is missing. A hook that needs a variable of the environment finds it when the build has it.',
    about: 'With --verify the build starts the result in an empty folder, which runs `register()` as in production: the server listens only when that is done.',
    wrong: "export function register() {\n  throw new Error('OTEL_ENDPOINT is not set')\n}",
    right: "export function register() {\n  if (!process.env.OTEL_ENDPOINT) console.warn('OTEL_ENDPOINT is not set')\n}",
  },
  'verify-failed': {
    severity: 'error',
    message: (args: { why: string }) => `the result could not be verified: ${args.why}`,
    fix: 'Start it by hand to see more: `node dist/server.js --verify`, with a build without --verify.',
    about: 'With --verify the build starts the result; it ended, or was made for another platform, before it could say anything.',
    wrong: 'apiroutes build --verify --target linux-arm64',
    right: 'apiroutes build --verify',
  },
  'page-not-prerendered': {
    severity: 'error',
    message: (args: { path: string; why: string; from: string }) => `${args.path} could not be generated${args.from}: ${args.why}`,
    fix: 'The first line of the reason says what is missing. What is not there when the project is built can be left to the first request: build without --prerender.',
    about:
      'With --prerender the build starts the result in an empty folder and generates each page whose path is known, with the environment of the build. What fails there would fail its first visitor.',
    wrong: "export const getStaticProps = () => {\n  throw new Error('DATABASE_URL is not set')\n}\nexport default () => '<p>hello</p>'",
    right: "export const getStaticProps = () => ({ props: {} })\nexport default () => '<p>hello</p>'",
  },
  'prerender-failed': {
    severity: 'error',
    message: (args: { why: string }) => `the pages could not be generated: ${args.why}`,
    fix: 'Start it by hand to see more: `node dist/server.js --prerender`, with a build without --prerender.',
    about: 'With --prerender the build starts the result; it ended, or was made for another platform, before it had generated all pages.',
    wrong: 'apiroutes build --pages --prerender --target linux-arm64',
    right: 'apiroutes build --pages --prerender',
  },
  'package-not-installed': {
    severity: 'error',
    message: (args: { name: string; listed: boolean; nearest: string }) =>
      `the package "${args.name}" is not installed${args.listed ? ', although package.json lists it' : args.nearest ? `; did you mean "${args.nearest}"?` : ''}`,
    fix: 'Correct the name, or install the package, for example with `npm install`.',
    about:
      'The package is in no `node_modules` folder beside the importing file or above it. The bundle contains all packages, so they must be installed at build time.',
    wrong: "import { readFile } from 'fs/promise'",
    right: "import { readFile } from 'fs/promises'",
  },
  'subpath-not-exported': {
    severity: 'error',
    message: (args: { specifier: string; name: string; nearest: string }) =>
      `the package "${args.name}" does not export "${args.specifier}"${args.nearest ? `; did you mean "${args.nearest}"?` : ''}`,
    fix: 'Import a path that `exports` in the package.json of the package offers.',
    about: 'A package with `exports` in its package.json can be imported only by the paths that are listed there, in Node.js as well.',
    wrong: "import { parse } from 'parser/lib/parse.js'",
    right: "import { parse } from 'parser/parse'",
  },
  'bundle-error': {
    severity: 'error',
    message: (args: { text: string }) => args.text,
    fix: 'Correct it, or move the code out of what the routes import.',
    about: 'esbuild cannot put this file into the bundle.',
    wrong: 'const a = 1\nconst a = 2',
    right: 'const a = 1\nconst b = 2',
  },
  'bundle-warning': {
    severity: 'warning',
    message: (args: { text: string }) => args.text,
    fix: 'Correct it if it is your code; in a package it is for information.',
    about: 'esbuild can bundle this file, but found something that looks like a mistake.',
    wrong: 'if (typeof value === "undefinedd") value = 0',
    right: 'if (typeof value === "undefined") value = 0',
  },
  'output-unwritable': {
    severity: 'error',
    message: (args: { folder: string; why: string }) => `the output cannot be written to ${args.folder}: ${args.why}`,
    fix: 'Give the user who builds the right to write there, or choose another folder with --out-dir.',
    about: 'The output folder is a file, lies in a read-only place, or the disk is full. The previous output is left as it was.',
    wrong: 'apiroutes build --out-dir README.md',
    right: 'apiroutes build --out-dir dist',
  },
  'output-occupied': {
    severity: 'error',
    message: (args: { folder: string }) => `${args.folder} has a file of this name that apiroutes did not write; it would be overwritten`,
    fix: 'Move the file away, or choose another folder with --out-dir.',
    about: 'A build never overwrites or deletes a file that it did not write itself.',
    wrong: 'apiroutes build --out-dir .',
    right: 'apiroutes build --out-dir dist',
  },
} as const satisfies Record<string, Definition>
