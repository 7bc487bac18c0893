import { MAX_PEOPLE } from '@/lib/contract/class-limits'
import { ProblemError } from '@/lib/contract/problem'
import { countPeople } from '@/lib/db/class-members'
import type { Queries } from '@/lib/db/client'

/**
 * A class has a greatest number of people, those awaited included. People who join at the same moment may go over it by
 * as many; nothing depends on the exact number.
 * @throws ProblemError `class-full` when `more` do not fit
 */
export async function refuseCrowd(db: Queries, classId: string, more: number): Promise<void> {
  if ((await countPeople(db, classId)) + more <= MAX_PEOPLE) return
  const message = `A class has at most ${MAX_PEOPLE} people, those who have not joined yet included.`
  throw new ProblemError('class-full', message)
}
