import type { SessionOptions } from 'iron-session'

export interface SessionData {
  username?: string
  counter?: number
}

export const sessionOptions: SessionOptions = {
  password: 'a password of at least thirty-two characters',
  cookieName: 'iron-example',
  cookieOptions: { secure: false },
}
