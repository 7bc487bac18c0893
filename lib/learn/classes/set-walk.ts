import type { Viewer } from '@/lib/contract/account'
import { Id } from '@/lib/contract/id'
import type { SetView } from '@/lib/contract/problem-set'
import { findClassOfSet } from '@/lib/db/problem-sets'
import { isProblemError } from '@/lib/contract/problem'
import { withDatabase } from '../database'
import { getClass } from './classes'
import { getSet } from './sets'

/** A place within a set: the exercise that is looked at, and those around it. */
export interface SetWalk {
  classId: string
  timeZone: string
  archivedAt: string | null
  set: SetView
  /** From 1. */
  place: number
  previous: string | null
  next: string | null
}

/**
 * Where an exercise stands in a set that the viewer may see; null for anything else, also when the set does not hold
 * the exercise, or has not opened for them.
 */
export async function findSetWalk(
  viewer: Pick<Viewer, 'id' | 'role'>, setId: string, exercise: string,
): Promise<SetWalk | null> {
  const classId = Id.safeParse(setId).success ? await withDatabase((db) => findClassOfSet(db, setId)) : null
  if (!classId) return null
  try {
    const [{ timeZone, archivedAt }, set] = await Promise.all([
      getClass(viewer, classId), getSet(viewer, classId, setId),
    ])
    const index = set.items.findIndex((item) => item.exercise === exercise)
    if (index < 0) return null
    const slugAt = (at: number) => set.items[at]?.exercise ?? null
    return {
      classId, timeZone, archivedAt, set, place: index + 1, previous: slugAt(index - 1), next: slugAt(index + 1),
    }
  } catch (error) {
    if (isProblemError(error) && ['not-found', 'forbidden'].includes(error.code)) return null
    throw error
  }
}
