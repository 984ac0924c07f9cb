import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { EnvError, readEnv } from '../env.ts'
import { type PageEnv, pageVariables, readPageEnv } from './page-env.ts'

function read(env: Record<string, string>): PageEnv {
  let found: PageEnv | undefined
  readEnv(env, [
    {
      variables: pageVariables,
      configure(reader) {
        found = readPageEnv(reader)
      },
    },
  ])
  assert.ok(found)
  return found
}

describe('readPageEnv', () => {
  const defaults: PageEnv = { maxBytes: 67_108_864, folder: undefined, redisUrl: undefined, trust: 0, token: undefined }
  function reads(env: Record<string, string>, expected: Partial<PageEnv>): void {
    it(JSON.stringify(env), () => assert.deepEqual(read(env), { ...defaults, ...expected }))
  }
  reads({}, {})
  reads(Object.fromEntries(Object.keys(pageVariables).map((name) => [name, ''])), {})
  reads({ PAGE_CACHE_MAX: '1gb' }, { maxBytes: 1_073_741_824 })
  reads({ PAGE_CACHE_MAX: '500KB' }, { maxBytes: 512_000 })
  reads({ PAGE_CACHE_MAX: '1.5mb' }, { maxBytes: 1_572_864 })
  reads({ PAGE_CACHE_MAX: '0.5b' }, { maxBytes: 1 })
  reads({ PAGE_CACHE_MAX: '1000' }, { maxBytes: 1000 })
  reads({ PAGE_CACHE_DIR: '/var/cache/x y' }, { folder: '/var/cache/x y' })
  reads({ PAGE_CACHE_LOCAL: '1s' }, { trust: 1000 })
  reads({ PAGE_CACHE_LOCAL: '0.25' }, { trust: 250 })
  reads({ REDIS_URL: 'redis://h' }, { redisUrl: 'redis://h' })
  reads({ REDIS_URL: 'rediss://u:p%40ss@h:6380/2' }, { redisUrl: 'rediss://u:p%40ss@h:6380/2' })
  reads({ REVALIDATE_TOKEN: 'secret' }, { token: 'secret' })

  function refuses(env: Record<string, string>, message: string): void {
    it(`refuses ${JSON.stringify(env)}`, () =>
      assert.throws(
        () => read(env),
        (error: Error) => error instanceof EnvError && error.message === message,
      ))
  }
  for (const value of ['lots', '-1', '1tb', '0', '0mb', '64 mb'])
    refuses(
      { PAGE_CACHE_MAX: value },
      `PAGE_CACHE_MAX must be a size above 0 such as 64mb, 1gb or 500kb, got ${JSON.stringify(value)}. Example: PAGE_CACHE_MAX=256mb`,
    )
  for (const value of ['1m', '-1', '1ms', 's', '1e3'])
    refuses(
      { PAGE_CACHE_LOCAL: value },
      `PAGE_CACHE_LOCAL must be a number of seconds such as 1, 0.5 or 1s, got ${JSON.stringify(value)}. Example: PAGE_CACHE_LOCAL=1s`,
    )
  const noUrl = 'REDIS_URL must be a URL such as redis://host:6379 or rediss://user:password@host:6379/1. Example: REDIS_URL=redis://127.0.0.1:6379'
  for (const value of ['localhost:6379', 'http://h', 'redis://u:se cret@h', 'redis://h/abc', 'redis://h/1x']) refuses({ REDIS_URL: value }, noUrl)
  for (const value of ['redis://u:se:cret@h:x', 'redis://u:se%cret@h', 'redis://h:99999'])
    refuses({ REDIS_URL: value }, 'REDIS_URL is no URL. Percent-encode what is unusual in the password. Example: REDIS_URL=redis://127.0.0.1:6379')
  refuses({ REDIS_URL: 'redis://h', PAGE_CACHE_DIR: '/x' }, 'PAGE_CACHE_DIR and REDIS_URL are both set, and pages are kept in one place. Unset one of them.')
})
