// `apiroutes build --analyze`: where the page goes, and what a browser makes of it.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { openPage } from './support/browser.ts'
import { build, buildOrThrow, diagnosticCodes } from './support/build.ts'
import type { FileMap } from './support/temporary.ts'

const analyze = { flags: ['--analyze'] }
const project = {
  'pages/api/users/[id].ts': `import { table } from 'some-package'\nimport { db } from '../../../lib/db'\nexport default (req: any, res: any) => res.json([table, db])\n`,
  'pages/api/hello.ts': `import { db } from '../../lib/db'\nexport default (req: any, res: any) => res.json(db)\n`,
  'pages/api/</script><b>.ts': 'export default (req: any, res: any) => res.end()\n', // folder `<`, file `script><b>.ts`
  'lib/db.ts': `export const db = 'db'\n`,
  'node_modules/some-package/package.json': '{ "main": "main.js" }',
  'node_modules/some-package/main.js': `exports.table = ${JSON.stringify('x'.repeat(5000))}\n`,
}

describe('the page', () => {
  it('lies beside the output folder, and is the same, byte for byte, from any folder', async () => {
    const [one, two] = [await buildOrThrow(project, analyze), await buildOrThrow({ '../deeper/x': '', ...project }, analyze)]
    assert.match(one.stdout, /dist\.analyze\.html {2}shows what is in it\n$/)
    assert.ok(!readdirSync(one.dist).some((name) => name.endsWith('.html')))
    const html = readFileSync(`${one.dist}.analyze.html`, 'utf8')
    assert.equal(readFileSync(`${two.dist}.analyze.html`, 'utf8'), html)
    assert.ok(!html.includes(path.dirname(one.dir)))
  })

  function isOfWhatIsWritten(name: string, files: FileMap): void {
    it(`is of the server.js that is written: ${name}`, async () => {
      const { dist } = await buildOrThrow(files, analyze)
      const kilobytes = (statSync(path.join(dist, 'server.js')).size / 1000).toFixed(1)
      const html = readFileSync(`${dist}.analyze.html`, 'utf8')
      assert.equal(/<h1>(.*)<\/h1>/.exec(html)?.[1], `server.js, ${kilobytes} kB`)
      assert.match(html, /<td>the server itself<\/td><td class="size">[2-4]\d\.\d kB/)
    })
  }
  isOfWhatIsWritten('alone', project)
  isOfWhatIsWritten('with a file beside it, for which it is bundled again', {
    'pages/api/a.ts': `import { readFileSync } from 'node:fs'\nexport default (req: any, res: any) => res.end(readFileSync(__dirname + '/../../data.txt'))\n`,
    'data.txt': 'data',
  })

  it('is named after the output folder, and in the last line of --json', async () => {
    const { dir, stdout } = await buildOrThrow(project, { flags: ['--analyze', '--json', '--out-dir', 'out/app'] })
    assert.match(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '').analysis, /out\/app\.analyze\.html$/)
    assert.ok(existsSync(path.join(dir, 'out/app.analyze.html')))
  })

  it('is not written without --analyze, nor by a build that fails', async () => {
    const { dir } = await buildOrThrow(project)
    assert.ok(!readdirSync(dir).includes('dist.analyze.html'))
    writeFileSync(path.join(dir, 'pages/api/broken.ts'), 'export const x = 1\n')
    assert.equal((await build(dir, analyze)).code, 1)
    assert.ok(!readdirSync(dir).includes('dist.analyze.html'))
  })

  it('replaces the one of an earlier build, and no other file', async () => {
    const { dir, dist } = await buildOrThrow(project, analyze)
    await buildOrThrow(dir, analyze)
    writeFileSync(`${dist}.analyze.html`, 'mine')
    assert.deepEqual(diagnosticCodes(await build(dir, analyze)), ['output-occupied'])
    assert.equal(readFileSync(`${dist}.analyze.html`, 'utf8'), 'mine')
  })
})

it('Chromium draws the page, and the page asks for nothing but itself', async (t) => {
  const { dist } = await buildOrThrow(project, analyze)
  const url = pathToFileURL(`${dist}.analyze.html`).href
  const page = await openPage(url)
  if ('missing' in page) return t.skip(page.missing)
  t.after(() => page.close())

  const column = (table: string, nth: number) =>
    page.evaluate(`[...document.querySelectorAll('#${table} tbody tr')].map((row) => row.children[${nth}].innerText.split('\\n')[0])`)
  assert.deepEqual(await column('routes', 0), ['/api/users/[id]', '/api/hello', '/api/</script><b>'])
  assert.deepEqual(((await column('packages', 0)) as string[]).toSorted(), ['between the modules', 'some-package', 'the project', 'the server itself'])
  assert.match(String(await page.evaluate(`document.querySelector('#routes td:last-child').innerText`)), /^some-package 5\.\d kB, the project 0\.\d kB$/)

  const frame = `document.querySelector('iframe').contentDocument`
  const drawn = await page.evaluate(`[...${frame}.querySelectorAll('svg .node text')].map((text) => text.textContent)`)
  for (const name of ['some-package/main.js', 'hello', 'routes/api'])
    assert.ok(
      (drawn as string[]).some((text) => text.includes(name)),
      `${name} in ${drawn}`,
    )
  assert.deepEqual(page.exceptions, [])
  assert.deepEqual(
    page.requests.filter((request) => request !== 'about:srcdoc'),
    [url],
  )

  for (const document of ['document', frame]) {
    const refused = `new Promise((resolve) => {
      ${document}.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective))
      ${document}.defaultView.fetch('http://127.0.0.1:9/').catch(() => {})
    })`
    assert.equal(await page.evaluate(refused), 'connect-src', document)
  }
})
