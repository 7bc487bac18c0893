import type { Viewer } from '@/lib/contract/account'
import type { EarlyAttempts } from '@/lib/contract/problem-set'
import { countAttempts } from '@/lib/db/attempt-counts'
import { listStudents } from '@/lib/db/cells'
import { termsOf } from '@/lib/marks/marks'
import { enterClass } from './enter-class'
import { exceptionsFor, toMarkedSet } from './marked-set'
import { getSetRow } from './sets'

/**
 * Whom publishing a draft would find with attempts already: those made since its opening count at once. Students who
 * are exempt are left out.
 */
export function countEarlyAttempts(
  viewer: Pick<Viewer, 'id' | 'role'>, classId: string, setId: string,
): Promise<EarlyAttempts> {
  return enterClass(viewer, classId, 'sets.edit', async (db, entry) => {
    const row = await getSetRow(db, classId, setId)
    const set = toMarkedSet(row)
    const sectionOf = new Map((await listStudents(db, entry.class.id)).map((each) => [each.userId, each.sectionId]))
    const exercises = set.items.map(({ exercise }) => exercise)
    const [early, spent] = [new Set<string>(), new Set<string>()]
    for (const { userId, attempts } of await countAttempts(db, [...sectionOf.keys()], exercises, row.opensAt)) {
      const { own, section } = exceptionsFor(row, userId, sectionOf.get(userId) ?? null)
      const { exempt, attemptLimit } = termsOf(set, entry.class.timeZone, own, section)
      if (exempt) continue
      early.add(userId)
      if (attemptLimit !== null && attempts >= attemptLimit) spent.add(userId)
    }
    return { students: early.size, spent: spent.size }
  })
}
