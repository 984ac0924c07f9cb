import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { exporter } from './lib/exporter'

let sdk: NodeSDK | undefined

export function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  sdk = new NodeSDK({
    serviceName: 'app',
    spanProcessors: [new SimpleSpanProcessor(exporter)],
    instrumentations: process.env.HTTP_INSTRUMENTATION ? [new HttpInstrumentation()] : [],
  })
  sdk.start()
}

export async function onShutdown() {
  await sdk?.shutdown()
  console.log('the SDK is shut down')
}
