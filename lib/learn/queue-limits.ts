import { ProblemError } from '@/lib/contract/problem'
import type { Queries } from '@/lib/db/client'
import { countWaiting } from '@/lib/db/turns'

/** Submissions of one user that may wait, besides the one that is graded. */
const WAITING_PER_USER = 5
/** Submissions of all users that may wait: more than an hour's work for nobody. */
const WAITING = 2_000

/** When to come back, seconds. By then a submission has been graded, unless no grader is there. */
const OWN_RETRY_SECONDS = 10
const ALL_RETRY_SECONDS = 60

/**
 * Refuses a submission for which the queue has no room. The bound for one user holds exactly, as the caller has locked
 * the user's turns; the one for all may be passed by as many as submit at the same moment.
 * @throws ProblemError `too-many-waiting` or `queue-full`, with the seconds to wait
 */
export async function assertRoom(db: Queries, userId: string): Promise<void> {
  const perUser = limit('QUEUE_LIMIT_PER_USER', WAITING_PER_USER)
  const inAll = limit('QUEUE_LIMIT', WAITING)
  const { own, all } = await countWaiting(db, userId, inAll)
  if (own >= perUser) {
    const message = `${own} of your submissions wait to be graded already. Try again when one of them has its verdict.`
    throw new ProblemError('too-many-waiting', message, { retryAfterSeconds: OWN_RETRY_SECONDS })
  }
  if (all >= inAll) {
    const message = 'So many submissions wait to be graded that no more are taken for the moment. Try again in a minute.'
    throw new ProblemError('queue-full', message, { retryAfterSeconds: ALL_RETRY_SECONDS })
  }
}

function limit(variable: string, usual: number): number {
  return Number(process.env[variable]) || usual
}
