import type { PageConfig } from 'next'

export const config = { api: { responseLimit: '8mb' }, maxDuration: 5 } satisfies PageConfig
export default () => {}
