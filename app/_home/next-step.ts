import type { ExerciseSummary, TopicSummary } from '@/lib/contract/catalogue'
import type { ProgressView } from '@/lib/contract/submission'
import { firstExercise } from './first-exercise'

/** What to do next, and why: go on with a try, the next one of a started topic, or the very first one. */
export interface NextStep {
  exercise: ExerciseSummary
  reason: 'tried' | 'next' | 'first'
}

/**
 * Where the reader goes on: with the exercise submitted last unless it is passed, else with the next open one of
 * its topic, else with the next open one of all. Null when everything is passed.
 *
 * @param latest slug of the exercise that was submitted last, or null
 */
export function nextStep(
  topics: readonly TopicSummary[],
  progress: ReadonlyMap<string, ProgressView>,
  latest: string | null,
): NextStep | null {
  const all = topics.flatMap((topic) => topic.exercises)
  const open = (exercise: ExerciseSummary) => progress.get(exercise.slug)?.state !== 'passed'
  const last = all.find((exercise) => exercise.slug === latest)
  if (!last) {
    const first = firstExercise(topics)
    return first && open(first) ? { exercise: first, reason: 'first' } : reasoned(all.find(open))
  }
  if (open(last)) return { exercise: last, reason: 'tried' }
  const after = all.slice(all.indexOf(last) + 1)
  return reasoned(
    after.find((exercise) => exercise.topic === last.topic && open(exercise)) ??
      all.find((exercise) => exercise.topic === last.topic && open(exercise)) ??
      after.find(open) ??
      all.find(open),
  )
}

function reasoned(exercise: ExerciseSummary | undefined): NextStep | null {
  return exercise ? { exercise, reason: 'next' } : null
}
