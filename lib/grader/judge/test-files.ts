import { compileFunction } from 'node:vm'
import type { TestFile } from '@/lib/runtime/run-tests'
import type { CompiledTests } from './messages'

/** Globals that Node's own `Request` and `Response` need; a test file has an undefined variable in place of each. */
export const HIDDEN_GLOBALS = ['Buffer'] as const

/** Parsed test files that a judge keeps; a learner submits to the same exercise again and again. */
const KEPT = 200

const parsed = new Map<string, TestFile['load']>()

/** The test file of an exercise, parsed once. Each run evaluates it anew. */
export function testFile({ code, key }: CompiledTests): TestFile {
  const load = parsed.get(key) ?? parse(code)
  parsed.delete(key)
  parsed.set(key, load)
  const [oldest] = parsed.keys()
  if (parsed.size > KEPT && oldest !== undefined) parsed.delete(oldest)
  return { name: 'hidden.test.ts', load }
}

function parse(code: string): TestFile['load'] {
  const names = ['require', 'module', 'exports', ...HIDDEN_GLOBALS]
  return compileFunction(code, names, { filename: 'hidden.test.js' }) as TestFile['load']
}
