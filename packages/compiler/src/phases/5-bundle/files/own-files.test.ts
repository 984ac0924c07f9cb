import assert from 'node:assert/strict'
import { join, relative } from 'node:path'
import { describe, it } from 'node:test'
import { type FileMap, temporaryProject } from '../../../testing.ts'
import { findOwnFiles, MAY_NAME_FILES } from './own-files.ts'

const PROJECT = {
  'data/a.json': '{}',
  'lib/data/b.json': '{}',
  'x.txt': '',
  'public/script.js': '',
  'locales/en/x.json': '{}',
  'lib/views/a.html': '',
}
const BESIDE = { 'next/y.txt': '' }

const within = (folder: string, files: FileMap): FileMap => Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]))

describe('findOwnFiles', () => {
  /** Files, then `text > folder` for the paths that are not known. The module is `lib/m.ts`. */
  function finds(text: string, expected: readonly string[]): void {
    it(text, (test) => {
      const root = join(temporaryProject(test, { ...BESIDE, ...within('app', PROJECT) }), 'app')
      const found = findOwnFiles(join(root, 'lib/m.ts'), text, root)
      const name = (path: string) => relative(root, path) || '.'
      assert.deepEqual([...found.files.map(name), ...found.unknown.map(({ start, end, folder }) => `${text.slice(start, end)} > ${name(folder)}`)], expected)
      assert.match(text, MAY_NAME_FILES)
    })
  }

  finds("fs.readFileSync('data/a.json')", ['data/a.json'])
  finds("readFile('./data/a.json', 'utf8')", ['data/a.json'])
  finds("await fs.promises.readFile('x.txt')", ['x.txt'])
  finds("createReadStream('x.txt')", ['x.txt'])
  finds("fs.readdirSync('data')", ['data'])
  finds('fs.readFileSync(`data/a.json`)', ['data/a.json'])
  finds("fs.readFileSync('nope.json')", [])
  finds("readFileSync('b.json')", []) // relative to the working folder, not to the module
  finds('readFileSync(name)', ['readFileSync(name) > .'])
  finds('fs.promises.readFile(req.query.f)', ['fs.promises.readFile(req.query.f) > .'])
  finds("fs.readFileSync('./data/' + name)", ['data', "fs.readFileSync('./data/' + name) > data"])
  finds('fs.readFileSync(`${process.cwd()}/data/${name}`)', ['data', 'fs.readFileSync(`${process.cwd()}/data/${name}`) > data'])
  finds("fs.readFileSync(process.cwd() + '/' + name)", ["fs.readFileSync(process.cwd() + '/' + name) > ."])
  finds('fs.readFileSync(`/etc/${name}`)', [])
  finds('fs.readFileSync(path.join(os.tmpdir(), name))', [])
  finds('bucket.file(name).createReadStream({})', [])
  finds('storage.readFile(name)', [])
  finds('join(process.cwd(), name)', ['join(process.cwd(), name) > .'])
  finds("path.join(process.cwd(), 'data', name)", ["path.join(process.cwd(), 'data', name) > data"])
  finds("path.resolve(process.cwd(), 'data', name, 'x')", ["path.resolve(process.cwd(), 'data', name, 'x') > data"])
  finds("path.join(__dirname, 'data', name)", ["path.join(__dirname, 'data', name) > lib/data"])
  finds('path.join(import.meta.dirname, name)', ['path.join(import.meta.dirname, name) > lib'])
  finds("path.join(__dirname, 'data', 'b.json')", [])
  finds('const root = process.cwd()\njoin(root, name)', ['join(root, name) > .'])
  finds("const dir = 'data'\njoin(process.cwd(), dir, name)", ['join(process.cwd(), dir, name) > data'])
  finds("const dir = 'data'\njoin(process.cwd(), dir)", [])
  finds('new URL(name, import.meta.url)', ['new URL(name, import.meta.url) > lib'])
  finds('new URL(`./data/${name}.json`, import.meta.url)', ['new URL(`./data/${name}.json`, import.meta.url) > lib/data'])
  finds("new URL('./data/b.json', import.meta.url)", ['lib/data/b.json'])
  finds("new URL('./d%61ta/b%2Ejson?x#y', import.meta.url)", ['lib/data/b.json'])
  finds("new URL('./nope', import.meta.url)", [])
  finds("new URL('https://example.com/x', import.meta.url)", [])
  finds("new URL('https://', import.meta.url)", [])
  finds("createRequire(import.meta.url)('../data/a.json')", ['data/a.json'])
  finds("module.createRequire(__filename).resolve('./data/b.json')", ['lib/data/b.json'])
  finds("const load = createRequire(import.meta.url)\nload('./data/b.json')", ['lib/data/b.json'])
  finds("createRequire(import.meta.url)('node:fs')", [])
  finds("createRequire(import.meta.url)('nope')", [])
  finds("join(path.join(__dirname, 'data'), name)", ["join(path.join(__dirname, 'data'), name) > lib/data"])
  finds("const up = path.resolve(__dirname, '..')\njoin(up, 'data', name)", ["join(up, 'data', name) > data"])
  finds('new URL(name, base.import.meta)', [])
  finds('const a = a\njoin(process.cwd(), a)\njoin(a, b)', ['join(process.cwd(), a) > .'])
  finds('const a = b, b = a\njoin(a, process.cwd())', [])
  finds('const a: string = <b>process.cwd</b>', [])
  finds("readFileSync(path.join('data', 'a.json'))", ['data/a.json'])
  finds("readFileSync(path.resolve('data', 'a.json'))", ['data/a.json'])
  finds("function f(dir) { var dir = path.join(dir, 'x'); readFileSync(dir) }", ['readFileSync(dir) > .'])

  finds("path.join(process.cwd(), 'locales/{{lng}}/x.json')", ['locales'])
  finds("path.join(__dirname, '../locales', '{lng}.json')", ['locales'])
  finds("path.join(process.cwd(), 'locales', '%s', 'x.json')", ['locales'])
  finds("path.join(process.cwd(), 'locales/*.json')", ['locales'])
  finds("path.join(process.cwd(), 'locales/**')", ['locales'])
  finds("path.join(process.cwd(), 'locales/x-{{lng}}.json')", ['locales'])
  finds("path.resolve(__dirname, 'views/*.html')", ['lib/views'])
  finds("path.join(process.cwd(), '{{lng}}.json')", []) // not the whole project
  finds("path.join(process.cwd(), 'nope/{{lng}}.json')", [])
  finds("path.join(process.cwd(), 'locales/50%.json')", [])
  finds("path.join(process.cwd(), 'locales', lng, '{{ns}}.json')", ["path.join(process.cwd(), 'locales', lng, '{{ns}}.json') > locales"])

  finds("path.join(process.cwd(), '../next/y.txt')", ["path.join(process.cwd(), '../next/y.txt') > ../next/y.txt"])
  finds("path.resolve(__dirname, '../../next')", ["path.resolve(__dirname, '../../next') > ../next"])
  finds("path.join(process.cwd(), '../nope')", [])
  finds("path.join(process.cwd(), '..', name)", ["path.join(process.cwd(), '..', name) > .."])
  finds("path.join(process.cwd(), '../app/x.txt')", [])
})

