import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { Verdict } from '@/lib/contract/verdict'
import { ROOT, writeWhole } from '@/lib/programs/kept-bundles'
import type { GradableExercise, GradingTask } from './exercise'

const CACHE = path.join(ROOT, '.handroll/cache/misconceptions')

/** Exercise versions that are kept in memory. */
const KEPT = 2_000

/** Inputs vary by seed; the sets of tests that fail must not, which the check of the exercises proves. */
const STUDY_SEED = 1

/** File in wrong/ to the tests that it fails, each by its group and name. */
const FailingTests = z.record(z.string(), z.array(z.string()))
type FailingTests = z.infer<typeof FailingTests>

const Stored = z.strictObject({ runtimeVersion: z.string(), failing: FailingTests })

/**
 * Knows which tests each wrong solution of an exercise fails. A learner whose failing tests are exactly those has
 * probably made the same mistake.
 */
export class Misconceptions {
  readonly #runtimeVersion: string
  readonly #grade: ((task: GradingTask) => Promise<Verdict>) | null
  readonly #known = new Map<string, FailingTests | 'being studied'>()

  /** @param grade grades while nobody waits; null to use only what is stored */
  constructor(runtimeVersion: string, grade: ((task: GradingTask) => Promise<Verdict>) | null) {
    this.#runtimeVersion = runtimeVersion
    this.#grade = grade
  }

  /** The wrong solution that fails exactly the tests of this verdict; null while that is not known. */
  nameOf({ version }: GradableExercise, verdict: Verdict): string | null {
    const known = this.#known.get(version)
    if (verdict.verdict !== 'failed' || verdict.reason === 'compile-error') return null
    if (known === undefined || known === 'being studied') return null
    const failing = failingTests(verdict).join('\n')
    return Object.keys(known).find((file) => known[file]?.join('\n') === failing) ?? null
  }

  /** Finds out what is not known yet. Returns at once. */
  study(exercise: GradableExercise): void {
    const { version, misconceptions } = exercise
    if (this.#known.has(version) || misconceptions.length === 0) return
    const stored = this.#read(version)
    if (stored) return this.#keep(version, stored)
    if (!this.#grade) return
    this.#keep(version, 'being studied')
    // A failure is no loss: without the sets there are only no hints.
    this.#run(exercise, this.#grade).catch(() => this.#known.delete(version))
  }

  async #run(exercise: GradableExercise, grade: (task: GradingTask) => Promise<Verdict>): Promise<void> {
    const files = exercise.misconceptions.map(({ file }) => file)
    const sets: FailingTests = {}
    for (const file of files) {
      const source = exercise.wrong[file]
      if (source === undefined) continue
      const verdict = await grade({ exercise, source, seed: STUDY_SEED })
      if (verdict.verdict === 'error') throw new Error(`wrong/${file} could not be graded`)
      if (verdict.verdict === 'failed') sets[file] = failingTests(verdict)
    }
    this.#keep(exercise.version, sets)
    this.#write(exercise.version, sets)
  }

  #keep(version: string, sets: FailingTests | 'being studied'): void {
    this.#known.set(version, sets)
    const [oldest] = this.#known.keys()
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest)
  }

  #read(version: string): FailingTests | null {
    try {
      const stored = Stored.parse(JSON.parse(readFileSync(fileOf(version), 'utf8')))
      return stored.runtimeVersion === this.#runtimeVersion ? stored.failing : null
    } catch {
      return null
    }
  }

  /** A folder that cannot be written costs the same work again, and nothing else. */
  #write(version: string, failing: FailingTests): void {
    try {
      mkdirSync(CACHE, { recursive: true })
      const stored: z.infer<typeof Stored> = { runtimeVersion: this.#runtimeVersion, failing }
      writeWhole(fileOf(version), JSON.stringify(stored))
    } catch {
      // See above.
    }
  }
}

function fileOf(version: string): string {
  return path.join(CACHE, `${version.replace(/[^\w.-]/g, '_')}.json`)
}

function failingTests({ tests }: Verdict): string[] {
  return tests.filter(({ state }) => state === 'failed').map(({ group, name }) => `${group} > ${name}`).sort()
}
