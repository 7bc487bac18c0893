import type { ExerciseSummary, TopicSummary } from '@/lib/contract/catalogue'
import type { ExerciseState } from '../_ui/state-mark'

/** A topic with somebody's state on each of its exercises. */
export interface Standing {
  topic: TopicSummary
  /** Number in the course, from 1. */
  number: number
  exercises: { exercise: ExerciseSummary; state: ExerciseState }[]
}

export function standingsOf(
  topics: readonly TopicSummary[], stateOf: (slug: string) => ExerciseState,
): Standing[] {
  return topics.map((topic, index) => ({
    topic,
    number: index + 1,
    exercises: topic.exercises.map((exercise) => ({ exercise, state: stateOf(exercise.slug) })),
  }))
}

/** How many of them are in this state. */
export function countIn(exercises: Standing['exercises'], state: ExerciseState): number {
  return exercises.filter((each) => each.state === state).length
}
