import { EventEmitter } from 'node:events'

/** What `POST /api/events/push` says, `GET /api/events` passes on. */
export const ticks = new EventEmitter()

export const clients = { connected: 0, aborted: 0 }
