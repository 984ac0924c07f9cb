import { parseAllDocuments } from 'yaml'

// biome-ignore lint/suspicious/noExplicitAny: whatever a YAML file holds
export type KubernetesObject = Record<string, any>

/** The objects of a file, one for each `---`. */
export function parseKubernetes(text: string): KubernetesObject[] {
  return parseAllDocuments(text).map((document) => {
    const [error] = [...document.errors, ...document.warnings]
    if (error) throw error
    return document.toJS()
  })
}

/** What the schema of the Kubernetes API has against an object, and each field that it does not know. */
export async function schemaProblems(object: KubernetesObject): Promise<string[]> {
  const { validate } = await import(`kubernetes-models/_schemas/${schemaOf(object)}`)
  const { watched, unread } = watchReads(object, `${object['kind']}`)
  const valid = validate(watched)
  const errors: { instancePath: string; keyword: string }[] = valid ? [] : validate.errors
  return [...errors.map((error) => `${object['kind']}${error.instancePath.replaceAll('/', '.')}: ${error.keyword}`), ...unread()]
}

/** apps/v1 Deployment: IoK8sApiAppsV1Deployment. */
function schemaOf({ apiVersion, kind }: KubernetesObject): string {
  const group = apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`
  return `IoK8sApi${group.split('/').map(capitalised).join('')}${kind}`
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** The schema allows fields that it does not know, which the API server refuses or drops. But it reads each one that it knows. */
function watchReads(root: object, name: string): { watched: object; unread(): string[] } {
  const paths = new Set<string>()
  const watch = <value>(value: value, path: string): value => {
    if (typeof value !== 'object' || value === null) return value
    for (const key of Object.keys(value)) paths.add(`${path}.${key}`)
    return new Proxy(value, {
      get(target, key) {
        paths.delete(`${path}.${String(key)}`)
        return watch(Reflect.get(target, key), `${path}.${String(key)}`)
      },
    })
  }
  return { watched: watch(root, name), unread: () => [...paths].map((path) => `${path}: unknown`) }
}
