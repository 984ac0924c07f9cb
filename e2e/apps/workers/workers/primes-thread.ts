import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { countPrimes } from '../lib/primes'

parentPort?.postMessage({ primes: countPrimes(workerData.below as number), isMainThread })
