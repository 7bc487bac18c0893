import type { Viewer } from '@/lib/contract/account'
import { LatePolicy } from '@/lib/contract/late-policy'
import type { DuplicateBody, SetPlace } from '@/lib/contract/problem-set'
import { writeAudit } from '@/lib/db/audit'
import { createSet, type SetRow } from '@/lib/db/problem-sets'
import { addCalendarDays, instantOf, localOf } from '@/lib/marks/local-time'
import { changeClass, enterClass } from './enter-class'
import { toFields } from './set-changes'
import { refuseManySets } from './set-room'
import { toStaffView } from './set-view'
import { getSetRow } from './sets'

const MINUTE_MS = 60_000

/**
 * Copies a set as a draft into a class where the viewer is an instructor, with all dates moved by whole calendar days.
 * Clocks show the same times there, also in another time zone. Exceptions stay behind: they are for other people.
 */
export async function duplicateSet(
  viewer: Pick<Viewer, 'id' | 'role'>, classId: string, setId: string, { classId: target, days }: DuplicateBody,
): Promise<SetPlace> {
  const source = await enterClass(viewer, classId, 'sets.view-drafts', async (db, entry) => {
    return { row: await getSetRow(db, classId, setId), timeZone: entry.class.timeZone }
  })
  return changeClass(viewer, target, 'sets.edit', async (db, entry) => {
    const fields = shifted(source.row, (at) => shift(at, days, source.timeZone, entry.class.timeZone))
    await refuseManySets(db, target)
    const id = await createSet(db, target, fields, source.row.items.map(({ exercise, points, kind }) => {
      return { exercise, points, kind }
    }))
    const detail = { title: source.row.title, classId: target, copyOf: setId, days }
    await writeAudit(db, { actorId: viewer.id, action: 'set.copied', subject: id, classId: target, detail })
    return { classId: target, id }
  })
}

function shift(at: number, days: number, from: string, to: string): number {
  const moved = addCalendarDays(at, days, from)
  return from === to ? moved : instantOf(localOf(moved, from), to) + (moved % MINUTE_MS)
}

/** Clock changes of another zone may turn two times around; the dates of a set stay in order all the same. */
function shifted(row: SetRow, move: (at: number) => number) {
  const opensAt = move(row.opensAt.getTime())
  const dueAt = Math.max(opensAt, move(row.dueAt.getTime()))
  const closesAt = Math.max(dueAt, move(row.closesAt.getTime()))
  return toFields({
    ...toStaffView(row),
    opensAt: new Date(opensAt).toISOString(),
    dueAt: new Date(dueAt).toISOString(),
    closesAt: new Date(closesAt).toISOString(),
    latePolicy: shiftedPolicy(LatePolicy.parse(row.latePolicy), move),
  })
}

function shiftedPolicy(policy: LatePolicy, move: (at: number) => number): LatePolicy {
  if (policy.kind !== 'timeline') return policy
  let last = -Infinity
  const steps = policy.steps.map(({ until, percent }) => {
    last = Math.max(last + MINUTE_MS, move(Date.parse(until)))
    return { until: new Date(last).toISOString(), percent }
  })
  return { kind: 'timeline', steps }
}
