import { randomUUID } from 'node:crypto'
import type { CachedPage, CacheStore, Claim, StoredPage } from './cache-store.ts'
import { connectToRedis, type KeysOf, type RedisConnection, script } from './redis-connection.ts'

/** How long a claim outlives its holder, in milliseconds; for as long as that lives, it is prolonged three times as often. */
const CLAIM_TIME = 3_000
/** What nobody has asked for in this time goes, pages of earlier builds with it: 30 days, in milliseconds. */
const KEPT_FOR = 30 * 24 * 3600 * 1000

// A page is one hash, so that nothing of it can be lost without the rest: `asked` (the number given last), `claimed` (by whom last, until they have stored or
// released), and once there is an edition `version`, `covers` and `page`. Only who claimed it last can write: that is what keeps a late writer from replacing a
// newer page, and from storing a number of before the hash was lost, be it evicted or with all of Redis. That nobody else claims it meanwhile is a key of its
// own, which ends by itself. Both are of one run of Redis: what it has after a restart, or a replica after its master, can be what was there some time before.

const READ = script(`
local version = redis.call('HGET', KEYS[1], 'version')
if not version then return false end
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) / 2 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if version == ARGV[1] then return 1 end
return redis.call('HMGET', KEYS[1], 'version', 'covers', 'page')`)

const ASK = script(`
local number = redis.call('HINCRBY', KEYS[1], 'asked', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return number`)

const CLAIM = script(`
if not redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return false end
redis.call('HSET', KEYS[1], 'claimed', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return redis.call('HMGET', KEYS[1], 'asked', 'version', 'covers')`)

/** Of the claim of this token, and no other. */
const END_CLAIM = `
if redis.call('HGET', KEYS[1], 'claimed') == ARGV[1] then redis.call('HDEL', KEYS[1], 'claimed') end
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end`

const STORE = script(`
local stored = 0
if redis.call('HGET', KEYS[1], 'claimed') == ARGV[1] then
  redis.call('HSET', KEYS[1], 'version', ARGV[2], 'covers', ARGV[3], 'page', ARGV[4])
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
  stored = 1
end${END_CLAIM}
return stored`)

const RELEASE = script(END_CLAIM)

const PROLONG = script(`if redis.call('GET', KEYS[2]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[2], ARGV[2]) end`)

/**
 * Pages in Redis or Valkey, for any number of instances. It is asked at each read, and is the only one who decides which page is current.
 * @param build pages of different builds never meet.
 */
export function createRedisStore(url: string, build: string): CacheStore {
  const redis = connectToRedis(url)
  return {
    async read(key, known = '') {
      const found = await redis.run(READ, keysOf(build, key), [known, String(KEPT_FOR)])
      return found === 1 ? 'unchanged' : storedPageOf(found)
    },
    ask: async (key) => Number(await redis.run(ASK, keysOf(build, key), [String(KEPT_FOR)])),
    async claim(key) {
      const keys = keysOf(build, key)
      const token = randomUUID()
      const found = await redis.run(CLAIM, keys, [token, String(CLAIM_TIME), String(KEPT_FOR)])
      return Array.isArray(found) ? claimOf(redis, keys, token, found) : undefined
    },
    async close() {
      redis.close()
    },
  }
}

/** Of the page and of its claim. Braces, so that a cluster has both in one place. */
function keysOf(build: string, key: string): KeysOf {
  return (runId) => ['page', 'claim'].map((name) => `apiroutes:{${build}:${key}}:${runId}:${name}`)
}

function storedPageOf(found: unknown): StoredPage | undefined {
  if (!Array.isArray(found)) return undefined
  const [version, covers, page] = found.map(String) as [string, string, string]
  return { version, covers: Number(covers), page: JSON.parse(page) }
}

function claimOf(redis: RedisConnection, keys: KeysOf, token: string, [asked, version, coveredBefore]: unknown[]): Claim {
  const covers = Number(asked ?? 0)
  const timer = setInterval(() => {
    redis.run(PROLONG, keys, [token, String(CLAIM_TIME)]).catch(() => {}) // then it is lost, which `store` finds out
  }, CLAIM_TIME / 3)
  return {
    current: typeof version === 'string' ? { version, covers: Number(coveredBefore) } : undefined,
    covers,
    async store(page: CachedPage) {
      clearInterval(timer)
      const edition = { version: randomUUID(), covers }
      const stored = await redis.run(STORE, keys, [token, edition.version, String(covers), JSON.stringify(page), String(KEPT_FOR)])
      return stored === 1 ? edition : undefined
    },
    async release() {
      clearInterval(timer)
      await redis.run(RELEASE, keys, [token])
    },
  }
}
