import { randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Verdict } from '@/lib/contract/verdict'
import { DEFAULT_LIMITS } from '@/lib/contract/exercise'
import type { Grader } from '..'
import { ungradedVerdict } from '../verdict/make-verdict'
import { readExerciseFolder } from './exercise-folder'

/** What is asked for on the command line, or on one line of standard input. */
export interface GradeRequest {
  /** Folder of the exercise. */
  exercise: string
  /** File of the solution, of any name. */
  solution: string
  seed?: number
}

/** Seeds are kept as signed 32-bit integers. */
const SEEDS = 2 ** 31

/** Grades what is asked for. What cannot be graded gets an `error` verdict that says why. */
export async function gradeRequest(grader: Grader, request: GradeRequest): Promise<Verdict> {
  try {
    const { exercise, isDescribed } = await readExerciseFolder(request.exercise)
    const source = await readSolution(request.solution)
    const { seed = randomInt(SEEDS) } = request
    // Tests that were not written for this site may rest on their order, unless a seed asks for another.
    return await grader.grade({ exercise, source, seed, shuffle: isDescribed || request.seed !== undefined })
  } catch (error) {
    return refusal(error instanceof Error ? error.message : String(error), grader.runtimeVersion)
  }
}

/** The `error` verdict on something that could not be graded at all, with the reason as its problem. */
export function refusal(message: string, runtimeVersion: string): Verdict {
  const nothing = { slug: '', version: '', hiddenTests: '', groups: {}, limits: DEFAULT_LIMITS }
  const verdict = ungradedVerdict({ exercise: nothing, source: '', seed: 0 }, runtimeVersion)
  return { ...verdict, problem: { message, line: null, column: null } }
}

async function readSolution(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new Error(`The solution ${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
