import type { ExerciseSummary, TopicSummary } from '@/lib/contract/catalogue'
import { DIFFICULTIES } from '@/lib/contract/exercise'

/** The exercise to begin with: of the easiest ones the shortest, of these the first; null in an empty catalogue. */
export function firstExercise(topics: readonly TopicSummary[]): ExerciseSummary | null {
  const level = (exercise: ExerciseSummary) => DIFFICULTIES.indexOf(exercise.difficulty)
  const sorted = topics
    .flatMap((topic) => topic.exercises)
    .sort((a, b) => level(a) - level(b) || a.minutes - b.minutes)
  return sorted[0] ?? null
}
