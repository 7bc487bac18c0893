import type { Exercise } from '@/lib/content/catalogue'
import type { Locale } from '@/lib/contract/localized'
import type { SubmissionView, SubmitBody } from '@/lib/contract/submission'
import type { Queries } from '@/lib/db/client'
import { isMissingReference } from '@/lib/db/errors'
import { createSubmission, getSubmission, type SubmissionOverview } from '@/lib/db/submissions'
import { giveTurn, lockTurns } from '@/lib/db/turns'
import { keepVersion } from '@/lib/db/versions'
import { recordActivity } from './activity'
import { inTransaction } from './database'
import { getExercise } from './exercise-lookup'
import { findKnownVerdict } from './known-verdict'
import { assertRoom } from './queue-limits'
import { storeVerdict } from './record-verdict'
import { findHiddenRules, type HiddenRules } from './rules-shown'
import { assertSetsAllow } from './set-limits'
import { assertStorable } from './source-size'
import { viewSubmission, withPlace } from './submission-view'
import { toVersion } from './versions'

/**
 * Takes a solution for grading: stores it and queues it, both or neither. A source that was graded before, whoever
 * sent it, has its verdict at once.
 * @param browserZone what the browser says of its time zone; it counts until the account knows one
 * @throws ProblemError before anything is stored: `source-too-large`, `bad-request`, `not-found`,
 * `attempts-used`, or `cooling-down`, `too-many-waiting` and `queue-full` with the seconds to wait
 */
export async function submit(
  userId: string,
  { exercise: slug, source }: SubmitBody,
  locale: Locale = 'en',
  browserZone?: string,
): Promise<SubmissionView> {
  assertStorable(source, 'source')
  const { submission, hiddenRules } = await store({ userId, browserZone }, await getExercise(slug), source)
  const view = await viewSubmission(submission, locale, hiddenRules)
  // It is stored: an error now would say that it is not, and whoever believed it would submit once more.
  return withPlace(view).catch(() => view)
}

/** Versions that this process has seen in the database; most submissions need not write theirs again. */
const knownVersions = new Set<string>()

interface Stored {
  submission: SubmissionOverview
  hiddenRules: HiddenRules
}

interface Submitter {
  userId: string
  browserZone: string | undefined
}

async function store({ userId, browserZone }: Submitter, exercise: Exercise, source: string): Promise<Stored> {
  const storeAndQueue = async (db: Queries): Promise<Stored> => {
    if (!knownVersions.has(exercise.version)) await keepVersion(db, toVersion(exercise))
    const user = await lockTurns(db, userId)
    await assertSetsAllow(db, userId, exercise.slug)
    const verdict = await findKnownVerdict(db, exercise.version, source)
    if (!verdict) await assertRoom(db, userId)
    const id = await createSubmission(db, { userId, exercise: exercise.slug, versionHash: exercise.version, source })
    await recordActivity(db, userId, { known: user?.timeZone ?? null, browser: browserZone })
    if (verdict) await storeVerdict(db, id, verdict)
    else await giveTurn(db, userId)
    // Asked here: what fails after the submission is stored would look as if nothing had been.
    const hiddenRules = verdict ? await findHiddenRules(db, userId, [exercise.slug]) : new Map()
    return { submission: await getSubmission(db, id), hiddenRules }
  }
  try {
    const stored = await inTransaction(storeAndQueue)
    knownVersions.add(exercise.version)
    return stored
  } catch (error) {
    // The database was replaced while this process remembered the version.
    if (!isMissingReference(error) || !knownVersions.delete(exercise.version)) throw error
    return inTransaction(storeAndQueue)
  }
}
