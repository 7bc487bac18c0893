import type { Locale } from '@/lib/contract/localized'
import type { SubmissionView } from '@/lib/contract/submission'
import { Verdict, type VerdictView } from '@/lib/contract/verdict'
import type { Queries } from '@/lib/db/client'
import { countAhead, type SubmissionOverview } from '@/lib/db/submissions'
import { catalogue } from './catalogue'

/** What the owner of a submission sees of it, in the owner's language. */
export async function viewSubmission(
  db: Queries,
  submission: SubmissionOverview,
  locale: Locale,
): Promise<SubmissionView> {
  const { id, exercise, state, submittedAt } = submission
  const verdict = submission.verdict && Verdict.parse(submission.verdict.detail)
  return {
    id,
    exercise,
    state,
    submittedAt: submittedAt.toISOString(),
    place: state === 'queued' ? await countAhead(db, submission) : null,
    verdict: verdict && shown(verdict),
    hint: verdict && (await hintFor(exercise, verdict, locale)),
  }
}

function shown({ misconception: _file, seed: _seed, ...verdict }: Verdict): VerdictView {
  return verdict
}

/** The hint of the misconception that the verdict recognised, as long as the exercise is still the one it graded. */
async function hintFor(slug: string, verdict: Verdict, locale: Locale): Promise<string | null> {
  if (verdict.misconception === null) return null
  const exercise = (await catalogue()).findExercise(slug)
  if (exercise?.version !== verdict.exerciseVersion) return null
  return exercise.manifest.misconceptions.find(({ file }) => file === verdict.misconception)?.hint[locale] ?? null
}
