import { initTRPC, TRPCError } from '@trpc/server'
import type { CreateNextContextOptions } from '@trpc/server/adapters/next'
import { z } from 'zod'

export async function createContext({ req, res }: CreateNextContextOptions) {
  return { user: req.headers.authorization ?? null, res, query: req.query }
}

const t = initTRPC.context<typeof createContext>().create()

const signedIn = t.procedure.use(({ ctx, next }) => {
  if (!ctx.user) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'sign in first' })
  return next({ ctx: { user: ctx.user } })
})

const posts = [{ id: 1, title: 'First' }]

export const appRouter = t.router({
  post: t.router({
    list: t.procedure.query(() => posts),
    byId: t.procedure.input(z.object({ id: z.number().int() })).query(({ input }) => {
      const post = posts.find(({ id }) => id === input.id)
      if (!post) throw new TRPCError({ code: 'NOT_FOUND', message: `no post ${input.id}` })
      return post
    }),
    add: signedIn.input(z.object({ title: z.string().min(1) })).mutation(({ input, ctx }) => {
      const post = { id: posts.length + 1, title: input.title }
      posts.push(post)
      return { ...post, by: ctx.user }
    }),
  }),
  count: t.procedure.subscription(async function* () {
    for (let i = 0; i < 3; i++) yield i
  }),
})

export type AppRouter = typeof appRouter
