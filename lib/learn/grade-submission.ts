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

/** From this time on an `error` is believed; before, it may be the mood of a machine. */
const ERROR_BELIEVED_FROM = 2

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
 * @param onBegun told of the submission when it is taken up
 * @returns the verdict, or null when there was nothing to do
 * @throws like gradeSource; the submission then still waits for its verdict
 */
export async function gradeSubmission(
  grader: SubmissionGrader,
  submissionId: string,
  onBegun: (submission: Submission) => void = () => {},
): Promise<Verdict | null> {
  const submission = await begin(submissionId)
  if (!submission) return null
  onBegun(submission)
  const { gradings, source } = submission
  const exercise = gradings > MAX_GRADINGS ? null : await findContent(submission)
  const verdict = exercise
    ? await gradeSource(grader, { exercise, source, gradings })
    : errorVerdict({ exerciseVersion: submission.versionHash })
  return (await recordVerdict(submissionId, verdict)) ? verdict : null
}

/**
 * Grades a source with a seed of its own.
 * @param task.gradings the how-many-th time this is; a first verdict of `error` is not believed
 * @throws whatever `grade` throws, and for an `error` that is not believed
 */
export async function gradeSource(
  grader: SubmissionGrader,
  { exercise, source, gradings }: { exercise: Exercise; source: string; gradings: number },
): Promise<Verdict> {
  const verdict = await grader.grade({ exercise: toGradable(exercise), source, seed: randomInt(SEEDS) })
  if (verdict.verdict === 'error' && gradings < ERROR_BELIEVED_FROM) {
    throw new Error('Grading failed on our side; it is tried again.')
  }
  return verdict
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
