import { diagnostic, fileSpan } from '../../diagnostics/diagnostic.ts'
import type { Host } from '../../host.ts'
import type { Report } from '../../report.ts'

/** The first one wins, as where Next.js builds with Turbopack. */
const EXTENSIONS = ['tsx', 'jsx', 'ts', 'js']

/**
 * The file of hooks: beside the pages (`folder` is '' or 'src/'), as the documentation of Next.js has it, or else in the other of the two
 * places, where Turbopack takes it from as well. Others are reported.
 */
export function findInstrumentation(folder: string, host: Host, report: Report): string | undefined {
  const places = [folder, folder === '' ? 'src/' : '']
  const files = places.flatMap((place) => EXTENSIONS.map((extension) => `${place}instrumentation.${extension}`)).filter((file) => host.exists(file))
  const [used, ...others] = files
  for (const file of others) report.add(diagnostic('instrumentation-ignored', { used: used ?? '' }, fileSpan(file)))
  return used
}
