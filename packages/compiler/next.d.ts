// For projects that were written for Next.js and do not have it installed: with `"types": ["apiroutes/next"]` in
// tsconfig.json, `import type { NextApiRequest } from 'next'` finds the types below.

/// <reference types="node" />

declare module 'next' {
  export type {
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
  } from 'apiroutes'
}
