/** What was measured, as a picture: a panel for each kind of work, a bar for each subject, on white so that it can be read on any page. */

import type { Results } from '../support/series.ts'
import { amount, type Finding, findingsOf, times, type WorkFindings } from './findings.ts'
import { versionsOf } from './markdown.ts'

const WIDTH = 800
const MARGIN = 20
const GAP = 28
const COLUMNS = 2
const PANEL_WIDTH = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS
const ROW = 17
const TITLE = 24
/** Within a panel: where bars begin, and how long the longest is. What is right of it is for the number. */
const BAR_LEFT = 104
const BAR_LENGTH = 142
const HEAD = 62
const FOOT_LINE = 15
const FOOT_CHARACTERS = 120

/** Not everything that is measured is worth a panel. */
const LEFT_OUT = /-again$|-gzip$|-pss$|-growth$|^start-100$|^build-1$/

const COLORS: Readonly<Record<string, string>> = { floor: '#8c959f', apiroutes: '#0969da' }
const OTHERS = '#b6c7dc'
const SHORT_TITLES: Readonly<Record<string, string>> = { 'node:http by hand': 'by hand', 'Map of whole paths': 'Map' }

export function svg(results: Results): string {
  const panels = findingsOf(results).filter(({ work }) => !LEFT_OUT.test(work.id))
  const { parts, bottom } = placePanels(panels)
  const foot = footOf(results)
  const height = bottom + foot.length * FOOT_LINE + MARGIN
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="#1f2328">`,
    '<title>apiroutes beside others</title>',
    `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8" fill="#ffffff" stroke="#d0d7de"/>`,
    text(MARGIN, 30, 'apiroutes beside a server written by hand, and beside others', { size: 16, weight: 600 }),
    text(MARGIN, 49, 'Bars are medians, lines on them the middle half of the rounds; × is the ratio to the server by hand in the same round', {
      fill: '#59636e',
    }),
    ...parts,
    ...foot.map((line, i) => text(MARGIN, bottom + i * FOOT_LINE, line, { size: 11, fill: '#59636e' })),
    '</svg>',
    '',
  ].join('\n')
}

/** Row by row; a row is as high as its highest panel. */
function placePanels(panels: readonly WorkFindings[]): { parts: string[]; bottom: number } {
  const parts: string[] = []
  let top = HEAD
  for (let i = 0; i < panels.length; i += COLUMNS) {
    const row = panels.slice(i, i + COLUMNS)
    parts.push(...row.flatMap((panel, column) => panelAt(MARGIN + column * (PANEL_WIDTH + GAP), top, panel)))
    top += TITLE + Math.max(...row.map(({ findings }) => findings.length)) * ROW + 20
  }
  return { parts, bottom: top + FOOT_LINE }
}

function panelAt(left: number, top: number, { work, findings }: WorkFindings): string[] {
  const most = Math.max(...findings.map(({ value }) => value.upper))
  const better = work.unit === 'req/s' || work.unit === 'MB/s' ? 'more is better' : 'less is better'
  return [
    text(left, top + 14, work.title, { size: 13, weight: 600 }),
    text(left + PANEL_WIDTH, top + 14, better, { anchor: 'end', fill: '#59636e', size: 11 }),
    ...findings.flatMap((finding, i) => bar(left, top + TITLE + i * ROW, { finding, most, work })),
  ]
}

interface Bar {
  readonly finding: Finding
  /** What the longest bar stands for. */
  readonly most: number
  readonly work: WorkFindings['work']
}

function bar(left: number, top: number, { finding, most, work }: Bar): string[] {
  const { subject, title, value, ratio } = finding
  const at = (amountOf: number) => round(left + BAR_LEFT + (amountOf / most) * BAR_LENGTH)
  const start = at(0)
  const middle = top + ROW / 2
  const number = amount(value.median, work.unit)
  return [
    text(left + BAR_LEFT - 6, middle + 4, SHORT_TITLES[title] ?? title, { anchor: 'end', weight: subject === 'apiroutes' ? 600 : 400 }),
    `<rect x="${start}" y="${top + 2}" width="${round(Math.max(at(value.median) - start, 1))}" height="${ROW - 4}" fill="${COLORS[subject] ?? OTHERS}"/>`,
    `<path d="M${at(value.lower)} ${middle}H${at(value.upper)}M${at(value.lower)} ${middle - 3}v6M${at(value.upper)} ${middle - 3}v6" stroke="#1f2328" fill="none"/>`,
    text(left + PANEL_WIDTH - 50, middle + 4, number, { anchor: 'end', weight: subject === 'apiroutes' ? 600 : 400 }),
    ratio && subject !== 'floor' && work.unit !== 'kB' ? text(left + PANEL_WIDTH, middle + 4, times(ratio.median), { anchor: 'end', fill: '#59636e' }) : '',
  ].filter(Boolean)
}

function footOf(results: Results): string[] {
  const { date, cores, cpu, node, rounds } = results
  return wrap(`${date}, ${cores} × ${cpu}, Node.js ${node}, ${rounds} rounds. ${versionsOf(results)}.`)
}

function wrap(words: string): string[] {
  const lines: string[] = []
  for (const word of words.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < FOOT_CHARACTERS) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

interface TextStyle {
  readonly anchor?: 'end'
  readonly size?: number
  readonly weight?: number
  readonly fill?: string
}

function text(x: number, y: number, content: string, { anchor, size, weight, fill }: TextStyle = {}): string {
  const attributes = { x: round(x), y: round(y), 'text-anchor': anchor, 'font-size': size, 'font-weight': weight, fill }
  const written = Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${value}"`]))
  return `<text ${written.join(' ')}>${escapeXml(content)}</text>`
}

function escapeXml(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
