import { createError, defineEventHandler, getHeader, readBody } from 'h3'
import { tagged } from '../../tagged'

export default defineEventHandler(async (event) => {
  // Nitro has no limit of its own.
  if (Number(getHeader(event, 'content-length')) > 1_048_576) throw createError({ statusCode: 413, message: 'Body exceeded 1mb limit' })
  const { name, items } = await readBody(event)
  return tagged(event, { name, items: items.length })
})
