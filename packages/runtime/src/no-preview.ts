/** In place of preview.ts in a bundle of which no module mentions draft mode or preview data: nobody is there to ask. */

import type { PreviewState } from './preview.ts'

export function readPreview(): PreviewState {
  return { on: false, stale: false }
}

function missing(): never {
  throw new Error('draft mode is not part of this server: the build has found no file that mentions it')
}

export const draftModeCookies = missing
export const previewDataCookies = missing
export const clearedPreviewCookies = missing

export function warnOfRandomKeys(): void {}
