import type { ExerciseSummary, TopicSummary } from '@/lib/contract/catalogue'
import type { ProgressView } from '@/lib/contract/submission'

/** A topic with the reader's progress on each of its exercises. */
export interface Standing {
  topic: TopicSummary
  /** Number in the course, from 1. */
  number: number
  exercises: { exercise: ExerciseSummary; progress: ProgressView }[]
}

export function standingsOf(topics: readonly TopicSummary[], progress: readonly ProgressView[]): Standing[] {
  const bySlug = new Map(progress.map((each) => [each.exercise, each]))
  return topics.map((topic, index) => ({
    topic,
    number: index + 1,
    exercises: topic.exercises.map((exercise) => ({
      exercise,
      progress: bySlug.get(exercise.slug) ?? untouched(exercise),
    })),
  }))
}

/** How many of them are in this state. */
export function countIn(exercises: Standing['exercises'], state: ProgressView['state']): number {
  return exercises.filter(({ progress }) => progress.state === state).length
}

function untouched({ slug, points }: ExerciseSummary): ProgressView {
  return { exercise: slug, state: 'untouched', bestScore: 0, maxScore: points, attempts: 0, firstPassedAt: null }
}
