import type { ExercisePage, TopicPage, TopicSummary } from '@/lib/contract/catalogue'
import type { Localized } from '@/lib/contract/localized'
import { findProgress } from '@/lib/db/progress'
import { catalogue } from './catalogue'
import { withDatabase } from './database'

/** All topics with their exercises, in order. */
export async function listTopics(): Promise<TopicSummary[]> {
  return (await catalogue()).topics.map(({ summary }) => summary)
}

/** A topic with its note, or null. */
export async function findTopic(slug: string): Promise<TopicPage | null> {
  return (await catalogue()).findTopic(slug)?.page ?? null
}

/** What the workspace shows of an exercise, or null. */
export async function findExercise(slug: string): Promise<ExercisePage | null> {
  return (await catalogue()).findExercise(slug)?.page ?? null
}

/** The editorial of an exercise, for somebody who has passed it; null for all others and for unknown exercises. */
export async function findEditorial(userId: string, slug: string): Promise<Localized | null> {
  const exercise = (await catalogue()).findExercise(slug)
  if (!exercise) return null
  const progress = await withDatabase((db) => findProgress(db, userId, slug))
  return progress?.firstPassedAt ? exercise.files.editorial : null
}
