import type { TopicSummary } from '@/lib/contract/catalogue'
import type { Difficulty } from '@/lib/contract/exercise'
import type { Localized } from '@/lib/contract/localized'
import type { ProgressView } from '@/lib/contract/submission'

export type ExerciseState = ProgressView['state']

/** One exercise as the catalogue shows, filters and searches it. */
export interface CatalogueEntry {
  slug: string
  topic: string
  title: Localized
  difficulty: Difficulty
  minutes: number
  tags: string[]
  state: ExerciseState
}

/** One topic as the catalogue shows it. */
export interface CatalogueTopic {
  slug: string
  /** Its number in the course, from 1. */
  number: number
  title: Localized
  summary: Localized
}

export function topicsOf(topics: readonly TopicSummary[]): CatalogueTopic[] {
  return topics.map(({ slug, title, summary }, index) => ({ slug, number: index + 1, title, summary }))
}

/** Each topic with its exercises. */
export function groupByTopic(
  topics: readonly CatalogueTopic[],
  entries: readonly CatalogueEntry[],
): { topic: CatalogueTopic; entries: CatalogueEntry[] }[] {
  return topics.map((topic) => ({ topic, entries: entries.filter((entry) => entry.topic === topic.slug) }))
}

/** All exercises in their order, with the reader's own state. */
export function entriesOf(
  topics: readonly TopicSummary[],
  progress: ReadonlyMap<string, ProgressView>,
): CatalogueEntry[] {
  return topics.flatMap((topic) =>
    topic.exercises.map(({ slug, title, difficulty, minutes, tags }) => {
      const state = progress.get(slug)?.state ?? 'untouched'
      return { slug, topic: topic.slug, title, difficulty, minutes, tags, state }
    }),
  )
}
