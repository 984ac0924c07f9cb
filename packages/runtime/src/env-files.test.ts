// What @next/env makes of the same files is what is expected, but where it says otherwise.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import nextEnv from '@next/env'
import fc from 'fast-check'
import { EnvError } from './env.ts'
import { loadEnvFiles } from './env-files.ts'

type Values = Record<string, string>

const root = mkdtempSync(path.join(tmpdir(), 'apiroutes-env-'))
after(() => rmSync(root, { recursive: true }))

let folders = 0
function folderOf(files: Values): string {
  const folder = path.join(root, String(folders++))
  mkdirSync(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
  return folder
}

/** What is in the environment after Next.js has read the files of a folder, and which it read; or why it gave up on one. */
function nextLoads(folder: string, real: Values): { env: Values; files: string[] } | { error: string } {
  const before = process.env
  const known = Object.keys(nextEnv.initialEnv ?? {})
  let error: string | undefined
  try {
    process.env = { ...real }
    nextEnv.updateInitialEnv({ ...Object.fromEntries(known.map((name) => [name, undefined])), ...real })
    const log = { info: () => {}, error: (message: string, reason: Error) => (error = `${message}: ${reason.message}`) }
    const { loadedEnvFiles } = nextEnv.loadEnvConfig(folder, false, log, true)
    const { __NEXT_PROCESSED_ENV: _, ...env } = process.env as Values
    return error === undefined ? { env, files: loadedEnvFiles.map((file) => file.path) } : { error }
  } finally {
    process.env = before
  }
}

function weLoad(folder: string, real: Values): { env: Values; files: string[] } {
  const env = { ...real }
  const files = loadEnvFiles([folder], env)
  return { env, files: files.map((file) => path.relative(folder, file)) }
}

describe('loadEnvFiles, as @next/env', () => {
  function agrees(files: string | Values, real: Values = {}) {
    it(JSON.stringify(files) + (Object.keys(real).length > 0 ? ` with ${JSON.stringify(real)}` : ''), () => {
      const folder = folderOf(typeof files === 'string' ? { '.env': files } : files)
      assert.deepEqual(weLoad(folder, real), nextLoads(folder, real))
    })
  }

  describe('values', () => {
    for (const quote of ['', "'", '"', '`']) {
      for (const text of [
        'x',
        '',
        ' x y ',
        'a#b',
        'a #b',
        '#',
        'a\nb',
        'a\r\nb',
        'a\rb',
        'a\\nb',
        'a\\rb',
        '\\\\n',
        'it\\\'s "so" `far`',
        "it's",
        '"',
        '$B',
        '\\$B',
        'é\u2028"y"',
      ]) {
        agrees(`A=${quote}${text}${quote}\nB=2`)
        agrees(`A=${quote}${text}${quote} # c\nB=2`)
      }
    }
    agrees('A=`x')
    agrees('A="x')
    agrees('A="x"y')
    agrees('A=x"y"')
    agrees('A="x" \'y\'')
    agrees('A="x" "y"')
    agrees('A="x"#c')
    agrees('A="it\\"s" # "c"')
    agrees('A="x\\"')
    agrees('A=\n"x"')
    agrees('A:\n"x"')
    agrees("A='\nB=2\n'\nC=3")
    agrees("A='\nB=2\nC=3")
    agrees('A=x#c')
    agrees('A=# c')
    agrees('A= # c')
    agrees('A==x')
    agrees('A=x=y')
    agrees('A=-----BEGIN KEY-----\nabc\n-----END KEY-----')
    agrees('A="-----BEGIN KEY-----\nabc==\n-----END KEY-----\n"')
    agrees(`A=${'x'.repeat(100_000)}`)
  })

  describe('lines', () => {
    agrees('')
    agrees('\n\n')
    agrees('no assignment\nA=1')
    agrees('A\nB=1')
    agrees('=1\nB=1')
    agrees('#A=1\n # B=1\nC=1')
    agrees('\ufeffA=1\nB=2')
    agrees('A=1\r\nB=2\r\n')
    agrees('A=1\rB=2')
    agrees('A=1\u2028B=2')
    agrees('A=')
    agrees('A=\nB=2')
    agrees('A= \n\n B=2')
    agrees('  A  =  x y  \n\tB\t=\t2\t')
    agrees('export A=1\nexport  B = 2\n export\tC=3')
    agrees('exportA=1\nexport=2\nexport =3')
    agrees('export\nA=1')
    agrees('A: 1\nB:2\nC : 3\nD:  4\nE:\tx')
    agrees('a.b-c=1\n-=2\n.=3\n1=4\nAÄ=5\nÄ=6\nA B=7\nA/B=8')
    agrees('A=1\nB=$A\nA=2')
  })

  describe('expansion', () => {
    agrees('A=1\nB=$A\nC=${A}\nD=x${A}y$A\nE=$A$A')
    agrees('B=$A\nA=1')
    agrees('A=1\nAB=2\nC=$AB-$A\nD=${A}B\nE=$A.B')
    agrees('A=\nB=${A:-d}\nC=${Z:-d}\nD=${Z-d}\nE=${Z:-}\nF=${Z}\nG=$Z')
    agrees('A=1\nB=${Z:-$A}\nC=${Z:-${A}}\nD=${Z:-${Y:-x}}\nE=${A:-d}')
    agrees('B=${Z:-a b:c/d?e#f}\nC="${Z:-a b:c/d?e#f}"\nD=${Z:-\\}}')
    agrees('A=1\nB=\\$A\nC=\\\\$A\nD="\\$A $A"\nE=\\$A \\$A\nF=a\\$')
    agrees('A=1\nB=\'$A\'\nC=`$A`\nD="$A"')
    agrees('A=1\nB=$\nC=x$\nD=$A$\nE=$ A\nF=$$\nG=$$A\nH=$-\nI=${}\nJ=${A\nK=$A}\nL=$(A)')
    agrees('a.b=1\nB=$a.b\nC=${a.b}\nD=$a-b\n1=2\nE=$1')
    agrees("A=x$&y\nB=$A\nC=$'$A\nD=$`", { R: 'a$$b' })
    agrees('A=$B\nB=$C\nC=$D\nD=1')
    agrees('A=$R\nB=${R}x\nC=\\$R', { R: 'real' })
    agrees('R=file\nA=$R', { R: 'real' })
    agrees('A=$R\nR=file', { R: '' })
    agrees('R=file\nA=$R', { R: '' })
    agrees('A=$R', { R: 'pa$$word' })
    agrees('A=$R\nB=1', { R: 'x$B\\$B' })
    agrees('A=$A', { A: 'real' })
    agrees('A=$ENV\nNODE_ENV=test\nB=$NODE_ENV', { NODE_ENV: 'production' })
    agrees(Array.from({ length: 300 }, (_, i) => `K${i}=$K${i + 1}`).join('\n'))
  })

  describe('order', () => {
    const all = { '.env': 'A=1\nB=1\nC=1\nD=1', '.env.production': 'A=2\nB=2\nC=2', '.env.local': 'A=3\nB=3', '.env.production.local': 'A=4' }
    agrees(all)
    agrees(all, { A: 'real', D: '' })
    agrees({ ...all, '.env.test': 'A=5', '.env.test.local': 'B=5' }, { NODE_ENV: 'test' })
    agrees({ ...all, '.env.development': 'A=5', '.env.development.local': 'B=5' }, { NODE_ENV: 'development' })
    agrees({ '.env': 'A=1\nB=$A', '.env.local': 'A=2\nC=$B$A' })
    agrees({ '.env': 'B=$A\nC=1', '.env.production': 'A=$C\nD=$B', '.env.local': 'C=2' })
    agrees({ '.env': 'B=$A', '.env.production': 'A=other', '.env.local': 'A=a\\$b' })
    agrees({ '.env': 'A=1\nC=${A:-d}', '.env.local': 'A=' })
  })

  it('whatever the files are', () => {
    const key = fc.constantFrom('A', 'B', 'C', 'AB', 'a.b', 'a-b', '1', 'NODE_ENV', '__proto__')
    const space = fc.constantFrom('', '', ' ', '\t', '\u00a0', '\ufeff')
    const piece = fc.oneof(
      fc.constantFrom(
        'x',
        '1',
        ' ',
        '#',
        ' # c',
        '"',
        "'",
        '`',
        '\\',
        '\\"',
        "\\'",
        '\\n',
        '\\r',
        '\n',
        '\r\n',
        '\r',
        '\u2028',
        'é',
        '{',
        '}',
        ':',
        '=',
        'export ',
      ),
      fc.constantFrom('$', '\\$', '$A', '$B', '${A}', '${B}', '$AB', '${A:-d}', '${Z:-$B}', '${Z-d}', '${Z:-}', '$Z', '$&'),
    )
    const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''))
    const quote = fc.constantFrom('', '', '"', "'", '`')
    const line = fc
      .tuple(
        fc.constantFrom('', '', 'export ', '#'),
        space,
        key,
        fc.constantFrom('=', '=', ' = ', ': ', ':'),
        space,
        quote,
        text,
        space,
        fc.constantFrom('\n', '\n', '\r\n', ' # c\n'),
      )
      .map(([start, before, name, sign, between, mark, value, end, newline]) => start + before + name + sign + between + mark + value + mark + end + newline)
    const file = fc.array(fc.oneof({ arbitrary: line, weight: 4 }, { arbitrary: text, weight: 1 }), { maxLength: 5 }).map((lines) => lines.join(''))
    const files = fc.dictionary(fc.constantFrom('.env', '.env.local', '.env.production', '.env.production.local', '.env.test', '.env.test.local'), file)
    const real = fc.record({ A: fc.constantFrom('', 'r', '\\'), Z: fc.constantFrom('', 'real v'), NODE_ENV: fc.constant('test') }, { requiredKeys: [] })

    let [compared, circles] = [0, 0]
    fc.assert(
      fc.property(files, real, (texts, env) => {
        const folder = folderOf(texts)
        try {
          const ours = weLoad(folder, env)
          compared++
          assert.deepEqual(ours, nextLoads(folder, env))
        } catch (error) {
          // Next.js needs seconds to run out of stack over a circle that grows.
          if (!(error instanceof EnvError)) throw error
          circles++
        } finally {
          rmSync(folder, { recursive: true })
        }
      }),
      { numRuns: 3_000 }, // fewer, and chance alone makes it a tenth now and then
    )
    assert.ok(circles < compared / 10, `${circles} circles`)
  })
})

