import pino from 'pino'

export const logger = pino(
  { base: null },
  pino.transport({
    targets: [
      { target: 'pino/file', options: { destination: 1 } },
      { target: 'pino/file', options: { destination: process.env.LOG_FILE, mkdir: true } },
    ],
  }),
)
