import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { Exercise } from '@/lib/content/catalogue'
import { Verdict } from '@/lib/contract/verdict'
import { createGrader, type Grader } from '@/lib/grader'
import { catalogue } from '@/lib/learn/catalogue'
import { toGradable } from '@/lib/learn/gradable-exercise'
import { chooseExercises } from './choose-exercises'

const CACHE = path.resolve(import.meta.dirname, '../../.handroll/cache/seed')

/** Wrong solutions of one exercise that are used; each has to be graded once. */
const MOST_WRONG = 5

/** A source of an exercise with the verdict that the grader gave it. */
export interface GradedSource {
  source: string
  verdict: Verdict
}

export interface GradedExercise {
  exercise: Exercise
  /** Sources that do not pass, the worst first. */
  failing: GradedSource[]
  passing: GradedSource
}

/** Grades the sources of up to `most` exercises; those whose reference does not pass are told of and left out. */
export async function gradeExercises(most: number, onStep: (step: string) => void): Promise<GradedExercise[]> {
  const chosen = chooseExercises(await catalogue(), most)
  onStep(`verdicts on sources of ${chosen.length} exercises`)
  const grader = await createGrader()
  const graded: GradedExercise[] = []
  try {
    for (const exercise of chosen) {
      const known = await gradeSources(grader, exercise)
      if (known) graded.push(known)
      else onStep(`without ${exercise.slug}, whose reference solution does not pass here`)
    }
  } finally {
    await grader.close()
  }
  return graded
}

const Verdicts = z.record(z.string(), Verdict)

/**
 * Grades starter, reference and some wrong solutions of an exercise for real, so that what is stored is what students
 * would have been told. Verdicts are kept for the next time, as long as exercise and grader stay as they are.
 * @returns null when the reference does not pass, as may be on a machine that is too busy for its time limit
 */
async function gradeSources(grader: Grader, exercise: Exercise): Promise<GradedExercise | null> {
  const { files, manifest } = exercise
  const wrong = manifest.misconceptions.map(({ file }) => file).slice(0, MOST_WRONG)
  const sources: Record<string, string> = { 'starter.ts': files.starter, 'solution.ts': files.solution }
  for (const file of wrong) sources[`wrong/${file}`] = files.wrong[file]!
  const verdicts = await readOrGrade(grader, exercise, sources)
  const graded = Object.entries(sources).map(([file, source]) => ({ source, verdict: verdicts[file]! }))
  const passing = graded.find(({ verdict }) => verdict.verdict === 'passed')
  if (!passing) return null
  const failing = graded.filter(({ verdict }) => verdict.verdict === 'failed')
  return { exercise, passing, failing: failing.sort((a, b) => a.verdict.score - b.verdict.score) }
}

async function readOrGrade(
  grader: Grader, exercise: Exercise, sources: Record<string, string>,
): Promise<Record<string, Verdict>> {
  const file = path.join(CACHE, `${exercise.version}.json`.replace(/[^\w.-]/g, '_'))
  const known = readVerdicts(file)
  const isKnown = (name: string) => known[name]?.runtimeVersion === grader.runtimeVersion
  if (Object.keys(sources).every(isKnown)) return known
  const gradable = toGradable(exercise)
  const pairs = await Promise.all(Object.entries(sources).map(async ([name, source]) => {
    const verdict = await grader.grade({ exercise: gradable, source, seed: 1 })
    const mistake = name.startsWith('wrong/') && verdict.verdict === 'failed' ? path.basename(name) : null
    return [name, { ...verdict, misconception: mistake }] as const
  }))
  const verdicts = Object.fromEntries(pairs)
  if (verdicts['solution.ts']?.verdict === 'passed') {
    mkdirSync(CACHE, { recursive: true })
    writeFileSync(file, JSON.stringify(verdicts))
  }
  return verdicts
}

function readVerdicts(file: string): Record<string, Verdict> {
  try {
    return Verdicts.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}
