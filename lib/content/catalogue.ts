import type { ExercisePage, ExerciseSummary, TopicPage, TopicSummary } from '@/lib/contract/catalogue'
import type { ExerciseManifest, TopicManifest } from '@/lib/contract/exercise'
import type { Localized } from '@/lib/contract/localized'

/** The parts of an exercise that stay on the server, but for `visibleTests` and `starter`. */
export interface ExerciseFiles {
  hiddenTests: string
  visibleTests: string
  starter: string
  solution: string
  /** File name in wrong/ to source. */
  wrong: Readonly<Record<string, string>>
  editorial: Localized
}

export interface Exercise {
  slug: string
  topic: string
  /** SHA-256 over the exercise's files; verdicts name it. */
  version: string
  manifest: ExerciseManifest
  page: ExercisePage
  summary: ExerciseSummary
  files: ExerciseFiles
}

export interface Topic {
  slug: string
  manifest: TopicManifest
  page: TopicPage
  summary: TopicSummary
  /** In their order within the topic. */
  exercises: readonly Exercise[]
}

export interface Catalogue {
  /** In their order. */
  topics: readonly Topic[]
  findTopic(slug: string): Topic | null
  findExercise(slug: string): Exercise | null
}

/** A catalogue of topics that are already in order and whose slugs are unique. */
export function createCatalogue(topics: readonly Topic[]): Catalogue {
  const topicBySlug = new Map(topics.map((topic) => [topic.slug, topic]))
  const exerciseBySlug = new Map(topics.flatMap((topic) => topic.exercises.map((each) => [each.slug, each])))
  return {
    topics,
    findTopic: (slug) => topicBySlug.get(slug) ?? null,
    findExercise: (slug) => exerciseBySlug.get(slug) ?? null,
  }
}