describe('loadEnvFiles, not as @next/env', () => {
  function gives(name: string, files: string | Values, real: Values, expected: Values) {
    it(name, () => {
      const folder = folderOf(typeof files === 'string' ? { '.env': files } : files)
      assert.deepEqual(weLoad(folder, real).env, { ...real, ...expected })
    })
  }

  gives('a real value with a dollar sign stays as it is', 'A=1\nB=2', { A: 'pa$B' }, { B: '2' })
  gives('also one that seems to refer to itself', 'A=1', { A: '$A' }, {})
  gives('names of Object.prototype are ordinary', { '.env': 'toString=2\nA=x$constructor', '.env.local': 'toString=1' }, {}, { A: 'x', toString: '1' })
  gives('__proto__ is dropped', '__proto__=1\nA=$__proto__', {}, { A: '' })

  function refuses(text: string, key: string) {
    it(`${JSON.stringify(text)} goes round in a circle, which takes all of the file from Next.js`, () => {
      const folder = folderOf({ '.env': text })
      const message = `${path.join(folder, '.env')}: ${key} refers to itself. Remove a reference, or write \\$ for a dollar sign.`
      const env = {}
      assert.throws(() => loadEnvFiles([folder], env), { name: 'EnvError', message })
      assert.deepEqual(env, {})
      assert.match(JSON.stringify(nextLoads(folder, {})), /call stack/)
    })
  }

  refuses('A=$A', 'A')
  refuses('Z=secret\nA=$A', 'A')
  refuses('Z=1\nA=$B\nB=${C}\nC=$A', 'A')
  refuses('A=${A}', 'A')
})

