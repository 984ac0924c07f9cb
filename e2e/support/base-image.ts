// A stand-in for the public image of Node.js: the programs of this machine that the Dockerfiles need, with their libraries.
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { programOnPath } from './programs.ts'
import { runProgram } from './run-program.ts'
import { temporaryFolder, writeFiles } from './temporary.ts'

/** The shell, what pnpm's wrappers of commands call, and what RUN lines do. */
const programs = ['sh', 'cp', 'dirname', 'env', 'find', 'ln', 'rm', 'sed', 'uname']

/** A build context whose Dockerfile makes the image. */
export async function baseImageContext(): Promise<string> {
  const context = temporaryFolder()
  const root = path.join(context, 'root')
  for (const folder of ['usr/bin', 'usr/lib', 'usr/lib64', 'usr/local/bin', 'proc', 'dev', 'sys', 'tmp', 'root', 'home/node'])
    mkdirSync(path.join(root, folder), { recursive: true })
  chmodSync(path.join(root, 'tmp'), 0o1777)
  for (const folder of ['bin', 'lib', 'lib64']) linkAsHere(folder, root)

  for (const name of programs) await copyProgram(name, installedProgram(name), root)
  await copyProgram('node', process.execPath, root)
  copyNpm(root)
  const certificates = process.env['NODE_EXTRA_CA_CERTS']
  if (certificates) copyTo(root, certificates)

  const registry = await runProgram('npm', ['config', 'get', 'registry'])
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', npm_config_registry: registry.stdout.trim(), ...(certificates && { NODE_EXTRA_CA_CERTS: certificates }) }
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  writeFiles(context, {
    'root/etc/passwd': 'root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n',
    'root/etc/group': 'root:x:0:\nnode:x:1000:\n',
    // an entrypoint, as the public image has; nobody may come to depend on it
    Dockerfile: `FROM scratch\nCOPY root /\nENV ${variables.join(' ')}\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["node"]\n`,
  })
  return context
}

/** `/bin` is a link to `usr/bin` on some machines, and a folder on others; libraries are named through it. */
function linkAsHere(folder: string, root: string): void {
  const here = `/${folder}`
  if (!existsSync(here)) return
  if (lstatSync(here).isSymbolicLink()) symlinkSync(readlinkSync(here), path.join(root, folder))
  else mkdirSync(path.join(root, folder))
}

function installedProgram(name: string): string {
  const file = programOnPath(name)
  if (file === undefined) throw new Error(`${name} is not installed`)
  return file
}

async function copyProgram(name: string, file: string, root: string): Promise<void> {
  cpSync(file, path.join(root, 'usr/bin', name), { dereference: true })
  const { stdout } = await runProgram('ldd', [file])
  for (const [library] of stdout.matchAll(/\/\S+/g)) if (existsSync(library)) copyTo(root, library)
}

function copyTo(root: string, file: string): void {
  cpSync(file, path.join(root, file), { dereference: true })
}

function copyNpm(root: string): void {
  const cli = realpathSync(installedProgram('npm'))
  cpSync(path.join(path.dirname(cli), '..'), path.join(root, 'usr/lib/node_modules/npm'), { recursive: true, verbatimSymlinks: true })
  for (const name of ['npm', 'npx']) symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, path.join(root, 'usr/bin', name))
}
