import type { Locale } from '@/lib/contract/localized'
import type { SubmissionView } from '@/lib/contract/submission'
import { Verdict, verdictView } from '@/lib/contract/verdict'
import type { SubmissionOverview } from '@/lib/db/submissions'
import { catalogue } from './catalogue'
import { placeInQueue } from './queue-places'
import type { HiddenRules } from './rules-shown'

/**
 * What the owner of a submission sees of it, in the owner's language, but for its place in the queue (withPlace).
 * @param hiddenRules of its exercise, as `findHiddenRules` tells them; they take the hint along, which names a rule too
 */
export async function viewSubmission(
  submission: SubmissionOverview, locale: Locale, hiddenRules: HiddenRules,
): Promise<SubmissionView> {
  const { id, exercise, state, submittedAt } = submission
  const hidden = hiddenRules.get(exercise) ?? null
  const verdict = submission.verdict && Verdict.parse(submission.verdict.detail)
  return {
    id,
    exercise,
    state,
    submittedAt: submittedAt.toISOString(),
    place: null,
    verdict: verdict && verdictView(verdict, hidden),
    hint: hidden ? null : verdict && (await hintFor(exercise, verdict, locale)),
  }
}

/**
 * The same with its place in the queue. Not to be called with a turn at the database (withDatabase): all who ask wait
 * for one reading, which needs a turn itself.
 */
export async function withPlace<T extends SubmissionView>(view: T): Promise<T> {
  return view.state === 'queued' ? { ...view, place: await placeInQueue(view.id) } : view
}

/** The hint of the misconception that the verdict recognised, as long as the exercise is still the one it graded. */
async function hintFor(slug: string, verdict: Verdict, locale: Locale): Promise<string | null> {
  if (verdict.misconception === null) return null
  const exercise = (await catalogue()).findExercise(slug)
  if (exercise?.version !== verdict.exerciseVersion) return null
  return exercise.manifest.misconceptions.find(({ file }) => file === verdict.misconception)?.hint[locale] ?? null
}
