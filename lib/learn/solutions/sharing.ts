import { Id } from '@/lib/contract/id'
import { ProblemError } from '@/lib/contract/problem'
import type { OwnSharing, ShareBody } from '@/lib/contract/shared-solution'
import type { Queries } from '@/lib/db/client'
import { findProfile } from '@/lib/db/profiles'
import * as shared from '@/lib/db/shared-solutions'
import { findSubmissionOf } from '@/lib/db/submissions'
import { identifyProgram } from '@/lib/similarity/same-program'
import { catalogue } from '../catalogue'
import { withDatabase } from '../database'
import { getExercise } from '../exercise-lookup'

/** What somebody can do about sharing a solution of theirs. */
export interface SharingChoices {
  /** What they share for the exercise. */
  own: OwnSharing | null
  /** A submission that they may share; null without one. */
  submission: string | null
  /** Under which they can sign it. */
  handle: string | null
  /** Whether there is a profile to be seen under the handle. */
  isPublic: boolean
}

/**
 * Shares a submission with others who have passed the exercise, in place of one that was shared before. Choosing it
 * again changes only whether it is signed.
 * @throws ProblemError `not-found` when it is not the user's, or not of this exercise; `forbidden` when it does not
 *   count as passed; `bad-request` for a signature without a handle
 */
export async function shareSolution(userId: string, slug: string, { submission, signed }: ShareBody): Promise<OwnSharing> {
  const { slug: exercise } = await getExercise(slug)
  return withDatabase(async (db) => {
    if (signed && !(await findProfile(db, userId))?.handle) {
      throw new ProblemError('bad-request', 'Choose a handle in your settings before you sign with it.')
    }
    const passed = await shared.findPassedSubmission(db, userId, exercise, submission)
    if (!passed) throw await refusal(db, userId, exercise, submission)
    const { hash: programHash, length } = identifyProgram(passed.source)
    await shared.setShared(db, { userId, exercise, submissionId: submission, programHash, length, signed })
    return getOwnSharing(db, userId, exercise)
  })
}

/** Shares nothing any more; also of an exercise that is gone. */
export async function stopSharing(userId: string, exercise: string): Promise<void> {
  await withDatabase((db) => shared.removeShared(db, userId, exercise))
}

/**
 * What the user can share for an exercise: this submission, or the latest that counts as passed. Null where there is
 * nothing to share or to stop.
 * @param submissionId of the user's own; whatever else it may be is no such thing
 */
export async function findSharingChoices(
  userId: string, exercise: string, submissionId?: string,
): Promise<SharingChoices | null> {
  if (submissionId !== undefined && !Id.safeParse(submissionId).success) return null
  return withDatabase(async (db) => {
    const own = await readOwnSharing(db, userId, exercise)
    const passed = await shared.findPassedSubmission(db, userId, exercise, submissionId)
    const offered = (await catalogue()).findExercise(exercise) ? passed : null
    if (!own && !offered) return null
    const profile = await findProfile(db, userId)
    return { own, submission: offered?.id ?? null, handle: profile?.handle ?? null, isPublic: profile?.profilePublic ?? false }
  })
}

/** What the user shares for an exercise, or null. */
export async function readOwnSharing(db: Queries, userId: string, exercise: string): Promise<OwnSharing | null> {
  const row = await shared.findShared(db, userId, exercise)
  const isOffered = (await catalogue()).findExercise(exercise) !== null
  return row && {
    submission: row.submissionId, program: row.programHash, signed: row.signed, sharedAt: row.sharedAt.toISOString(),
    listed: row.listed && isOffered,
  }
}

async function refusal(db: Queries, userId: string, exercise: string, submission: string): Promise<ProblemError> {
  const own = await findSubmissionOf(db, userId, submission)
  return own?.exercise === exercise
    ? new ProblemError('forbidden', 'Only a submission that counts as passed can be shared.')
    : new ProblemError('not-found', 'There is no such submission.')
}

async function getOwnSharing(db: Queries, userId: string, exercise: string): Promise<OwnSharing> {
  const own = await readOwnSharing(db, userId, exercise)
  if (!own) throw new Error('What was shared just now is not there.')
  return own
}
