import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { EXTRA_LIBS } from '@/lib/editor/typescript'

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts'],
  types: [],
  strict: true,
  noEmit: true,
  isolatedModules: true,
  noFallthroughCasesInSwitch: true,
  noImplicitOverride: true,
}

/** The language's declarations, parsed once for all programs. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** What the editor would underline in these files, beside the declarations that it adds. */
function check(files: Record<string, string>): string[] {
  const texts = new Map([
    ...Object.entries(files).map(([name, text]) => [`/${name}`, text] as const),
    ...EXTRA_LIBS.map((lib) => [new URL(lib.filePath).pathname, lib.content] as const),
  ])
  const host = ts.createCompilerHost(OPTIONS)
  const fromDisk = host.getSourceFile.bind(host)
  host.getSourceFile = (name, version) => {
    const text = texts.get(name)
    if (text !== undefined) return ts.createSourceFile(name, text, version)
    if (!parsed.has(name)) parsed.set(name, fromDisk(name, version))
    return parsed.get(name)
  }
  host.directoryExists = undefined
  // Of the disk, only the language's own declarations.
  const isLanguage = (name: string) => /\/lib\.[\w.]+\.d\.ts$/.test(name)
  host.fileExists = (name) => texts.has(name) || (isLanguage(name) && ts.sys.fileExists(name))
  host.readFile = (name) => texts.get(name) ?? (isLanguage(name) ? ts.sys.readFile(name) : undefined)
  const program = ts.createProgram([...texts.keys()], OPTIONS, host)
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const place = file ? `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1} ` : ''
    return place + ts.flattenDiagnosticMessageText(messageText, ' ')
  })
}

const ROOT = path.resolve(import.meta.dirname, '../../exercises')
const exercises = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => path.basename(name) === 'visible.test.ts')
  .map((name) => path.dirname(name))

describe('the types that the editor knows', () => {
  it('are free of errors themselves', () => {
    expect(check({ 'solution.ts': 'export {}' })).toEqual([])
  })

  it('accept the starter, the solution and the visible tests of every exercise', () => {
    expect(exercises.length).toBeGreaterThan(7)
    const files: Record<string, string> = {}
    for (const exercise of exercises) {
      const read = (name: string) => readFileSync(path.join(ROOT, exercise, name), 'utf8')
      for (const solution of ['starter.ts', 'solution.ts']) {
        files[`${exercise}/${solution}/solution.ts`] = read(solution)
        files[`${exercise}/${solution}/visible.test.ts`] = read('visible.test.ts')
      }
    }
    expect(check(files)).toEqual([])
  })

  it.each([
    ['the DOM', 'document.title'],
    ['the network', 'fetch("/")'],
    ['Node', 'process.env'],
    ['what is not in the language', 'nonsense()'],
  ])('do not know %s', (_name, expression) => {
    const found = check({ 'solution.ts': `export const a = ${expression}` })
    expect(found).toEqual([expect.stringContaining('solution.ts:1')])
  })

  it('carry the solution into the tests', () => {
    const files = {
      'solution.ts': 'export const half = (n: number): number => n / 2',
      'own.test.ts': `import { expect, it } from 'vitest'
        import { half } from './solution'
        it('x', () => expect(half('4')).toBe(2))`,
    }
    expect(check(files)).toEqual([expect.stringContaining('own.test.ts:3')])
  })
})
