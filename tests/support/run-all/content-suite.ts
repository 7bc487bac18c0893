import path from 'node:path'
import { readFileSync, rmSync } from 'node:fs'
import { z } from 'zod'
import { RESULTS_DIR, runCommand } from './run-command'
import { failure, type SuiteResult } from './suite-result'

/** What prove-exercises.ts writes. */
export const ProvedExercises = z.object({
  exercises: z.array(z.string()),
  problems: z.array(z.object({ file: z.string(), rule: z.string(), message: z.string() })),
})

/** Each exercise takes some ten seconds of two cores. */
const PATIENCE_MINUTES = 60

/** Proves every exercise; each counts as one test, and so does each topic or file beside them that has a problem. */
export async function contentSuite(name: string): Promise<SuiteResult> {
  const output = path.join(RESULTS_DIR, `${name}.json`)
  rmSync(output, { force: true })
  const script = path.join(import.meta.dirname, 'prove-exercises.ts')
  const { tail, durationMs } = await runCommand(name, ['--import', 'tsx', script, output], PATIENCE_MINUTES)
  const proved = readProved(output)
  if (!proved) return failure(name, 'ended without a result', tail, durationMs)
  if (proved.exercises.length === 0) return failure(name, 'found no exercise', tail, durationMs)

  const place = (file: string): string => proved.exercises.find((exercise) => file.startsWith(`${exercise}/`)) ?? file
  const faulty = [...new Set(proved.problems.map(({ file }) => place(file)))]
  const failures = faulty.map((title) => {
    const own = proved.problems.filter(({ file }) => place(file) === title)
    return { title, details: own.map(({ file, rule, message }) => `${file} [${rule}] ${message}`).join('\n') }
  })
  const passed = proved.exercises.filter((exercise) => !faulty.includes(exercise)).length
  return { name, passed, failed: failures.length, skipped: 0, failures, durationMs }
}

function readProved(file: string): z.infer<typeof ProvedExercises> | null {
  try {
    return ProvedExercises.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}
