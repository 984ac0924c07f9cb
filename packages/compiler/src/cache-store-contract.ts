export { type OpenStores, testCacheStore } from '@apiroutes/runtime/cache-store-contract'
