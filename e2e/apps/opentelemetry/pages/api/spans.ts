import type { NextApiRequest, NextApiResponse } from 'next'
import { exporter } from '../../lib/exporter'

/** What has been exported so far. */
export default function handler(_req: NextApiRequest, res: NextApiResponse) {
  const spans = exporter.getFinishedSpans().map((span) => ({
    name: span.name,
    kind: span.kind,
    attributes: span.attributes,
    status: span.status.code,
    error: span.events.find(({ name }) => name === 'exception')?.attributes?.['exception.message'] ?? null,
    trace: span.spanContext().traceId,
    id: span.spanContext().spanId,
    parent: span.parentSpanContext?.spanId,
  }))
  res.json(spans)
}
