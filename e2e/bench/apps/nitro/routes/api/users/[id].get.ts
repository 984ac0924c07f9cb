import { defineEventHandler, getQuery, getRouterParam } from 'h3'
import { tagged } from '../../../tagged'

export default defineEventHandler((event) => {
  const { page, sort } = getQuery(event)
  return tagged(event, { id: getRouterParam(event, 'id', { decode: true }), page, sort })
})
