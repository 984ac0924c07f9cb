import { stop } from './lib/telemetry'

export const register = 'lib/telemetry'

export function onrequesterror(error: unknown) {
  console.error(error)
}

export { stop as onShutdown }
