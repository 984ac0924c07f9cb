/**
 * One renewal at a time. Those who come while it runs wait for the next one, all for the same: the one that runs may have read what they changed before
 * they did.
 */
export interface Renewals<T> {
  next(renew: () => Promise<T>): Promise<T>
  /** Settles with the one that is queued or, if none is, the one that runs. */
  last(): Promise<unknown>
}

/** @param ended called when there is none any more. */
export function createRenewals<T>(ended: () => void): Renewals<T> {
  let queued: Promise<T> | undefined
  let running: Promise<unknown> = Promise.resolve()

  async function run(renew: () => Promise<T>): Promise<T> {
    await running
    const result = renew()
    queued = undefined
    const settled = () => void (queued ?? ended())
    running = result.then(settled, settled)
    return result
  }

  return {
    next(renew) {
      queued ??= run(renew)
      return queued
    },
    last: () => queued ?? running,
  }
}
