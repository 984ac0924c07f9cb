import { defineEventHandler } from 'h3'
import { tagged } from '../../tagged'

export default defineEventHandler((event) => tagged(event, { message: 'Hello, world!' }))
