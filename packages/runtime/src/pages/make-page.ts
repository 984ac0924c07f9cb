import type { Params } from '../manifest.ts'
import type { CachedPage } from './cache-store.ts'
import type { PageModule, PropsContext } from './page-module.ts'
import type { Render } from './render.ts'
import { checkStaticProps } from './static-props.ts'

/** Calls getStaticProps and renders what it returns. @throws what either of them throws. */
export async function makePage(module: PageModule, params: Params, context: Omit<PropsContext, 'params'>, render: Render): Promise<CachedPage> {
  const made = Date.now() // its age is that of its data
  const { file, params: names } = module.leaf
  const result = checkStaticProps(await module.getStaticProps({ ...(names.list.length > 0 ? { params } : {}), ...context }), file)
  const { revalidate } = result
  switch (result.kind) {
    case 'props':
      return { status: 200, body: await render(module, result.props), revalidate, made }
    case 'not-found':
      return { status: 404, body: 'Not Found', revalidate, made }
    case 'redirect':
      return { status: result.status, location: result.location, body: result.location, revalidate, made }
  }
}
