import { defineEventHandler } from 'h3'
import { rows } from '../../rows.js'
import { tagged } from '../../tagged'

export default defineEventHandler((event) => tagged(event, rows))
