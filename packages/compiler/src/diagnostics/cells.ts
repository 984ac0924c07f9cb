import { eastAsianWidth } from 'get-east-asian-width'

/** What a reader takes for one character, and how many columns of a terminal it fills. */
export interface Cell {
  readonly text: string
  readonly width: number
  /** Where it is in the text it was taken from, in UTF-16 units. */
  readonly start: number
  readonly end: number
}

const TAB = '    '
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Text as a terminal shows it. A tab is four spaces, as its width would depend on what stands before the text. */
export function cellsOf(text: string): Cell[] {
  if (/^[ -~]*$/.test(text)) return Array.from(text, (shown, start) => ({ text: shown, width: 1, start, end: start + 1 })) // many times faster
  return Array.from(graphemes.segment(text), ({ segment, index }) => {
    const shown = segment === '\t' ? TAB : visible(segment)
    return { text: shown, width: segment === '\t' ? TAB.length : widthOfGrapheme(shown), start: index, end: index + segment.length }
  })
}

/** How many columns a text fills that has no control characters. */
export function widthOf(text: string): number {
  return cellsOf(text).reduce((sum, { width }) => sum + width, 0)
}

function widthOfGrapheme(grapheme: string): number {
  if (/^[\p{Mark}\p{Format}\p{Default_Ignorable_Code_Point}]+$/u.test(grapheme)) return 0
  if (/^\p{Regional_Indicator}{2}|\p{Emoji_Presentation}|\uFE0F/u.test(grapheme)) return 2
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0)
}

/**
 * Text without what a terminal would obey or a reader could not see: control characters have pictures of their own, and what
 * changes the direction of text, invisible spaces and half characters are shown as unknown ones.
 */
export function visible(text: string): string {
  return text.replace(/\p{Control}/gu, picture).replace(/[\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]|\p{Surrogate}/gu, UNKNOWN)
}

const UNKNOWN = '\uFFFD'

function picture(control: string): string {
  const code = control.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '\u2421' : UNKNOWN
}
