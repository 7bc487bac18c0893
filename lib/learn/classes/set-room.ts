import { MAX_SETS } from '@/lib/contract/class-limits'
import { ProblemError } from '@/lib/contract/problem'
import type { Queries } from '@/lib/db/client'
import { countSets } from '@/lib/db/problem-sets'

/** @throws ProblemError `too-many-sets` when the class has as many problem sets, drafts included, as it may have */
export async function refuseManySets(db: Queries, classId: string): Promise<void> {
  if ((await countSets(db, classId)) < MAX_SETS) return
  const message = `A class has at most ${MAX_SETS} problem sets. Delete one that is not needed.`
  throw new ProblemError('too-many-sets', message)
}
