import { z } from 'zod'

/*
 * What a run of test files reports, in the browser and in the judge alike. The judge keeps the details of hidden
 * tests to itself; the browser shows all of it, since visible tests are no secret.
 */

/** A failed assertion or a thrown error, as plain text that is safe to show. */
export const TestError = z.strictObject({
  name: z.string(),
  message: z.string(),
  expected: z.string().nullable(),
  actual: z.string().nullable(),
  /** Unified line diff of expected and actual, or null when there is nothing to compare. */
  diff: z.string().nullable(),
  /** The engine's own stack text, not yet mapped to TypeScript sources. */
  stack: z.string().nullable(),
})
export type TestError = z.infer<typeof TestError>

export const RunTest = z.strictObject({
  file: z.string(),
  /** Titles of the enclosing describe blocks, outermost first. */
  suites: z.array(z.string()),
  name: z.string(),
  state: z.enum(['passed', 'failed', 'skipped']),
  durationMs: z.number(),
  errors: z.array(TestError),
})
export type RunTest = z.infer<typeof RunTest>

export const ConsoleLine = z.strictObject({
  level: z.enum(['log', 'info', 'warn', 'error', 'debug']),
  text: z.string(),
  /** Stack at the call, not yet mapped; null when there was none. */
  stack: z.string().nullable(),
  /** Full name of the test that was running, or null while loading. */
  test: z.string().nullable(),
})
export type ConsoleLine = z.infer<typeof ConsoleLine>

export const RunReport = z.strictObject({
  tests: z.array(RunTest),
  /** Errors outside any test: a file that failed to load, an unhandled rejection. */
  errors: z.array(TestError),
  durationMs: z.number(),
})
export type RunReport = z.infer<typeof RunReport>
