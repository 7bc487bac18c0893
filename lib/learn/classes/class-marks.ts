import { listStandingOverrides, listImprovingAttempts, listWaiting, type AttemptsOfStudent } from '@/lib/db/gradebook'
import { listStudents, type StudentRow } from '@/lib/db/cells'
import type { ClassRow } from '@/lib/db/classes'
import type { Queries } from '@/lib/db/client'
import { listSetRows, type SetRow } from '@/lib/db/problem-sets'
import { markStudent, termsOf, type StudentMarks } from '@/lib/marks/marks'
import type { Exception, Mark, MarkedSet, Terms } from '@/lib/marks/terms'
import { groupBy } from './group-by'
import { exceptionsFor, toMarkedSet } from './marked-set'

export interface StudentOfClass {
  userId: string
  member: StudentRow
  /** The terms of each set, in the order of the sets. */
  terms: Terms[]
  marks: StudentMarks
  /** By item: the attempts since its set opened that improved on all before them, also those that came too late. */
  attempts: AttemptsOfStudent
  /** Items with a submission that waits for its verdict. */
  waiting: ReadonlySet<string>
}

export interface ClassMarks {
  /** When they were computed, milliseconds since 1970. */
  now: number
  /**
   * As of when they are. An archived class stands still: what was submitted after it was archived does not count, and
   * sets that had not opened by then are no part of the total.
   */
  asOf: number
  /** The published sets in order of their due times; `set` is what was marked, `row` what is stored. */
  sets: { row: SetRow; set: MarkedSet }[]
  /** In no order. */
  students: StudentOfClass[]
}

export interface MarkOptions {
  /** Only these students of the class; all without it. */
  userIds?: readonly string[]
  /** Taken instead of the published sets with the same ids: what marks would be. Others are ignored. */
  sets?: readonly MarkedSet[]
}

/**
 * Marks of the students of a class who are in it now, computed from what is stored at this moment. The caller has
 * checked that they may be seen: `classRow` comes from `enterClass`.
 */
export async function markClass(
  db: Queries, classRow: Pick<ClassRow, 'id' | 'timeZone' | 'graceDays' | 'archivedAt'>, options: MarkOptions = {},
): Promise<ClassMarks> {
  const [rows, members, overrides] = await Promise.all([
    listSetRows(db, classRow.id, { published: true }),
    listStudents(db, classRow.id, options.userIds),
    listStandingOverrides(db, classRow.id, options.userIds),
  ])
  const now = Date.now()
  const asOf = Math.min(now, classRow.archivedAt?.getTime() ?? Infinity)
  const sets = rows.map((row) => ({ row, set: options.sets?.find(({ id }) => id === row.id) ?? toMarkedSet(row) }))
  const userIds = members.map(({ userId }) => userId)
  const items = sets.flatMap(({ set: { items: own, opensAt } }) =>
    own.map(({ id, exercise }) => ({ id, exercise, opensAt })))
  const [attempts, waiting] = await Promise.all([
    listImprovingAttempts(db, userIds, items), listWaiting(db, userIds, items.map(({ exercise }) => exercise)),
  ])
  const findTerms = termsFinder(classRow)
  const marksGiven = groupBy(overrides, ({ userId }) => userId)
  const waitingOf = groupBy(waiting, ({ userId }) => userId)
  const students = members.map((member): StudentOfClass => {
    const { userId, sectionId } = member
    const own = attempts.get(userId) ?? new Map()
    const terms = sets.map(({ row, set }) => findTerms(row, set, userId, sectionId))
    const given = new Map<string, Mark>((marksGiven.get(userId) ?? []).map(({ itemId, mark }) => [itemId, mark]))
    const marks = markStudent({
      now: asOf, graceDays: classRow.graceDays, attempts: own, overrides: given,
      sets: sets.map(({ set }, index) => ({ set, terms: terms[index]! })),
    })
    const waits = waitingOf.get(userId) ?? []
    const waitingItems = items.filter(({ exercise, opensAt }) =>
      waits.some((each) => each.exercise === exercise && each.submittedAt.getTime() >= opensAt))
    return { userId, member, terms, marks, attempts: own, waiting: new Set(waitingItems.map(({ id }) => id)) }
  })
  return { now, asOf, sets, students }
}

/** Most students have the same terms; time zones are slow to ask, and what was asked is kept with the terms. */
function termsFinder({ timeZone, archivedAt }: Pick<ClassRow, 'timeZone' | 'archivedAt'>) {
  const common = new Map<string, Terms>()
  const find = (set: MarkedSet, own: Exception | null, section: Exception | null): Terms => {
    const terms = termsOf(set, timeZone, own, section)
    return { ...terms, closesAt: Math.min(terms.closesAt, archivedAt?.getTime() ?? Infinity) }
  }
  return (row: SetRow, set: MarkedSet, userId: string, sectionId: string | null): Terms => {
    const { own, section } = exceptionsFor(row, userId, sectionId)
    if (own) return find(set, own, section)
    const key = `${set.id} ${section ? sectionId : ''}`
    let terms = common.get(key)
    if (!terms) common.set(key, (terms = find(set, null, section)))
    return terms
  }
}
