/// <reference types="node" preserve="true" />

/** What static pages import: the names of Next.js, and a few of ours. */

import type { ParsedUrlQuery } from 'node:querystring'
import type { PreviewData } from './types.ts'

// biome-ignore lint/suspicious/noExplicitAny: as in Next.js; existing pages rely on it
type AnyProps = { [key: string]: any }

/** What `getStaticProps` is called with. */
export interface GetStaticPropsContext<Params extends ParsedUrlQuery = ParsedUrlQuery, Preview extends PreviewData = PreviewData> {
  /** The params of the path; undefined for a page without any. */
  params?: Params
  /** True in draft mode, else undefined. */
  draftMode?: boolean
  /** True when preview data is there, else undefined. */
  preview?: boolean
  /** What setPreviewData stored. */
  previewData?: Preview
  /** Why the page is made: the first time or by `--prerender`, since its time is over, or by `res.revalidate`. */
  revalidateReason?: 'build' | 'stale' | 'on-demand'
}

/** Where to instead. */
export type Redirect = { destination: string; permanent: boolean } | { destination: string; statusCode: 301 | 302 | 303 | 307 | 308 }

/** What `getStaticProps` returns: props as JSON can hold them, another place, or that there is no such page. */
export type GetStaticPropsResult<Props> = ({ props: Props } | { redirect: Redirect } | { notFound: true }) & {
  /** Seconds until the page is made anew, or false for never. Default false. */
  revalidate?: number | boolean
}

/** Gets the props of a page when it is made, on the server. */
export type GetStaticProps<Props extends AnyProps = AnyProps, Params extends ParsedUrlQuery = ParsedUrlQuery, Preview extends PreviewData = PreviewData> = (
  context: GetStaticPropsContext<Params, Preview>,
) => Promise<GetStaticPropsResult<Props>> | GetStaticPropsResult<Props>

/** The props that a `getStaticProps` gives to its page. */
export type InferGetStaticPropsType<Get extends (context: never) => unknown> = Extract<Awaited<ReturnType<Get>>, { props: unknown }>['props']

/** What `getStaticPaths` is called with: nothing, as there are no locales. */
export type GetStaticPathsContext = Record<never, never>

export interface GetStaticPathsResult<Params extends ParsedUrlQuery = ParsedUrlQuery> {
  /** The pages there are, or those to begin with. */
  paths: (string | { params: Params })[]
  /** `false`: all others are 404. `'blocking'`, or true, which is the same here: another one is made when it is asked for. */
  fallback: boolean | 'blocking'
}

/** Says which pages there are. */
export type GetStaticPaths<Params extends ParsedUrlQuery = ParsedUrlQuery> = (
  context: GetStaticPathsContext,
) => Promise<GetStaticPathsResult<Params>> | GetStaticPathsResult<Params>

/** Ours, not of Next.js: what the default export of pages/_document is called with. */
export interface DocumentProps {
  /** The page, for the body. */
  html: string
  /** What the page has for the head. */
  head: string
}
