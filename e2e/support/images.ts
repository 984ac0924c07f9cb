// Images made by buildah, in a store of their own, without a daemon and without a registry of images.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { programOnPath } from './programs.ts'
import { runProgram } from './run-program.ts'
import { temporaryFolder } from './temporary.ts'

/** What an image says about how it is run, by Docker's names. */
export interface ImageConfig {
  readonly User: string
  readonly Env: readonly string[]
  readonly WorkingDir: string
  readonly Entrypoint: readonly string[]
  readonly Cmd: readonly string[]
  readonly ExposedPorts: Readonly<Record<string, object>>
  readonly StopSignal: string
  readonly Healthcheck: { readonly Test: readonly string[] }
  readonly Labels: Readonly<Record<string, string>>
}

export interface Image {
  readonly config: ImageConfig
  /** The folder that a container of it has as its root, for reading only. */
  readonly root: string
}

export interface ImageStore {
  /** `docker build`, with its flags. */
  build(context: string, ...flags: string[]): Promise<void>
  open(name: string): Promise<Image>
}

/** vfs keeps every layer as a folder with all that is below it, too: to look into an image takes no container, which would be a copy. */
interface StoredImage {
  readonly id: string
  readonly layer: string
}

/** Why this machine cannot make and run images, if so. */
export function whyNoImages(): string | undefined {
  if (programOnPath('buildah') === undefined) return 'buildah is not installed (Debian: buildah)'
  if (programOnPath('unshare') === undefined) return 'unshare is not installed (Debian: util-linux)'
  return process.getuid?.() === 0 ? undefined : 'only root may change the root folder'
}

export function createImageStore(): ImageStore {
  const store = temporaryFolder()
  const places = ['--root', path.join(store, 'images'), '--runroot', path.join(store, 'run'), '--storage-driver', 'vfs']
  const buildah = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await runProgram('buildah', [...places, ...args])
    if (code !== 0) throw new Error(`buildah ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`)
    return stdout.trim()
  }

  return {
    async build(context, ...flags) {
      await buildah('build', '--isolation', 'chroot', '--format', 'docker', '--pull-never', ...flags, context)
    },
    async open(name) {
      const { FromImageID: id, Docker: docker } = JSON.parse(await buildah('inspect', '--type', 'image', name))
      const listed: StoredImage[] = JSON.parse(readFileSync(path.join(store, 'images/vfs-images/images.json'), 'utf8'))
      const layer = listed.find((image) => image.id === id)?.layer
      if (layer === undefined) throw new Error(`${name} is not in the store`)
      return { config: docker.config, root: path.join(store, 'images/vfs/dir', layer) }
    },
  }
}
