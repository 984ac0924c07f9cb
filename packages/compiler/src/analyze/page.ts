import type { Part, Sizes } from './sizes.ts'

/** What the page may load: nothing but what is in it. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'`

const GENERATOR = '<meta name="generator" content="apiroutes">'

/** Did an earlier build write this page? */
export function isAnalysis(html: string): boolean {
  return html.includes(GENERATOR)
}

const STYLE = `
  body { margin: 2rem; font: 15px/1.5 system-ui, sans-serif; color: #1c1e26; background: #fff }
  .rows { max-height: 45vh; overflow: auto; border: 1px solid #d5d7de }
  table { width: 100%; border-collapse: collapse }
  th, td { padding: .25rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid #e7e8ec }
  th { position: sticky; top: 0; background: #f3f4f7 }
  .size { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
  small { color: #5c6070 }
  iframe { width: 100%; height: 85vh; border: 0 }
`

/** The whole page. @param treemap a page of its own, which is framed. */
export function page(sizes: Sizes, treemap: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
${GENERATOR}
<title>server.js, ${size(sizes.bytes)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>server.js, ${size(sizes.bytes)}</h1>
<h2>Routes</h2>
<p>Total: the size of all that the route imports, directly or not. Own: of what no other route imports. Both without the server itself.</p>
${table('routes', ['Route', 'Total', 'Own', 'Made of'], routeRows(sizes))}
<h2>Packages</h2>
${table('packages', ['Package', 'Size', 'Share', 'Routes that import it'], packageRows(sizes))}
<h2>Modules</h2>
<p>Each has an area of its size. A click on a folder shows what is in it.</p>
<iframe title="Modules by size" srcdoc="${escapeHtml(treemap)}"></iframe>
</body>
</html>
`
}

function routeRows({ routes }: Sizes): string[] {
  return routes.map(({ pattern, file, total, own, owners }) =>
    row([`${escapeHtml(pattern)}<br><small>${escapeHtml(file)}</small>`, size(total), size(own), escapeHtml(owners.map(partText).join(', '))]),
  )
}

function packageRows({ bytes, owners, between, routes }: Sizes): string[] {
  const share = (part: number) => `${((100 * part) / bytes).toFixed(1)} %`
  const rows = owners.map((owner) => row([escapeHtml(owner.name), size(owner.bytes), share(owner.bytes), escapeHtml(listed(owner.routes, routes.length))]))
  return [...rows, row(['between the modules', size(between), share(between), ''])]
}

function listed(patterns: readonly string[], all: number): string {
  if (patterns.length === all && all > 1) return `all ${all}`
  return patterns.length <= 5 ? patterns.join(', ') : `${patterns.slice(0, 5).join(', ')} and ${patterns.length - 5} more`
}

function partText({ name, bytes }: Part): string {
  return `${name} ${size(bytes)}`
}

function table(id: string, head: readonly string[], rows: readonly string[]): string {
  const heads = head.map((name, column) => `<th${isSize(column) ? ' class="size"' : ''}>${name}</th>`)
  return `<div class="rows"><table id="${id}">\n<thead><tr>${heads.join('')}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>`
}

/** @param cells HTML. */
function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell, column) => `<td${isSize(column) ? ' class="size"' : ''}>${cell}</td>`).join('')}</tr>`
}

/** Both tables have sizes there. */
function isSize(column: number): boolean {
  return column === 1 || column === 2
}

function size(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
