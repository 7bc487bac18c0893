import { isProblemError } from '@/lib/contract/problem'
import type { Viewer } from '@/lib/contract/account'
import { listSubmissions } from '@/lib/learn/submissions'

/** Slug of the exercise that the reader submitted last; null without one, or while the database is away. */
export async function findLatestExercise(viewer: Viewer): Promise<string | null> {
  try {
    const [latest] = await listSubmissions(viewer.id, { limit: 1 }, viewer.locale)
    return latest?.exercise ?? null
  } catch (error) {
    if (isProblemError(error) && error.code === 'service-unavailable') return null
    throw error
  }
}
