import { createSchema, createYoga } from 'graphql-yoga'
import { GraphQLError, GraphQLScalarType } from 'graphql'
import type { NextApiRequest, NextApiResponse } from 'next'

export const config = {
  api: {
    bodyParser: false,
  },
}

export default createYoga<{ req: NextApiRequest; res: NextApiResponse }>({
  schema: createSchema({
    typeDefs: /* GraphQL */ `
      scalar Date
      type Query {
        hello(name: String!): String!
        fails: String
        birthday: Date
        cookie: String
      }
    `,
    resolvers: {
      Date: new GraphQLScalarType<Date, string>({ name: 'Date', serialize: (value) => (value as Date).toISOString() }),
      Query: {
        hello: (_parent, { name }: { name: string }) => `Hello, ${name}!`,
        fails: () => {
          throw new GraphQLError('on purpose', { extensions: { code: 'MADE_UP' } })
        },
        birthday: () => new Date(0),
        cookie: (_parent, _args, { req }) => req.cookies.k,
      },
    },
  }),
  graphqlEndpoint: '/api/graphql',
  graphiql: false,
  logging: false,
})
