export type { ByteLimit, ConfigReader, Leaf, Manifest, Param, RouteConfig, RouteParams, TreeNode, Way } from './manifest.ts'
export type {
  DocumentProps,
  GetStaticPaths,
  GetStaticPathsContext,
  GetStaticPathsResult,
  GetStaticProps,
  GetStaticPropsContext,
  GetStaticPropsResult,
  InferGetStaticPropsType,
  Redirect,
} from './page-types.ts'
export type { CachedPage, CacheStore, Claim, Edition, StoredPage } from './pages/cache-store.ts'
export { serve } from './serve.ts'
export type {
  ApiConfig,
  ApiHandler,
  ApiRequest,
  ApiResponse,
  Instrumentation,
  NextApiHandler,
  NextApiRequest,
  NextApiResponse,
  PageConfig,
  PreviewData,
} from './types.ts'
