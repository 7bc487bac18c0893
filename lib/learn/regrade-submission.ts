import { errorVerdict } from '@/lib/contract/error-verdict'
import type { RegradeJob } from '@/lib/db/queue'
import { beginResult, saveResult, type RegradeTask } from '@/lib/db/regrades'
import type { Exercise } from '@/lib/content/catalogue'
import { catalogue, reloadCatalogue } from './catalogue'
import { withDatabase } from './database'
import { MAX_GRADINGS, gradeSource, type SubmissionGrader } from './grade-submission'
import { findKnownVerdict } from './known-verdict'
import { stopRegrade } from './regrades'

/**
 * Grades one submission of a regrade and stores its result. Does nothing for one that has it, or whose regrade was
 * stopped. Where the files of the exercise have moved on, it stops the regrade: it would be against other tests.
 * @throws like gradeSubmission; the submission then still waits for its result
 */
export async function regradeSubmission(
  grader: SubmissionGrader,
  { regradeId, submissionId }: RegradeJob,
): Promise<void> {
  const task = await withDatabase((db) => beginResult(db, regradeId, submissionId))
  if (!task) return
  const exercise = await findContent(task)
  if (!exercise) return stopRegrade(null, regradeId)
  const { source, versionHash, gradings } = task
  const verdict = (await withDatabase((db) => findKnownVerdict(db, versionHash, source)))
    ?? (gradings > MAX_GRADINGS
      ? errorVerdict({ exerciseVersion: versionHash })
      : await gradeSource(grader, { exercise, source, gradings }))
  await withDatabase((db) => saveResult(db, regradeId, submissionId, verdict))
}

/** The exercise in the version of the regrade; null when this grader has none such. */
async function findContent({ exercise: slug, versionHash }: RegradeTask): Promise<Exercise | null> {
  const known = (await catalogue()).findExercise(slug)
  if (known?.version === versionHash) return known
  const exercise = (await reloadCatalogue()).findExercise(slug)
  return exercise?.version === versionHash ? exercise : null
}
