import { isProblemError } from '@/lib/contract/problem'
import { nextForYou, type NextStep } from '@/lib/learn/next-for-you'

/** What the reader should do next, for pages that work without it: null while the database is away. */
export async function findNext(userId: string): Promise<NextStep[] | null> {
  try {
    return await nextForYou(userId)
  } catch (error) {
    if (isProblemError(error) && error.code === 'service-unavailable') return null
    throw error
  }
}
