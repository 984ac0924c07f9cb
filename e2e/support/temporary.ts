import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** Paths below the project, with `/`, and their contents. A path may lead out of the project folder by `..`. */
export type FileMap = Readonly<Record<string, string | Uint8Array>>

const folders: string[] = []
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A new empty folder, deleted when this process ends. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'apiroutes-')))
  folders.push(folder)
  return folder
}

/** A new project with these files. */
export function temporaryProject(files: FileMap): string {
  const project = path.join(temporaryFolder(), 'project')
  mkdirSync(project)
  writeFiles(project, files)
  return project
}

export function writeFiles(folder: string, files: FileMap): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}
