import { afterAll, beforeAll, expect, it } from 'vitest'
import { createServerCompiler, type ServerCompiler } from '@/lib/compile/server'
import { descendantsOf } from './support/processes'

let compiler: ServerCompiler

beforeAll(async () => {
  compiler = await createServerCompiler({ size: 2, patienceMs: 1 })
})
afterAll(() => compiler.close())

const compile = (source: string) => compiler.compile({ name: 'solution.ts', source, kind: 'solution' })
/** Takes the compiler far longer than anything honest. */
const slow = `export const x = ${'('.repeat(20_000)}1${')'.repeat(20_000)}`

function processes(): number {
  return descendantsOf(process.pid).filter(({ command }) => command.includes('server-child.js')).length
}

it('needs one process for files that come one after the other', async () => {
  for (const source of ['export const a = 1', 'export const b = 2', 'export const c = 3']) await compile(source)
  expect(processes()).toBe(1)
})

it('starts one more when a file has to wait, and never more than it may', async () => {
  const results = await Promise.all([slow, slow, slow, slow, slow, slow, 'export const short = 1'].map(compile))
  expect(results.map(({ ok }) => ok)).not.toContain(false)
  expect(processes()).toBe(2)
})
