import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CompileResult } from '@/lib/compile/plan'
import { createServerCompiler, type ServerCompiler } from '@/lib/compile/server'

let compiler: ServerCompiler
beforeAll(async () => {
  compiler = await createServerCompiler({ size: 2, timeoutMs: 10_000 })
})
afterAll(() => compiler.close())

const solution = (source: string) => compiler.compile({ name: 'solution.ts', source, kind: 'solution' })
const test = (source: string) => compiler.compile({ name: 'own.test.ts', source, kind: 'test' })
const problemsOf = (result: CompileResult) => (result.ok ? [] : result.problems)

/** Runs compiled code as the sandbox does. */
function evaluate(result: CompileResult): Record<string, unknown> {
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  const module = { exports: {} }
  const refuse = () => {
    throw new Error('no imports')
  }
  new Function('require', 'module', 'exports', result.code)(refuse, module, module.exports)
  return module.exports
}

describe('compiling on the server', () => {
  it('turns TypeScript into CommonJS that keeps its exports and their names', async () => {
    const out = evaluate(await solution('export class Box<T> { constructor(readonly value: T) {} }\nexport default 7'))
    expect(out).toMatchObject({ __esModule: true, default: 7, Box: expect.any(Function) })
    expect((out.Box as { name: string }).name).toBe('Box')
  })

  it('makes code strict even when it neither imports nor exports', async () => {
    const result = await solution('const self = (function (this: unknown) { return this })()\nif (self) throw 1')
    expect(() => evaluate(result)).not.toThrow()
  })

  it('names line and column of a syntax error, counting as editors do', async () => {
    expect(problemsOf(await solution('const a = 1\nlet é = "漢𝒳" + ;'))).toEqual([
      { message: 'Unexpected ";"', line: 2, column: 16 },
    ])
  })

  it('explains await outside a function', async () => {
    expect(problemsOf(await solution('export const a = 1\nawait a'))).toEqual([
      expect.objectContaining({ code: 'top-level-await', line: 2, column: 0 }),
    ])
  })

  it.each([
    ['a Node module', "import fs from 'fs'\nexport const a = fs", 1, 0],
    ['a module for its effect', "export {}\nimport './other'", 2, 0],
    ['a file as text', "import x from '/etc/hostname' with { type: 'text' }\nexport { x }", 1, 0],
    ['a re-export', "export const a = 1\nexport * from 'node:os'", 2, 0],
    ['a literal dynamic import', "export const f = () => import('./hidden.test.js')", 1, 23],
    ['the solution by a test of another name', "import { a } from '../solution'\nexport { a }", 1, 0],
  ])('refuses %s at its place', async (_name, source, line, column) => {
    expect(problemsOf(await solution(source))).toEqual([
      expect.objectContaining({ code: 'import-not-allowed', line, column }),
    ])
  })

  it('lets tests import the solution and the test API, and nothing else', async () => {
    const api = "import { it } from 'vitest'\nimport { random } from 'handroll'\nimport { a } from './solution'\n"
    expect(await test(`${api}it('', () => { random(); a })`)).toMatchObject({ ok: true })
    expect(problemsOf(await test(`${api}import os from 'node:os'\nit('', () => os)`))).toEqual([
      expect.objectContaining({ code: 'import-not-allowed', line: 4 }),
    ])
  })

  it('does not take the word require inside a string for an import', async () => {
    expect(evaluate(await solution('export const text = `require("fs")`'))).toMatchObject({ text: 'require("fs")' })
  })

  it('leaves a computed import to the runtime, which refuses it', async () => {
    const out = evaluate(await solution('export const load = (name: string) => import(name)'))
    await expect((out.load as (name: string) => Promise<unknown>)('fs')).rejects.toThrow('no imports')
  })

  it('reads no file that a source map comment or a reference names', async () => {
    const source = '/// <reference path="/etc/passwd" />\nexport const a = 1\n//# sourceMappingURL=/etc/passwd'
    const result = await solution(source)
    expect(result).toMatchObject({ ok: true })
    expect(JSON.stringify(result)).not.toContain('root:')
  })

  it('refuses a source over 64 KiB by its bytes, before compiling it', async () => {
    expect(problemsOf(await solution(`// ${'漢'.repeat(22_000)}`))).toEqual([
      expect.objectContaining({ code: 'too-large' }),
    ])
  })

  it('loses only the source that kills the compiler', async () => {
    const bomb = test('('.repeat(260_000))
    const others = await Promise.all(Array.from({ length: 12 }, (_, n) => solution(`export const n = ${n}`)))
    expect(others.map((result) => evaluate(result).n)).toEqual(Array.from({ length: 12 }, (_, n) => n))
    expect(problemsOf(await bomb)).toEqual([expect.objectContaining({ code: 'too-complex' })])
    expect(evaluate(await solution('export const after = true'))).toMatchObject({ after: true })
  })

  it('stops a source that takes too long and compiles the next one', async () => {
    const hasty = await createServerCompiler({ size: 1, timeoutMs: 1 })
    try {
      const slow = `export const x = ${'['.repeat(15_000)}${']'.repeat(15_000)}`
      expect(problemsOf(await hasty.compile({ name: 'solution.ts', source: slow, kind: 'solution' }))).toEqual([
        expect.objectContaining({ code: 'too-complex' }),
      ])
    } finally {
      hasty.close()
    }
  })

  it('says so when a limit cannot be set, and compiles nothing', async () => {
    await expect(createServerCompiler({ size: 1, memoryMiB: 1 })).rejects.toThrow('did not start')
  })

  it('rejects what is still running when it is closed', async () => {
    const closing = await createServerCompiler({ size: 1 })
    const running = closing.compile({ name: 'solution.ts', source: 'export {}', kind: 'solution' })
    closing.close()
    await expect(running).rejects.toThrow()
  })
})
