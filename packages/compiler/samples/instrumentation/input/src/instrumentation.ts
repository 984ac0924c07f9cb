import type { Instrumentation } from 'next'

export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') await import('./lib/telemetry')
}

export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  console.error(context.routePath, request.method, error)
}

export { stop as onShutdown } from './lib/telemetry'
