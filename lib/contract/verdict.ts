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
export const SourceProblemCode = z.enum(['top-level-await', 'import-not-allowed', 'too-large', 'too-complex'])
export type SourceProblemCode = z.infer<typeof SourceProblemCode>

/** A place in the learner's own source, 1-based line and 0-based column. */
export const SourceProblem = z.strictObject({
  message: z.string(),
  /** Set where the site has its own wording; `message` is then the English one. */
  code: SourceProblemCode.optional(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
})
export type SourceProblem = z.infer<typeof SourceProblem>

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
  }),
})
export type Verdict = z.infer<typeof Verdict>

/** What a learner sees of a verdict: not which wrong solution it resembles, nor what the next inputs might follow from. */
export const VerdictView = Verdict.omit({ misconception: true, seed: true })
export type VerdictView = z.infer<typeof VerdictView>
