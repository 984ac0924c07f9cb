/** A path as part of a URL: `[id].ts` → `%5Bid%5D.ts`. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
