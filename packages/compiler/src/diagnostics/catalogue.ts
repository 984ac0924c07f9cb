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
    message: (args: { looked: string }) => `there are no API routes: looked for .ts, .tsx, .js and .jsx files in ${args.looked}`,
    fix: 'Create pages/api/hello.ts, or give the folder that contains `pages` as the argument.',
    about: 'A build without routes would be a server that answers nothing but 404.',
    wrong: 'apiroutes build src/pages',
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
    message: (args: { extension: string }) => `this file is no route: ${args.extension} files are ignored`,
    fix: 'Rename it to .ts or .js; ES modules and CommonJS both work under these names.',
    about: 'Only `.ts`, `.tsx`, `.js` and `.jsx` files are routes, as in Next.js.',
    wrong: 'pages/api/a.mjs',
    right: 'pages/api/a.js',
  },
  'test-file': {
    severity: 'warning',
    message: (args: { path: string }) => `this looks like a test, and it is a route: it answers ${args.path}`,
    fix: 'Move it out of pages/api.',
    about: 'Every file below pages/api is a route, tests included, as in Next.js. A test that is deployed can be run by anyone.',
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
    message: (args: { from: string }) => `\`export * from ${args.from}\` hides what this route exports`,
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
    fix: 'Remove `runtime` and write the handler with (req, res) instead of Request and Response.',
    about: 'Edge handlers take a web Request and return a Response; they need another server than this one.',
    wrong: "export const config = { runtime: 'edge' }",
    right: 'export default function handler(req, res) {\n  res.json({})\n}',
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
