/** docs/reference/env.md. Apart from env.ts, so that what only the page says is in no bundle. */

import { type Variables, variables } from './env.ts'
import { ownVariables } from './pages/page-env.ts'
import { variables as ofAnotherServer } from './remote-revalidation.ts'

/** Variables of one part of the server. */
interface Part<Table extends Variables = Variables> {
  readonly variables: Table
  /** What there is to know about each beyond its row in `--help`. */
  readonly explanations: Readonly<Record<keyof Table, string>>
}

const everyServer: Part<typeof variables> = {
  variables,
  explanations: {
    PORT: 'When another process has the port, or it needs privileges (below 1024), the server says so and exits with 1. Unlike in Next.js, `PORT` may come from a `.env` file.',
    HOST: 'An address, or a name that leads to one. Unset, the server listens on every interface, IPv6 and IPv4, as a container needs it. `HOSTNAME` is ignored: container runtimes set it to the name of the container.',
    NODE_ENV:
      'With `test` the files `.env.test.local`, `.env.test` and `.env` are read, with anything else those of production, as `next start` does. It is set before these files are read, so a value in one of them has no effect.',
    APIROUTES_PRELOAD:
      'When the modules of routes are loaded. `background`: as soon as the server listens, a few at a time; a request for a route that is not loaded yet loads it at once, and `READYZ_PATH` answers 503 until all are loaded. ' +
      '`strict`: the same, but a route that fails to load ends the process with 1, so that a bad release never takes the place of a good one. `lazy`: each route at its first request; the server is ready without any, so routes that do not load go unnoticed until then.',
    LIVEZ_PATH:
      'For the question whether the process must be restarted: it answers 200 for as long as the event loop runs, also while the server drains. Empty: no answer of its own, so the path is an ordinary one. ' +
      'The path is compared as it arrives in the request. It cannot have percent-encoding, a trailing slash, or empty or dot segments, since these have other spellings or lead to redirects. A route of the same path wins.',
    READYZ_PATH:
      'For the question whether the server should get requests: 200 once every route is loaded; 503 before that, when routes failed to load (it names them), and while the server drains. ' +
      'If it is the same as `LIVEZ_PATH`, this is the answer that is given. `node server.js --healthcheck` asks this path. The rules of `LIVEZ_PATH` hold here too.',
    SHUTDOWN_DELAY:
      'After SIGTERM or SIGINT `READYZ_PATH` answers 503 at once, and requests are served as before for this long, so that load balancers have time to notice. In Kubernetes 5 to 10 is a good value, behind a load balancer one interval of its health checks and a bit.',
    SHUTDOWN_TIMEOUT:
      'How long requests in flight, streams too, and the hooks of `instrumentation.ts` may take once the server has stopped listening. Past it the rest is cut off and logged by route, and the exit code is 1. ' +
      '0: at once. Whoever ends the process by force must wait longer than `SHUTDOWN_DELAY` and this together. Kubernetes waits 30 seconds by default (`terminationGracePeriodSeconds`), `docker stop` only 10.',
    KEEP_ALIVE_TIMEOUT:
      'If the load balancer keeps connections for longer than the server does, it sends a request into one that is just being closed, and its client gets a 502. So this must be more than the idle timeout of the load balancer, which is 60 for most of them. 0: a connection that has been used stays open until the client closes it.',
    REQUEST_TIMEOUT:
      'From the first byte of a request to the last of its body; too slow ones are answered 408. Node.js looks every 30 seconds, so it may take that much longer. How long a handler takes is not limited. Raise it for large uploads over slow lines. ' +
      'The head of a request has 60 seconds, or `KEEP_ALIVE_TIMEOUT` + 5 if that is more, also when this is 0, and never more than this when it is not.',
    ACCESS_LOG:
      '`json`: a line of JSON for each request, and everything else that the server logs is JSON as well. `pretty`: a line for people. Health checks are left out, and so are query strings, which may hold secrets.',
    ON_UNCAUGHT:
      'What an `uncaughtException` or `unhandledRejection` leads to. `log`: it is logged, and the server goes on, as `next start` does. `exit`: it is logged, requests in flight are finished as after SIGTERM, and the exit code is 1, so that an orchestrator starts a new process.',
    PREVIEW_SECRET:
      'Use a long random string, the same for all processes that serve an app (`openssl rand -hex 32`). Without it the cookies that one process has set are unknown to the others, and the first use says so in the log.',
  },
}

