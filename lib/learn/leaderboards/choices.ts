import { ProblemError } from '@/lib/contract/problem'
import { refreshBoardsOf } from '@/lib/db/boards/refresh'
import type { Queries } from '@/lib/db/client'
import { findProfile, setProfile } from '@/lib/db/profiles'
import { lockTurns } from '@/lib/db/turns'
import { inTransaction } from '../database'

/**
 * Chooses whether somebody stands on everybody's leaderboards, under their handle.
 * @throws ProblemError `bad-request` without a handle, `not-found` when the account is gone
 */
export async function chooseOnBoards(userId: string, onBoards: boolean): Promise<{ onBoards: boolean }> {
  await inTransaction((db) => changeOnBoards(db, userId, onBoards))
  return { onBoards }
}

/** The same as part of a transaction that holds no locks yet. */
export async function changeOnBoards(db: Queries, userId: string, onBoards: boolean): Promise<void> {
  const isThere = await lockTurns(db, userId)
  const profile = isThere && (await findProfile(db, userId))
  if (!profile) throw new ProblemError('not-found', 'This account does not exist any more.')
  if (profile.onBoards === onBoards) return
  if (onBoards && profile.handle === null) {
    const message = 'Choose a handle first: leaderboards show it in place of your name.'
    throw new ProblemError('bad-request', message, { issues: [{ path: 'handle', rule: 'missing', message }] })
  }
  await setProfile(db, userId, { onBoards })
  await refreshBoardsOf(db, [userId])
}
