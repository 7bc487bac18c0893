import { createHash } from 'node:crypto'
import type { ServerCompiler } from '@/lib/compile/server'
import { BrokenExercise } from '../exercise'
import type { CompiledTests, ListedTest } from '../judge/messages'
import type { JudgePool } from './judge-pool'

/** Hidden tests, ready to be run. */
export interface HiddenTests extends CompiledTests {
  /** Every test of the file, in its order, as listed without any solution. */
  listed: readonly ListedTest[]
}

/** Files that are kept ready. */
const KEPT = 500

/**
 * Compiles hidden tests and lists them, once for each content.
 * @throws BrokenExercise that tells the author what is wrong with them
 */
export class HiddenTestsCache {
  readonly #compiler: ServerCompiler
  readonly #judges: JudgePool
  readonly #known = new Map<string, Promise<HiddenTests>>()

  constructor(compiler: ServerCompiler, judges: JudgePool) {
    this.#compiler = compiler
    this.#judges = judges
  }

  get(source: string): Promise<HiddenTests> {
    const key = createHash('sha256').update(source).digest('hex')
    const tests = this.#known.get(key) ?? this.#prepare(key, source)
    this.#known.delete(key)
    this.#known.set(key, tests)
    tests.catch(() => this.#known.delete(key))
    const [oldest] = this.#known.keys()
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest)
    return tests
  }

  async #prepare(key: string, source: string): Promise<HiddenTests> {
    const compiled = await this.#compiler.compile({ name: 'hidden.test.ts', source, kind: 'test' })
    if (!compiled.ok) {
      const places = compiled.problems.map(({ line, message }) => (line === null ? message : `line ${line}: ${message}`))
      throw new BrokenExercise(`The hidden tests do not compile: ${places.join('; ')}`)
    }
    const tests = { code: compiled.code, key }
    const listed = await this.#judges.with(async (judge) => ({ result: await judge.list(tests), reusable: true }))
    if (!listed.some(({ skipped }) => !skipped)) throw new BrokenExercise('The hidden tests contain no test that is run.')
    return { ...tests, listed }
  }
}
