/** `res.revalidate` for pages that another server has. In a bundle only if a module of the app mentions `revalidate`. */

import type { Feature } from './env.ts'
import type { Revalidate } from './response.ts'

export interface RemoteRevalidation extends Feature {
  /** Does the environment say where the pages are? */
  readonly isConfigured: boolean
  /** Asks every server that is configured. Rejects with the reason when one of them could not do it, or none is configured. */
  readonly revalidate: Revalidate
}
