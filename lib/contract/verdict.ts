import { z } from 'zod'
import { Limits } from './exercise'

/** `error` is a fault of ours: never a pass, and never counted against the learner. */
export const VerdictKind = z.enum(['passed', 'failed', 'error'])
export type VerdictKind = z.infer<typeof VerdictKind>

/** Why a verdict is not simply a matter of tests; null when the tests alone decided. */
export const VerdictReason = z.enum([
  'compile-error',
  'runtime-error',
  'time-limit',
  'memory-limit',
  'output-limit',
  'protocol-error',
  'internal-error',
])
export type VerdictReason = z.infer<typeof VerdictReason>

export const TestState = z.enum(['passed', 'failed', 'skipped'])
export type TestState = z.infer<typeof TestState>

/** One hidden test as a learner may see it: the rule's name and whether it held, nothing of its values. */
export const TestResult = z.strictObject({
  name: z.string(),
  group: z.string(),
  state: TestState,
  durationMs: z.number().min(0),
})
export type TestResult = z.infer<typeof TestResult>

export const GroupResult = z.strictObject({
  title: z.string(),
  points: z.number().int(),
  earned: z.number().int(),
  passed: z.number().int(),
  total: z.number().int(),
})
export type GroupResult = z.infer<typeof GroupResult>

/** Problems that the site words itself, in each language; any other text is the compiler's own. */
export const SourceProblemCode = z.enum([
  'top-level-await', 'import-not-allowed', 'too-large', 'too-complex',
  'missing-export', 'ended-early', 'uncaught-error', 'setup-failed',
])
export type SourceProblemCode = z.infer<typeof SourceProblemCode>

/** A place in the learner's own source, 1-based line and 0-based column. */
export const SourceProblem = z.strictObject({
  message: z.string(),
  /** Set where the site has its own wording; `message` is then the English one. */
  code: SourceProblemCode.optional(),
  /** What a problem with a code is about: the name of the export that is missing. */
  subject: z.string().optional(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
})
export type SourceProblem = z.infer<typeof SourceProblem>

/** Where the time of a verdict went, milliseconds; what waits in the queue and the database come on top. */
export const GradingPhases = z.strictObject({
  /** Until the source was compiled, and its hidden tests were at hand. */
  compileMs: z.number().min(0),
  /** Until a guest had been found and answered. */
  startMs: z.number().min(0),
  /** Loading the solution and running the tests. */
  testsMs: z.number().min(0),
  /** Until the guest was gone. */
  endMs: z.number().min(0),
})
export type GradingPhases = z.infer<typeof GradingPhases>

/** The outcome of grading one source against one version of one exercise. */
export const Verdict = z.strictObject({
  verdict: VerdictKind,
  reason: VerdictReason.nullable(),
  score: z.number().int().min(0),
  maxScore: z.number().int().min(0),
  groups: z.array(GroupResult),
  tests: z.array(TestResult),
  /** The learner's own compile or load error, with places in the learner's own file; never anything of the tests. */
  problem: SourceProblem.nullable(),
  /** File name in wrong/ whose failing tests are exactly these, or null. */
  misconception: z.string().nullable(),
  exerciseVersion: z.string(),
  runtimeVersion: z.string(),
  limits: Limits,
  seed: z.number().int(),
  stats: z.strictObject({
    wallMs: z.number(),
    guestPeakRssKb: z.number().int().nullable(),
    /** Absent where nothing was run. */
    phases: GradingPhases.optional(),
  }),
})
export type Verdict = z.infer<typeof Verdict>

/** Why the titles of rules are not told: a problem set says so, until its due time (inclusive), or for good (null). */
export const RulesHidden = z.strictObject({
  why: z.enum(['after-due', 'never']),
  until: z.iso.datetime().nullable(),
})
export type RulesHidden = z.infer<typeof RulesHidden>

/**
 * What a learner sees of a verdict: not which wrong solution it resembles, nor what the next inputs might follow from.
 * Times and sizes are coarse, and there are none of single tests: a solution could tell by them what it was asked.
 */
export const VerdictView = Verdict.omit({ misconception: true, seed: true }).extend({
  /** Empty while `rulesHidden` says why; the groups are told all the same. */
  tests: z.array(TestResult.omit({ durationMs: true })),
  rulesHidden: RulesHidden.nullable(),
  stats: z.strictObject({ wallMs: z.number(), guestPeakRssKb: z.number().int().nullable() }),
})
export type VerdictView = z.infer<typeof VerdictView>

const COARSE_MS = 100
const COARSE_KB = 8 * 1024

/**
 * A verdict as its learner may see it.
 * @param rulesHidden null for rules with their titles
 */
export function verdictView(verdict: Verdict, rulesHidden: RulesHidden | null): VerdictView {
  const { misconception: _file, seed: _seed, tests, stats, ...rest } = verdict
  const { wallMs, guestPeakRssKb } = stats
  return {
    ...rest,
    tests: rulesHidden ? [] : tests.map(({ durationMs: _duration, ...test }) => test),
    rulesHidden,
    stats: {
      wallMs: Math.ceil(wallMs / COARSE_MS) * COARSE_MS,
      guestPeakRssKb: guestPeakRssKb === null ? null : Math.ceil(guestPeakRssKb / COARSE_KB) * COARSE_KB,
    },
  }
}
