import { randomInt } from 'node:crypto'
import type { Exercise } from '@/lib/content/catalogue'
import { errorVerdict } from '@/lib/contract/error-verdict'
import type { Verdict } from '@/lib/contract/verdict'
import { notifyChange } from '@/lib/db/live'
import { findSubmission, markGrading, type Submission } from '@/lib/db/submissions'
import { keepVersion } from '@/lib/db/versions'
import { catalogue, reloadCatalogue } from './catalogue'
import { withDatabase } from './database'
import { toGradable, type GradableExercise } from './gradable-exercise'
import { recordVerdict } from './record-verdict'
import { toVersion } from './versions'

/** How often grading may begin. A submission that outlives no grader, or on which all fail, ends as an error of ours. */
export const MAX_GRADINGS = 4

/** Seeds fit into the column of a signed 32-bit integer. */
const SEEDS = 2 ** 31

/** What this use case needs of a grader. */
export interface SubmissionGrader {
  /** `seed` decides the tests' inputs and order, so that a verdict can be repeated. */
  grade(task: { exercise: GradableExercise; source: string; seed: number }): Promise<Verdict>
}

/**
 * Grades a queued submission and stores its verdict. Does nothing for one that has its verdict or was deleted, so it
 * may be repeated after a grader was lost half-way, but not for ever.
 * @returns the verdict, or null when there was nothing to do
 * @throws whatever `grade` throws; the submission then still waits for its verdict
 */
export async function gradeSubmission(grader: SubmissionGrader, submissionId: string): Promise<Verdict | null> {
  const submission = await begin(submissionId)
  if (!submission) return null
  const exercise = submission.gradings > MAX_GRADINGS ? null : await findContent(submission)
  const verdict = exercise
    ? await grader.grade({ exercise: toGradable(exercise), source: submission.source, seed: randomInt(SEEDS) })
    : errorVerdict({ exerciseVersion: submission.versionHash })
  return (await recordVerdict(submissionId, verdict)) ? verdict : null
}

/** Stores that the submission could not be graded. */
export async function giveUpSubmission(submissionId: string): Promise<void> {
  const submission = await withDatabase((db) => findSubmission(db, submissionId))
  if (submission) await recordVerdict(submissionId, errorVerdict({ exerciseVersion: submission.versionHash }))
}

/** Marks the submission as being graded and tells so; null when there is nothing to grade. */
async function begin(submissionId: string): Promise<Submission | null> {
  return withDatabase(async (db) => {
    const submission = await markGrading(db, submissionId)
    if (submission) await notifyChange(db, { submissionId, userId: submission.userId })
    return submission
  })
}

/**
 * The exercise as the submission knew it. Where its files have changed since, the present ones are graded and the
 * verdict names them; null when the exercise is gone.
 */
async function findContent({ exercise: slug, versionHash }: Submission): Promise<Exercise | null> {
  const known = (await catalogue()).findExercise(slug)
  if (known?.version === versionHash) return known
  const exercise = (await reloadCatalogue()).findExercise(slug)
  if (exercise && exercise.version !== versionHash) await withDatabase((db) => keepVersion(db, toVersion(exercise)))
  return exercise
}
