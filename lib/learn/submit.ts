import type { Exercise } from '@/lib/content/catalogue'
import type { SubmissionView, SubmitBody } from '@/lib/contract/submission'
import type { Queries } from '@/lib/db/client'
import { isMissingReference } from '@/lib/db/errors'
import { addGradeJob } from '@/lib/db/queue'
import { createSubmission } from '@/lib/db/submissions'
import { keepVersion } from '@/lib/db/versions'
import { inTransaction } from './database'
import { getExercise } from './exercise-lookup'

import { assertStorable } from './source-size'
import { viewSubmission } from './submission-view'
import { toVersion } from './versions'

/**
 * Takes a solution for grading: stores it and queues it, both or neither.
 * @throws ProblemError `source-too-large`, `bad-request` or `not-found` before anything is stored
 */
export async function submit(userId: string, { exercise: slug, source }: SubmitBody): Promise<SubmissionView> {
  assertStorable(source, 'source')
  return storeAndQueue(userId, await getExercise(slug), source)
}

/** Versions that this process has seen in the database; most submissions need not write theirs again. */
const knownVersions = new Set<string>()

async function storeAndQueue(userId: string, exercise: Exercise, source: string): Promise<SubmissionView> {
  const submission = { userId, exercise: exercise.slug, versionHash: exercise.version, source }
  const store = async (db: Queries): Promise<SubmissionView> => {
    if (!knownVersions.has(exercise.version)) await keepVersion(db, toVersion(exercise))
    const created = await createSubmission(db, submission)
    await addGradeJob(db, created.id)
    // A new submission has no verdict, so it reads the same in every language.
    return viewSubmission(db, created, 'en')
  }
  try {
    const view = await inTransaction(store)
    knownVersions.add(exercise.version)
    return view
  } catch (error) {
    // The database was replaced while this process remembered the version.
    if (!isMissingReference(error) || !knownVersions.delete(exercise.version)) throw error
    return inTransaction(store)
  }
}