describe('what is read as text or bytes', () => {
  function reads(text: string, expected: readonly string[]): void {
    it(text, (test) => {
      const root = temporaryProject(test, PROJECT)
      assert.deepEqual(
        findOwnFiles(join(root, 'lib/m.ts'), text, root).data.map((path) => path.slice(root.length + 1)),
        expected,
      )
    })
  }

  reads("fs.readFileSync(path.join(process.cwd(), 'public/script.js'), 'utf8')", ['public/script.js'])
  reads("readFile('public/script.js')", ['public/script.js'])
  reads("createReadStream(path.join(__dirname, '../public/script.js'))", ['public/script.js'])
  reads("const file = path.resolve(process.cwd(), 'public/script.js')\nreadFileSync(file)", ['public/script.js'])
  reads("readFileSync(new URL('../public/script.js', import.meta.url))", ['public/script.js'])
  reads("fs.readdirSync(path.join(process.cwd(), 'public'))", ['public'])
  reads("fs.promises.opendir('public')", ['public'])
  reads("new Worker(path.join(process.cwd(), 'public/script.js'))", [])
  reads("new Worker(new URL('../public/script.js', import.meta.url))", [])
  reads("createRequire(import.meta.url)('../public/script.js')", [])
  reads("readFileSync(path.join(process.cwd(), 'public', name))", [])
  reads("existsSync('public/script.js')", [])
  reads("readFileSync('nope.js')", [])
})
