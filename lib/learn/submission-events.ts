import { ProblemError } from '@/lib/contract/problem'
import type { Locale } from '@/lib/contract/localized'
import type { SubmissionView } from '@/lib/contract/submission'
import { changeListener } from '@/lib/db/change-listener'
import { findSubmissionOf } from '@/lib/db/submissions'
import { withDatabase } from './database'
import { placeInQueue } from './queue-places'
import { findHiddenRules } from './rules-shown'
import { viewSubmission, withPlace } from './submission-view'
import { WakeUp } from './wake-up'

/** How often at most the place in the queue is read again while others move, milliseconds. */
const PLACE_EVERY_MS = 1_000

/**
 * The states of a submission as they come: the present one first, then each change, the verdict last. Changes that
 * follow each other quickly may be told as one; the verdict never goes missing, also when the connection to the
 * database is lost on the way.
 * @throws ProblemError `not-found` when the user has no such submission, `service-unavailable` when the database is away
 */
export async function* submissionEvents(
  userId: string,
  id: string,
  locale: Locale,
  signal: AbortSignal,
): AsyncGenerator<SubmissionView, void, undefined> {
  const wakeUp = new WakeUp(signal)
  let view: SubmissionView | undefined
  // Whether the submission itself may have changed; while it waits and others move, only its place has.
  let changed = true
  const unsubscribe = await withDatabase(() => changeListener().subscribe({
    onChange: ({ submissionId }) => {
      if (submissionId === id) {
        changed = true
        wakeUp.now()
      } else if (view?.state === 'queued') {
        wakeUp.within(PLACE_EVERY_MS)
      }
    },
    onReset: () => {
      changed = true
      wakeUp.now()
    },
  }))
  try {
    let last = ''
    do {
      const place = view && !changed ? await placeInQueue(id) : null
      if (view && place !== null) {
        view = { ...view, place }
      } else {
        changed = false
        view = await readState(userId, id, locale)
      }
      const text = JSON.stringify(view)
      if (text !== last) yield view
      last = text
      if (view.state === 'done') return
    } while (await wakeUp.next())
  } finally {
    unsubscribe()
  }
}

async function readState(userId: string, id: string, locale: Locale): Promise<SubmissionView> {
  const view = await withDatabase(async (db) => {
    const submission = await findSubmissionOf(db, userId, id)
    if (!submission) throw new ProblemError('not-found', 'There is no such submission.')
    // Without a verdict there are no rules to hide.
    const hiddenRules = submission.verdict ? await findHiddenRules(db, userId, [submission.exercise]) : new Map()
    return viewSubmission(submission, locale, hiddenRules)
  })
  return withPlace(view)
}
