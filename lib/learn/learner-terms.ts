import type { Queries } from '@/lib/db/client'
import { listSetsOfLearner, type LearnerSetRow } from '@/lib/db/learner-sets'
import { termsOf } from '@/lib/marks/marks'
import type { Terms } from '@/lib/marks/terms'
import { exceptionsFor, toMarkedSet } from './classes/marked-set'

/** A published set that concerns a learner, with what holds for them. */
export interface LearnerSet {
  row: LearnerSetRow
  terms: Terms
}

/**
 * The sets with one of these exercises in the classes where the learner is a student now, but for archived classes;
 * most learners have none.
 */
export async function listLearnerSets(db: Queries, userId: string, exercises: string[]): Promise<LearnerSet[]> {
  if (exercises.length === 0) return []
  const rows = await listSetsOfLearner(db, userId, exercises)
  return rows.map((row) => {
    const { own, section } = exceptionsFor(row, userId, row.sectionId)
    return { row, terms: termsOf(toMarkedSet(row), row.timeZone, own, section) }
  })
}
