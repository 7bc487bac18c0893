import type { ExerciseSummary, TopicSummary } from '@/lib/contract/catalogue'

/** A topic with exercises of a name, a difficulty and a time each. */
export function topic(
  slug: string, order: number, exercises: [string, ExerciseSummary['difficulty'], number][],
): TopicSummary {
  const title = { en: slug, zh: slug }
  return {
    slug,
    order,
    title,
    summary: title,
    exercises: exercises.map(([name, difficulty, minutes], index) => {
      return { slug: name, topic: slug, order: index + 1, title, difficulty, minutes, points: 10, tags: ['x'] }
    }),
  }
}
