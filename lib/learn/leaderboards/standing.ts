import { z } from 'zod'
import type { Person } from '@/lib/contract/account'
import { Id } from '@/lib/contract/id'
import { STANDING_ACTIONS, type StandingAction, type StandingBody, type StandingView } from '@/lib/contract/leaderboard'
import { ProblemError } from '@/lib/contract/problem'
import { listAudit, writeAudit } from '@/lib/db/audit'
import { refreshBoardsOf } from '@/lib/db/boards/refresh'
import { listClassesLedOnlyBy } from '@/lib/db/class-members'
import { findUser, raiseSessionEpoch, setStanding } from '@/lib/db/users'
import { inTransaction, withDatabase } from '../database'
import { holdPerson, toPerson } from '../people'

/*
 * Whether somebody can sign in, and whether leaderboards show them: what admins decide about others.
 */

/** Entries of the log that are told of one person. */
const MAX_HISTORY = 20

const Detail = z.object({ reason: z.string() }).catch({ reason: '' })

/** What an admin should know before changing somebody's standing. @throws ProblemError `not-found` */
export function getStanding(id: string): Promise<StandingView> {
  return withDatabase(async (db) => {
    const user = Id.safeParse(id).success ? await findUser(db, id) : null
    if (!user) throw new ProblemError('not-found', 'There is no such account.')
    const leadsAlone = await listClassesLedOnlyBy(db, id)
    const history = (await listAudit(db, id, MAX_HISTORY)).flatMap(({ at, action, actor, detail }) => {
      const known = STANDING_ACTIONS.find((each) => each === action)
      return known
        ? [{ at: at.toISOString(), action: known, actor: actor?.name ?? null, reason: Detail.parse(detail).reason }]
        : []
    })
    return { person: toPerson(user), leadsAlone, history }
  })
}

/**
 * Suspends somebody or lifts that, and keeps them off every leaderboard or lifts that. Whoever is suspended is signed out
 * everywhere at once, and stands on no leaderboard until it is lifted; what they have submitted is graded all the same.
 * @throws ProblemError as holdPerson
 */
export function changeStanding(
  adminId: string, id: string, { suspended, barred, reason }: StandingBody,
): Promise<Person> {
  return inTransaction(async (db) => {
    const before = await holdPerson(db, adminId, id)
    const changes: StandingAction[] = []
    if (suspended !== (before.suspendedAt !== null)) changes.push(suspended ? 'person.suspended' : 'person.readmitted')
    if (barred !== (before.barredAt !== null)) changes.push(barred ? 'person.barred' : 'person.unbarred')
    if (changes.length === 0) return toPerson(before)
    const now = new Date()
    const after = await setStanding(db, id, {
      suspendedAt: suspended ? (before.suspendedAt ?? now) : null, barredAt: barred ? (before.barredAt ?? now) : null,
    })
    if (changes.includes('person.suspended')) await raiseSessionEpoch(db, id)
    for (const action of changes) await writeAudit(db, { actorId: adminId, action, subject: id, detail: { reason } })
    await refreshBoardsOf(db, [id])
    return toPerson(after)
  })
}
