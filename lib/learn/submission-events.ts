import { ProblemError } from '@/lib/contract/problem'
import type { Locale } from '@/lib/contract/localized'
import type { SubmissionView } from '@/lib/contract/submission'
import { changeListener } from '@/lib/db/change-listener'
import { findSubmissionOf } from '@/lib/db/submissions'
import { withDatabase } from './database'
import { findHiddenRules } from './rules-shown'
import { viewSubmission } from './submission-view'
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
  let queued = true
  const unsubscribe = await withDatabase(() => changeListener().subscribe({
    onChange: ({ submissionId }) => {
      if (submissionId === id) wakeUp.now()
      else if (queued) wakeUp.within(PLACE_EVERY_MS)
    },
    onReset: () => wakeUp.now(),
  }))
  try {
    let last = ''
    do {
      const view = await readState(userId, id, locale)
      queued = view.state === 'queued'
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
  return withDatabase(async (db) => {
    const submission = await findSubmissionOf(db, userId, id)
    if (!submission) throw new ProblemError('not-found', 'There is no such submission.')
    // Without a verdict there are no rules to hide, and this is asked every second.
    const hiddenRules = submission.verdict ? await findHiddenRules(db, userId, [submission.exercise]) : new Map()
    return viewSubmission(submission, locale, hiddenRules)
  })
}