const anotherServer: Part<typeof ofAnotherServer> = {
  variables: ofAnotherServer,
  explanations: {
    REVALIDATE_ORIGIN:
      'Of one site, or of several with commas between them, which are all asked at the same time; the promise rejects unless each has made the page new. A base path belongs to it: `https://example.com/docs`. ' +
      'Name the sites themselves, by addresses that only they answer: what answers from a cache, or redirects, makes nothing new. Needs `REVALIDATE_TOKEN`.',
    REVALIDATE_TOKEN:
      '`preview.previewModeId` in `.next/prerender-manifest.json` of the build that runs there. All instances of one build have the same. Another build has another one, unless it finds ' +
      '`.next/cache` of the build before, whose token it keeps for two weeks at most. Where you cannot follow that, use `REVALIDATE_URL`. Keep it secret: it also opens draft mode.',
    REVALIDATE_URL:
      'A route of the site that calls `res.revalidate` itself. `{path}` stands for the path, percent-encoded. The URL holds a secret of yours, so nothing of it but the origin is ever logged or in an error. ' +
      'It says nothing of `unstable_onlyGenerated`. `REVALIDATE_ORIGIN` must not be set then.',
    REVALIDATE_TIMEOUT:
      'For each try: when there is no answer, or one of 500 and above, there is a second one at once, and no third. It includes the time that `getStaticProps` takes there.',
  },
}

const staticPages: Part<typeof ownVariables> = {
  variables: ownVariables,
  explanations: {
    PAGE_CACHE_MAX:
      'Units are b, kb, mb and gb, powers of 1024; a number alone is bytes. Beyond it the pages go that nobody has asked for the longest; they are made again when somebody does. With `PAGE_CACHE_DIR` and `REDIS_URL` it is for the copies in memory. ' +
      'A page costs its text and about 500 bytes; a JavaScript string with letters beyond Latin-1 takes two bytes for each.',
    PAGE_CACHE_DIR:
      'Pages are files in it, below a folder for each build: a server that starts again has them at once, and a new build begins with none. It is for one process; several need Redis. Files are written whole or not at all. One that is not whole, or not by this server, is ignored and logged. ' +
      'Folders of earlier builds are never deleted by the server. It is made if it is not there; when it cannot be written to, the server does not start.',
    PAGE_CACHE_LOCAL:
      'With 0 each request asks where pages are kept (`REDIS_URL`, `PAGE_CACHE_DIR`) whether the copy in memory is still current, one round trip. With more, a copy is served for so long without asking: fewer questions, and a page may be as old as this after it was revalidated on another instance.',
    REDIS_URL:
      'Redis from 5, or Valkey, for any number of instances. It is connected to when the first page is asked for, and again whenever the connection is lost. A database number at the end, `/2`, keeps apart what has the same build, such as staging and production. ' +
      'Percent-encode what is unusual in a password; no message has it. More in [revalidate.md](../revalidate.md#many-instances).',
  },
}

/** docs/reference/env.md, whole. */
export function renderEnvDocs(): string {
  return `# Environment

What \`node dist/server.js\` reads from its environment when it starts. \`node dist/server.js --help\` prints the same table.
This page is printed from \`packages/runtime/src/env.ts\` and \`env-docs.ts\`; do not edit it.

An empty value stands for the default, except in the two paths; \`.env\` files do not replace it. Wrong values are all named in one run, one line each, and the exit code is 1.
Beside these, \`NO_COLOR\` takes the colours out of \`ACCESS_LOG=pretty\`.

${renderPart(everyServer, '##')}
## Pages of another server

For \`res.revalidate\` ([how to set it up](../revalidate.md)). A server knows these variables if a module of the app has the word \`revalidate\`. What is wrong with one of the first three is said without its value.

${renderPart(anotherServer, '###')}
## Static pages

For a build with \`--pages\` ([how they are kept](../revalidate.md#static-pages-of-the-project)). It also knows [REVALIDATE_TOKEN](#revalidate_token): a request with it in the header \`x-prerender-revalidate\` makes the page anew before
it is answered, so that a server of API routes elsewhere, with the same token, can revalidate pages of this one.

${renderPart(staticPages, '###')}`
}

/** @param heading what a heading of a variable begins with. */
function renderPart<Table extends Variables>({ variables, explanations }: Part<Table>, heading: string): string {
  const entries = Object.entries(variables)
  const rows = entries.map(
    ([name, [fallback, { is }, , about]]) => `| [${name}](#${name.toLowerCase()}) | ${fallback && `\`${fallback}\``} | ${is} | ${about} |`,
  )
  const sections = entries.map(([name, [, , example]]) => `${heading} ${name}\n\n${explanations[name]}\n${example && `\nExample: \`${name}=${example}\`\n`}`)
  return `| variable | default | may be | what it does |
| --- | --- | --- | --- |
${rows.join('\n')}

${sections.join('\n')}`
}
