import { readFileSync } from 'node:fs'

export const beside = readFileSync(new URL('./beside.txt', import.meta.url), 'utf8')
