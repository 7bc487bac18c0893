/** What one suite came to. */
export interface SuiteResult {
  name: string
  passed: number
  failed: number
  skipped: number
  failures: Failure[]
  durationMs: number
}

export interface Failure {
  title: string
  /** Why, in some lines. */
  details: string
}

/** A suite with one failure: it could not run, ended without a result, or is a single check that does not hold. */
export function failure(name: string, title: string, details: string, durationMs = 0): SuiteResult {
  return { name, passed: 0, failed: 1, skipped: 0, failures: [{ title, details }], durationMs }
}
