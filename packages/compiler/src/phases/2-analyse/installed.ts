import type { Host } from '../../host.ts'

/** Can a package be found from the project's folder: in `node_modules` there, in a folder above, or where NODE_PATH says? */
export function isInstalled(name: string, { root, nodePaths, exists }: Host): boolean {
  const depth = root.split(/[\\/]/).length - 1
  const above = Array.from({ length: depth + 1 }, (_, level) => `${'../'.repeat(level)}node_modules`)
  return [...above, ...nodePaths].some((folder) => exists(`${folder}/${name}/package.json`))
}
