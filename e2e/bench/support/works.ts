/** What is measured, in the order in which it is told. */

export interface Work {
  readonly id: string
  /** One of those that `--work` takes; several may be measured in one go. */
  readonly name: string
  readonly title: string
  readonly unit: Unit
}

/** What the numbers are: more of what is per second is better, less of everything else. */
export type Unit = 'req/s' | 'MB/s' | 'ms' | 's' | 'MB' | 'kB' | 'ns'

export const WORKS: readonly Work[] = [
  { id: 'static', name: 'static', title: 'GET static JSON', unit: 'req/s' },
  { id: 'dynamic', name: 'dynamic', title: 'GET [id] with query', unit: 'req/s' },
  { id: 'post-1kb', name: 'post-1kb', title: 'POST 1 kB JSON', unit: 'req/s' },
  { id: 'post-1mb', name: 'post-1mb', title: 'POST 1 MB JSON', unit: 'req/s' },
  { id: 'get-1mb', name: 'get-1mb', title: 'GET 1 MB JSON', unit: 'req/s' },
  { id: 'not-found', name: 'not-found', title: '404', unit: 'req/s' },
  { id: 'not-modified', name: 'not-modified', title: 'If-None-Match, 304', unit: 'req/s' },
  { id: 'routes-100', name: 'routes-100', title: '100 routes at random', unit: 'req/s' },
  { id: 'routes-10000', name: 'routes-10000', title: '10,000 routes at random', unit: 'req/s' },
  { id: 'start-1', name: 'start', title: 'Start to first answer, 1 route', unit: 'ms' },
  { id: 'start-100', name: 'start', title: 'Start to first answer, 100 routes', unit: 'ms' },
  { id: 'start-1000', name: 'start', title: 'Start to first answer, 1,000 routes', unit: 'ms' },
  { id: 'memory-1-rss', name: 'memory', title: 'Idle memory, RSS', unit: 'MB' },
  { id: 'memory-1-pss', name: 'memory', title: 'Idle memory, PSS', unit: 'MB' },
  { id: 'memory-1000-rss', name: 'memory', title: '1,000 routes loaded, RSS', unit: 'MB' },
  { id: 'memory-1000-pss', name: 'memory', title: '1,000 routes loaded, PSS', unit: 'MB' },
  { id: 'size-1', name: 'size', title: 'Deployed, 1 route', unit: 'kB' },
  { id: 'size-1-gzip', name: 'size', title: 'Deployed, 1 route, gzip', unit: 'kB' },
  { id: 'build-1', name: 'build', title: 'Build, 1 route', unit: 's' },
  { id: 'build-100', name: 'build', title: 'Build, 100 routes', unit: 's' },
  { id: 'build-1000', name: 'build', title: 'Build, 1,000 routes', unit: 's' },
  { id: 'match-static-100', name: 'match', title: 'Match a static path among 100', unit: 'ns' },
  { id: 'match-static-100-again', name: 'match', title: 'Match a static path among 100, same strings again', unit: 'ns' },
  { id: 'match-static-10000', name: 'match', title: 'Match a static path among 10,000', unit: 'ns' },
  { id: 'match-static-10000-again', name: 'match', title: 'Match a static path among 10,000, same strings again', unit: 'ns' },
  { id: 'match-dynamic-100', name: 'match', title: 'Match four params among 100', unit: 'ns' },
  { id: 'match-dynamic-100-again', name: 'match', title: 'Match four params among 100, same strings again', unit: 'ns' },
  { id: 'match-dynamic-10000', name: 'match', title: 'Match four params among 10,000', unit: 'ns' },
  { id: 'match-dynamic-10000-again', name: 'match', title: 'Match four params among 10,000, same strings again', unit: 'ns' },
  { id: 'stream-down', name: 'stream', title: '1 GB down', unit: 'MB/s' },
  { id: 'stream-down-growth', name: 'stream', title: '1 GB down, growth of RSS', unit: 'MB' },
  { id: 'stream-up', name: 'stream', title: '1 GB up', unit: 'MB/s' },
  { id: 'stream-up-growth', name: 'stream', title: '1 GB up, growth of RSS', unit: 'MB' },
]

export const WORK_NAMES: readonly string[] = [...new Set(WORKS.map(({ name }) => name))]
