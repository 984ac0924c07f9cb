/** Where things are: sources beside this folder, everything that is made below e2e/.cache/bench. */

import path from 'node:path'

/** `work` has the routes of each kind of work; a number is an app of so many routes; `deploy` is one of one route, built to be copied elsewhere. */
export type AppName = 'work' | 'deploy' | number

export const bench: string = path.join(import.meta.dirname, '..')
export const workspace: string = path.join(bench, '../..')
/** Has package.json and node_modules, above all apps. */
export const cache: string = path.join(bench, '../.cache/bench')

export function folderOf(subject: string, app: AppName): string {
  return path.join(cache, 'apps', `${subject}-${app}`)
}
