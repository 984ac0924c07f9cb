import { Project, type SourceFile, ts } from 'ts-morph'
import type { Host } from '../../host.ts'

/**
 * Parses files, all of them before anyone asks a question: ts-morph rebuilds its program when files are added between
 * two questions, and we only ask about syntax. (1,000 files: under 1 s this way, 16 s the other way.)
 */
export function parseFiles(files: readonly string[], host: Host): SourceFile[] {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { allowJs: true, jsx: ts.JsxEmit.Preserve, target: ts.ScriptTarget.ESNext },
  })
  return files.map((file) => project.createSourceFile(`/${file}`, host.read(file)))
}
