import type { Exercise } from '@/lib/content/catalogue'
import { ProblemError } from '@/lib/contract/problem'
import { catalogue } from './catalogue'

/** @throws ProblemError `not-found` when there is no such exercise */
export async function getExercise(slug: string): Promise<Exercise> {
  const exercise = (await catalogue()).findExercise(slug)
  if (!exercise) throw new ProblemError('not-found', `There is no exercise "${slug}".`)
  return exercise
}
