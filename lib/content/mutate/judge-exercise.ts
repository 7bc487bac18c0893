import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { ExerciseFiles } from '../catalogue'
import { instrument } from './instrument'
import { JudgedMutant, type MutantState } from './mutant'
import { runMutants } from './run-mutants'

export interface JudgeOptions {
  /** Folder that keeps results. */
  cacheDir: string
  /** Whether mutants are not tried again where neither reference nor tests have changed. */
  useCache: boolean
  /** Changes with whatever may change a result besides the exercise. */
  toolVersion: string
  onProgress: (done: number, total: number) => void
}

/** Tries every mutant of a reference against the hidden tests; in the order of their places. */
export async function judgeExercise(
  { solution, hiddenTests }: Pick<ExerciseFiles, 'solution' | 'hiddenTests'>,
  { cacheDir, useCache, toolVersion, onProgress }: JudgeOptions,
): Promise<JudgedMutant[]> {
  const key = createHash('sha256').update(JSON.stringify([toolVersion, solution, hiddenTests])).digest('hex')
  const file = path.join(cacheDir, `${key}.json`)
  const known = useCache ? await readResult(file) : null
  if (known !== null) return known

  const { code, mutants } = await instrument(solution)
  const states = new Map<string, MutantState>()
  await runMutants({ code, tests: hiddenTests, mutants: mutants.map(({ id }) => id) }, (id, state) => {
    states.set(id, state)
    onProgress(states.size, mutants.length)
  })
  const judged = mutants.map((mutant): JudgedMutant => ({ ...mutant, state: states.get(mutant.id) ?? 'uncovered' }))
  await mkdir(cacheDir, { recursive: true })
  await writeFile(file, JSON.stringify(judged))
  return judged
}

/** A result that was kept, or null when there is none that can be read. */
async function readResult(file: string): Promise<JudgedMutant[] | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  const parsed = z.array(JudgedMutant).safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : null
}
