import type { Limits } from '@/lib/contract/exercise'

/** The parts of an exercise that its verdicts rest on. */
export interface TestedExercise {
  slug: string
  /** Hash of its files; verdicts name it. */
  version: string
  /** Source of hidden.test.ts. */
  hiddenTests: string
  /**
   * Titles of top-level `describe` blocks to their points. With none described, each such block is a group worth one
   * point, and so are the tests outside of all blocks together.
   */
  groups: Readonly<Record<string, { points: number }>>
  limits: Limits
  /** Names that the solution must export. */
  exports?: readonly string[]
}

/** The parts of an exercise that grading needs. */
export interface GradableExercise extends TestedExercise {
  /** File name in wrong/ to source. */
  wrong: Readonly<Record<string, string>>
  /** Those of the wrong solutions that a hint is written for. */
  misconceptions: readonly { file: string }[]
}

/** The exercise cannot be graded with: its hidden tests are not right. The message is for its author. */
export class BrokenExercise extends Error {
  override readonly name = 'BrokenExercise'
}

/** One source to be graded. */
export interface GradingTask {
  exercise: TestedExercise
  source: string
  /** Decides the tests' inputs and their order, so that a verdict can be repeated. */
  seed: number
  /** Whether the order of the tests follows the seed; otherwise they run as they are written. Default true. */
  shuffle?: boolean
}