describe('loadEnvFiles, folders', () => {
  it('takes each file from the first folder that has it', () => {
    const [first, second] = [folderOf({ '.env': 'A=1\nB=1' }), folderOf({ '.env': 'A=2\nC=2', '.env.local': 'B=2' })]
    const env = {}
    assert.deepEqual(loadEnvFiles([first, second, first], env), [path.join(second, '.env.local'), path.join(first, '.env')])
    assert.deepEqual(env, { A: '1', B: '2' })
  })

  it('reads a folder once that is given twice', () => {
    const folder = folderOf({ '.env': 'A=1' })
    assert.deepEqual(loadEnvFiles([folder, `${folder}/`], {}), [path.join(folder, '.env')])
  })

  it('skips what is no file', () => {
    const folder = folderOf({})
    mkdirSync(path.join(folder, '.env'))
    const other = folderOf({ '.env': 'A=1' })
    assert.deepEqual(loadEnvFiles([path.join(folder, 'none'), folder, other], {}), [path.join(other, '.env')])
  })

  it('reads a named pipe', (t) => {
    const folder = folderOf({})
    const pipe = path.join(folder, '.env')
    execFileSync('mkfifo', [pipe])
    const writer = spawn('sh', ['-c', 'echo A=1 > "$0"', pipe])
    t.after(() => writer.kill())
    assert.deepEqual(weLoad(folder, {}).env, { A: '1' })
  })

  it('adds to the real process.env', (t) => {
    t.after(() => delete process.env.APIROUTES_ENV_FILES_TEST)
    loadEnvFiles([folderOf({ '.env': 'APIROUTES_ENV_FILES_TEST=1\nPATH=2' })], process.env)
    assert.equal(process.env.APIROUTES_ENV_FILES_TEST, '1')
    assert.notEqual(process.env.PATH, '2')
  })

  it('says which file it may not read', (t) => {
    const folder = folderOf({ '.env': 'A=secret' })
    const file = path.join(folder, '.env')
    chmodSync(root, 0o755)
    chmodSync(file, 0)
    if (process.getuid?.() === 0) {
      t.after(() => process.seteuid?.(0))
      process.seteuid?.(65_534)
    }
    const message = `cannot read ${file}: EACCES: permission denied, open '${file}'. Let the server read it, or remove it.`
    assert.throws(() => loadEnvFiles([folder], {}), { name: 'EnvError', message })
  })

  it('says which file cannot be looked for', () => {
    const folder = path.join(root, 'x'.repeat(300))
    const message = `cannot read ${path.join(folder, '.env.production.local')}: ENAMETOOLONG: `
    assert.throws(
      () => loadEnvFiles([folder], {}),
      (error: Error) => error instanceof EnvError && error.message.startsWith(message),
    )
  })
})
