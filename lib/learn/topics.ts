import type { ExercisePage, TopicPage, TopicSummary } from '@/lib/contract/catalogue'
import type { Localized } from '@/lib/contract/localized'
import { findProgress } from '@/lib/db/progress'
import { catalogue } from './catalogue'
import { withDatabase } from './database'
import { type EditorialHold, findEditorialHold } from './rules-shown'

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

/**
 * The editorial of an exercise, for somebody who has passed it and has no problem set ahead of its close that contains
 * it; null for all others and for unknown exercises.
 */
export async function findEditorial(userId: string, slug: string): Promise<Localized | null> {
  const exercise = (await catalogue()).findExercise(slug)
  if (!exercise) return null
  return withDatabase(async (db) => {
    if (!(await findProgress(db, userId, slug))?.firstPassedAt) return null
    return (await findEditorialHold(db, userId, slug)) ? null : exercise.files.editorial
  })
}

/** Whether problem sets keep the editorial from somebody who has passed the exercise; null when none does. */
export async function heldEditorial(userId: string, slug: string): Promise<EditorialHold | null> {
  return withDatabase(async (db) => {
    return (await findProgress(db, userId, slug))?.firstPassedAt ? findEditorialHold(db, userId, slug) : null
  })
}
