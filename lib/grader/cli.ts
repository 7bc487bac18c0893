import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { Verdict } from '@/lib/contract/verdict'
import { createGrader, type Grader } from '.'
import { gradeLines } from './cli/grade-lines'
import { gradeRequest, refusal, type GradeRequest } from './cli/grade-request'

/*
 * npm run --silent grade -- --exercise <folder> --solution <file.ts> [--seed <n>]
 * npm run --silent grade -- --stdin        one {"id", "exercise", "solution", "seed"?} a line
 *
 * Prints one JSON verdict for each solution, and nothing else, on standard output. Exit code: 0 when all passed, 1 when
 * one failed, 2 when one could not be graded. It grades just as a submission is graded; no database is needed.
 */

const EXIT_CODES = { passed: 0, failed: 1, error: 2 } as const

const USAGE = 'Say what to grade: --exercise <folder> --solution <file.ts> [--seed <integer>], or --stdin.'

function readArguments(): GradeRequest | 'stdin' | null {
  try {
    const { values } = parseArgs({
      options: {
        exercise: { type: 'string' },
        solution: { type: 'string' },
        seed: { type: 'string' },
        stdin: { type: 'boolean', default: false },
      },
    })
    const { exercise, solution, seed, stdin } = values
    const isNamed = exercise !== undefined || solution !== undefined || seed !== undefined
    if (stdin) return isNamed ? null : 'stdin'
    if (exercise === undefined || solution === undefined) return null
    if (seed !== undefined && !/^-?\d{1,10}$/.test(seed)) return null
    return { exercise, solution, seed: seed === undefined ? undefined : Number(seed) }
  } catch {
    return null
  }
}

/** npm runs scripts in the package's folder; paths are meant from where npm was called. */
function here(): string {
  const { npm_lifecycle_event: script, INIT_CWD: calledFrom } = process.env
  return (script === 'grade' && calledFrom) || process.cwd()
}

process.chdir(here())
// Whoever asked has gone. The sandbox host ends with this process.
process.stdout.on('error', () => process.exit(EXIT_CODES.error))

let exitCode = 0
const print = (verdict: Verdict): void => {
  exitCode = Math.max(exitCode, EXIT_CODES[verdict.verdict])
  process.stdout.write(`${JSON.stringify(verdict)}\n`)
}

async function run(): Promise<void> {
  const request = readArguments()
  if (request === null) {
    console.error(USAGE)
    return print(refusal(USAGE, 'none'))
  }
  let grader: Grader
  try {
    grader = await createGrader({ concurrency: request === 'stdin' ? availableParallelism() : 1 })
  } catch (error) {
    console.error((error as Error).message)
    return print(refusal((error as Error).message, 'none'))
  }
  try {
    if (request === 'stdin') await gradeLines(process.stdin, grader, print, 4 * availableParallelism())
    else print(await gradeRequest(grader, request))
  } finally {
    await grader.close()
  }
}

await run()
process.exitCode = exitCode
