import { send, setResponseStatus } from 'h3'
import { defineNitroErrorHandler } from 'nitropack/runtime'

export default defineNitroErrorHandler((error, event) => {
  setResponseStatus(event, error.statusCode)
  return send(event, error.statusCode === 404 ? 'Not Found' : error.message)
})
