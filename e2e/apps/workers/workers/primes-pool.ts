import { threadId } from 'node:worker_threads'
import { countPrimes } from '../lib/primes'

export default ({ below }: { below: number }) => {
  if (!Number.isFinite(below)) throw new TypeError('below is no number')
  return { primes: countPrimes(below), inThread: threadId > 0 }
}
