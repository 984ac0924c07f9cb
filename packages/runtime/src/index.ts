export type { ByteLimit, ConfigReader, Edge, Leaf, Manifest, Param, RouteConfig, TreeNode } from './manifest.ts'
export { serve } from './serve.ts'
export type { ApiConfig, ApiHandler, ApiRequest, ApiResponse, Instrumentation, NextApiHandler, NextApiRequest, NextApiResponse, PageConfig } from './types.ts'
