import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createReport } from '../../report.ts'
import { memoryHost } from '../../testing.ts'
import { analyseHandler } from './handler-export.ts'
import { methodsOf } from './methods.ts'
import { createModules } from './modules.ts'
import { parse } from './parse.ts'

describe('methodsOf', () => {
  function methodsIn(text: string): readonly string[] | null {
    const modules = createModules(memoryHost({}))
    const { definition } = analyseHandler(parse('a.ts', text), modules, createReport())
    return definition ? methodsOf(definition, modules) : null
  }

  /** `body` is that of the handler. */
  function answers(body: string, methods: readonly string[] | null, before = ''): void {
    it([before, body].filter(Boolean).join('; '), () =>
      assert.deepEqual(methodsIn(`${before}\nexport default async function handler(req, res) { ${body} }`), methods),
    )
  }

  function notKnown(body: string, before = ''): void {
    answers(body, null, before)
  }

  function whole(text: string, methods: readonly string[] | null): void {
    it(text, () => assert.deepEqual(methodsIn(text), methods))
  }

  const refuse = 'res.status(405).end()'
  const post = `if (req.method !== 'POST') return ${refuse}; await save(req, res)`

  describe('an early return', () => {
    answers(post, ['POST'])
    answers(`if (req.method != 'POST') { return ${refuse} } save()`, ['POST'])
    answers(`if ('POST' !== req.method) return void ${refuse}; save()`, ['POST'])
    answers(`if (!(req.method === 'POST')) return ${refuse}; save()`, ['POST'])
    answers(`if (req.method !== 'GET' && req.method !== 'HEAD') return ${refuse}; res.json(1)`, ['GET', 'HEAD'])
    answers(`if (!['GET', 'POST'].includes(req.method)) return ${refuse}; res.json(1)`, ['GET', 'POST'])
    answers(`if (!['GET', 'POST'].includes(req.method ?? '')) return ${refuse}; res.json(1)`, ['GET', 'POST'])
    answers(
      `if (!ALLOWED.includes(req.method as string)) { res.setHeader('Allow', ALLOWED); return ${refuse} } go()`,
      ['GET', 'PUT'],
      "const ALLOWED = ['PUT', 'GET']",
    )
    answers(`if (req.method !== Method.Post) return ${refuse}; go()`, ['POST'], "enum Method { Post = 'POST' }")
    answers(`if (req.method !== 'POST') { ${refuse}; return } save()`, ['POST'])
    answers(`if (req.method !== 'POST') { res.status(405); res.end(); return } save()`, ['POST'])
    answers(`if (req.method !== 'POST') { res.statusCode = 405; return res.end('no') } save()`, ['POST'])
    answers("if (req.method !== 'POST') return res.writeHead(405, { Allow: 'POST' }).end(); save()", ['POST'])
    answers("if (req.method !== 'POST') return res.status(501).send('not implemented'); save()", ['POST'])
    answers(
      "if (req.method !== 'POST') { res.setHeader('Allow', ['POST']); return res.status(405).json({ error: `Method ${req.method} not allowed` }) } save()",
      ['POST'],
    )
    answers("if (req.method !== 'POST') return res.setHeader('Allow', 'POST').status(405).end(); save()", ['POST'])
    answers(`const { id } = req.query; const { method } = req; if (method !== 'DELETE') return ${refuse}; remove(id)`, ['DELETE'])
    answers(`const method = req.method; if (method !== 'PUT') return ${refuse}; put()`, ['PUT'])
    answers(`const { method, query: { id } } = req; if (method !== 'PUT') return ${refuse}; put(id)`, ['PUT'])
    answers(`const { method: verb } = req; if (verb !== 'PUT') return ${refuse}; put()`, ['PUT'])
    answers(`try { ${post} } catch (error) { res.status(500).end() }`, ['POST'])
    answers(`try { ${post} } catch (error) { console.error(error); return res.status(500).json({}) }`, ['POST'])
    answers(`try { ${post} } catch (error) { throw error }`, ['POST'])
    notKnown(`try { ${post} } catch { res.statusCode = 200; res.end() }`)
    notKnown(`try { ${post} } catch {}`)
    notKnown(`try { ${post} } catch (error) { res.status(200).end() }`)
    notKnown(`try { ${post} } catch (error) { handle(error, res) }`)
    answers(`res.setHeader('Cache-Control', 'no-store'); ${post}`, ['POST'])
    answers(`if (req.method !== 'POST' || !req.headers['x-key']) return ${refuse}; save()`, ['POST'])
    answers(`if (req.query.id) { if (req.method !== 'PUT') return ${refuse} } else if (req.method !== 'POST') return ${refuse}; go()`, ['POST', 'PUT'])
  })

  describe('the last else', () => {
    answers(`if (req.method === 'POST') { save() } else { ${refuse} }`, ['POST'])
    answers(`if (req.method === 'GET') { list() } else if (req.method === 'POST') { save() } else { res.status(405).json({}) }`, ['GET', 'POST'])
    answers(`if (req.method === 'GET') return list(res); if (req.method === 'POST') return save(res); res.status(405).end()`, ['GET', 'POST'])
    answers(`return req.method === 'GET' ? list(res) : ${refuse}`, ['GET'])
    whole(`export default (req, res) => req.method === 'GET' ? list(res) : ${refuse}`, ['GET'])
    whole(`export default ({ method }, res) => method === 'GET' ? list(res) : ${refuse}`, ['GET'])
    whole(`const h = async (req, res) => { ${post} }\nexport default h`, ['POST'])
    whole(`export default function h(req: R, res: S): void\nexport default function h(req, res) { ${post} }`, ['POST'])
  })

  describe('switch', () => {
    answers(`switch (req.method) { case 'GET': return list(); case 'POST': save(); break; default: ${refuse} }`, ['GET', 'POST'])
    answers(
      `switch (req.method) { case 'GET': case 'HEAD': { list(); break } default: res.setHeader('Allow', ['GET', 'HEAD']); res.status(405).end(\`Method \${req.method} Not Allowed\`) }`,
      ['GET', 'HEAD'],
    )
    answers(`const { method } = req; switch (method) { case 'GET': list(); break; default: { ${refuse}; break } }`, ['GET'])
    answers(`switch (req.method) { case 'GET': return list() } return ${refuse}`, ['GET'])
    answers(`switch (req.method) { case 'PATCH': case 'PUT': default: return ${refuse}; case 'GET': return list() }`, ['GET'])
    answers(`switch (req.method) { case M.GET: return list(); default: return ${refuse} }`, ['GET'], "const M = { GET: 'GET' } as const")
    answers(`switch (req.method) { case 'GET': return list(); case 'PUT': return res.status(405).end(); default: return ${refuse} }`, ['GET'])
    answers(`switch (req.method) { case 'get': return list(); case 'POST': return save(); default: return ${refuse} }`, ['POST'])
    notKnown("switch (req.method) { case 'GET': return list(); default: return list() }")
    notKnown("switch (req.method) { case 'GET': return list() }")
    notKnown(`switch (req.method) { case other(): return list(); default: return ${refuse} }`)
    notKnown(`switch (kind) { case 'GET': return list(); default: return ${refuse} }`)
  })

  describe('no list, since something else may happen', () => {
    notKnown('res.json(1)')
    notKnown("if (req.method === 'POST') save(); res.json(1)")
    notKnown("if (req.method !== 'POST') return res.status(400).end(); save()")
    notKnown("if (req.method !== 'POST') return; save()")
    notKnown("if (req.method !== 'POST') return notAllowed(res); save()")
    notKnown("if (req.method !== 'POST') throw new Error(); save()")
    notKnown("if (req.method !== 'POST') res.status(405); save()")
    notKnown("if (req.method !== 'POST') { res.status(405).end() } await save(req.body); res.json(1)")
    notKnown("if (req.method !== 'POST') { audit(req); return res.status(405).end() } save()")
    notKnown("if (req.method !== 'POST') { res.status(405).end(); res.status(200).end() } else save()")
    notKnown("if (req.method !== 'POST') return res.status(405).write('x'); save()")
    notKnown("if (req.method !== 'POST') return res.status(code).end(); save()")
    notKnown("if (req.method !== 'POST') return res.status(405).end(text()); save()")
    notKnown("if (req.method !== 'POST') return other.status(405).end(); save()")
    notKnown("if (req.method !== 'POST' && !isPreview) return res.status(405).end(); save()", 'const isPreview = false')
    notKnown(`await cors(req, res); ${post}`)
    notKnown(`if (!(await session(req, res))) return; ${post}`)
    notKnown(`if (handled(req)) return; ${post}`)
    notKnown(`const user = await getUser(req); ${post}`)
    notKnown(`const { name } = req.body; ${post}`)
    notKnown(`const first = req.query.a[0]; ${post}`)
    notKnown(`req.method = 'POST'; ${post}`)
    notKnown(`if (req.headers['x-method']) req.method = req.headers['x-method']; ${post}`)
    notKnown(`res = wrap(res); ${post}`)
    notKnown(`let method = req.method; method = override; if (method !== 'POST') return ${refuse}; save()`)
    notKnown(`let method = req.method; if (method !== 'POST') return ${refuse}; save()`)
    notKnown(`{ const method = 'POST'; if (method !== 'POST') return ${refuse} } const method = req.method; save()`)
    notKnown(`if (req.method !== method) return ${refuse}; save()`)
    notKnown(`if (req.method !== 'POST') return ${refuse}; else { const req = 1; const POST = 2 }`)
    notKnown(`try { ${post} } finally { res.end() }`)
    notKnown(`for (const a of b) { if (req.method !== 'POST') return ${refuse} }`)
    notKnown(`const POST = 'PUT'; if (!ALLOWED.includes(req.method)) return ${refuse}; const ALLOWED = []; save()`, "const ALLOWED = ['POST']")
    notKnown(`if (!ALLOWED.includes(req.method)) return ${refuse}; save()`, "const ALLOWED = ['POST']; ALLOWED.push(x)")
    notKnown(`if (!list().includes(req.method)) return ${refuse}; save()`)
    notKnown(`if (req.method?.toLowerCase() !== 'post') return ${refuse}; save()`)
    whole(`export default withAuth(async function h(req, res) { ${post} })`, null)
    whole(`export default async function h(req, res) { ${post} }\nh = other`, null)
    whole(`let h = async (req, res) => { ${post} }\nexport default h`, null)
    whole(`export default async function h(req, res = make()) { ${post} }`, null)
    whole(`export default async function h(req = make(), res) { ${post} }`, null)
    whole(`export default async function h(...all) { const [req, res] = all; ${post} }`, null)
    whole(`export default async function h({ method = 'POST' }, res) { if (method !== 'POST') return ${refuse}; save() }`, null)
    whole(`export default async function h(req, { status }) { ${post} }`, null)
    whole(`export default async function* h(req, res) { ${post} }`, null)
  })

  it('a handler that refuses everything answers nothing', () =>
    assert.deepEqual(methodsIn('export default (req, res) => { /* method */ res.status(405).end() }'), []))
})
