import type { Plan } from './plan.ts'

/** Where the bundle of a worker lies in the output. */
export function workerPlace(file: string, plan: Plan): string {
  return jsName(plan.placeOf(file))
}

/** `w.ts` → `w.ts.js`: Node.js 20 runs nothing else, and `w.js` may be there as well. */
export function jsName(path: string): string {
  return path.replace(/\.(?:[cm]?tsx?|jsx|cjs)$/, '$&.js')
}
