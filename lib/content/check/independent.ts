import path from 'node:path'
import type { Difficulty } from '@/lib/contract/exercise'
import type { ContentProblem } from '../problem'
import { readFolder } from '../read-folder'
import { passed, reasonFor, type RunResult } from './run'
import { problemIn, type Subject } from './subject'

/*
 * An independent solution is a second one, written from the prompt alone and by other hands than the reference. Where it
 * fails a test, the test asks for something that the prompt does not say.
 */

/** An easy exercise leaves too little room for a second solution to differ from the first. */
const NEEDS_ONE: ReadonlySet<Difficulty> = new Set(['medium', 'hard', 'expert'])

const FILE = /^([^/]+)\.ts$/

/** Reads a folder of independent solutions: source by exercise slug, from `<slug>.ts`. Other files mean nothing. */
export async function readIndependent(folder: string): Promise<Map<string, string>> {
  const files = await readFolder(folder)
  return new Map(
    [...files].flatMap(([file, source]) => {
      const slug = FILE.exec(file)?.[1]
      return slug === undefined ? [] : [[slug, source] as const]
    }),
  )
}

/** Exercises that ought to have an independent solution and have none. */
export function checkIndependentThere(subjects: readonly Subject[], folder: string): ContentProblem[] {
  const without = subjects.filter(({ exercise, independent }) => {
    return independent === null && NEEDS_ONE.has(exercise.manifest.difficulty)
  })
  return without.map((subject) => {
    const file = path.join(folder, `${subject.exercise.slug}.ts`)
    const article = subject.exercise.manifest.difficulty === 'expert' ? 'an' : 'a'
    const what = `${article} ${subject.exercise.manifest.difficulty} exercise needs a second solution`
    return problemIn(subject, 'prompt.en.md', 'independent-missing', `${what}, written from the prompt alone: ${file}`)
  })
}

/** Solutions whose exercise is gone or has another name. `slugs` are those of all folders, broken exercises too. */
export function checkIndependentNames(
  independent: ReadonlyMap<string, string>,
  slugs: ReadonlySet<string>,
  folder: string,
): ContentProblem[] {
  const stray = [...independent.keys()].filter((slug) => !slugs.has(slug))
  return stray.map((slug) => {
    const message = `${path.join(folder, `${slug}.ts`)} solves no exercise: none has the name ${slug}`
    return { file: '.', rule: 'independent-stray', message }
  })
}

/** The results of an exercise's independent solution: every test passes, whatever the seed. */
export function judgeIndependent(subject: Subject, results: readonly RunResult[]): ContentProblem[] {
  return results
    .filter((result) => !passed(result))
    .map((result) => {
      const { host, run } = result
      const message = `the independent solution fails it in ${host} with seed ${run.seed}: ${reasonFor(result)}`
      return problemIn(subject, `${run.tests}.test.ts`, 'independent', message)
    })
}
