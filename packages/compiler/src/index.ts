export type {
  ApiConfig,
  ApiHandler,
  ApiRequest,
  ApiResponse,
  CachedPage,
  CacheStore,
  Claim,
  DocumentProps,
  Edition,
  GetStaticPaths,
  GetStaticPathsContext,
  GetStaticPathsResult,
  GetStaticProps,
  GetStaticPropsContext,
  GetStaticPropsResult,
  InferGetStaticPropsType,
  Instrumentation,
  NextApiHandler,
  NextApiRequest,
  NextApiResponse,
  PageConfig,
  PreviewData,
  Redirect,
  StoredPage,
} from '@apiroutes/runtime'
export { type BuildResult, build } from './build.ts'
export type { Code, Diagnostic, Note, Span } from './diagnostics/diagnostic.ts'
export { render } from './diagnostics/render.ts'
export { toJson } from './diagnostics/render-json.ts'
export type { Host } from './host.ts'
export { createNodeHost } from './host-node.ts'
export type { LinkedRoute, Segment } from './model.ts'
export type { BuildOptions } from './options.ts'
