import { Id } from '@/lib/contract/id'
import type { Locale } from '@/lib/contract/localized'
import type { ListedSubmission, SubmissionDetail } from '@/lib/contract/submission'
import { listRegraded } from '@/lib/db/applied-regrades'
import { findSubmissionWithSource, listSubmissionsOf } from '@/lib/db/submissions'
import { withDatabase } from './database'
import { findHiddenRules } from './rules-shown'
import { findRegradesOf } from './submission-regrades'
import { viewSubmission, withPlace } from './submission-view'

/** Most submissions that one list holds. */
export const MAX_LISTED = 100

/** A submission with its source, if it is this user's; null for all others and for ids that are none. */
export async function findSubmission(userId: string, id: string, locale: Locale): Promise<SubmissionDetail | null> {
  if (!Id.safeParse(id).success) return null
  const detail = await withDatabase(async (db) => {
    const submission = await findSubmissionWithSource(db, userId, id)
    if (!submission) return null
    const hiddenRules = await findHiddenRules(db, userId, [submission.exercise])
    const view = await viewSubmission(submission, locale, hiddenRules)
    const regrades = view.verdict && (await findRegradesOf(db, id, view.verdict, view.verdict.rulesHidden))
    return { ...view, source: submission.source, regrades }
  })
  return detail && withPlace(detail)
}

export interface SubmissionQuery {
  exercise?: string
  /** Id of the last submission of the page before. */
  before?: string
  /** At most MAX_LISTED, which is also the default. */
  limit?: number
}

/** The user's submissions, latest first. */
export async function listSubmissions(
  userId: string,
  query: SubmissionQuery,
  locale: Locale,
): Promise<ListedSubmission[]> {
  const { exercise, before, limit = MAX_LISTED } = query
  if (before !== undefined && !Id.safeParse(before).success) return []
  const listed = await withDatabase(async (db) => {
    const filter = { exercise, before, limit: Math.max(1, Math.min(limit, MAX_LISTED)) }
    const submissions = await listSubmissionsOf(db, userId, filter)
    const regraded = await listRegraded(db, submissions.map(({ id }) => id))
    const hiddenRules = await findHiddenRules(db, userId, submissions.map((each) => each.exercise))
    return Promise.all(submissions.map(async (submission) => {
      return { ...(await viewSubmission(submission, locale, hiddenRules)), regraded: regraded.has(submission.id) }
    }))
  })
  return Promise.all(listed.map(withPlace))
}
