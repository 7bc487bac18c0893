import { creditAt } from './credit'
import type { Attempt, Mark, Terms } from './terms'

/** What a student has for one item. */
export interface CellMark {
  mark: Mark
  /** The submission that counts; null when none does. */
  submissionId: string | null
  /** Of that submission. */
  lateDays: number
  /** Credit of that submission, 0 to 100; 0 without one. */
  percent: number
}

const NOTHING: CellMark = { mark: 0, submissionId: null, lateDays: 0, percent: 0 }

/**
 * The mark for one item: that of the attempt with the greatest one; of equal ones, the earliest counts. Attempts past
 * the limit or outside the time that counts are left out.
 *
 * Attempts that score no greater share than an earlier one may be left out of the input: the earlier one has as much
 * credit or more, and stands as early in the count. Each must carry its number, though.
 * @param graceDays late days that the set may take from the student's budget, where the policy asks for them
 */
export function markCell(
  terms: Terms, points: number, attempts: readonly Attempt[], graceDays = Infinity,
): CellMark {
  let best = NOTHING
  let bestAttempt: Attempt | undefined
  for (const attempt of attempts) {
    if (terms.attemptLimit !== null && attempt.number > terms.attemptLimit) continue
    const credit = creditAt(terms, attempt.at)
    if (!credit || (terms.latePolicy.kind === 'grace-days' && credit.lateDays > graceDays)) continue
    const mark = markOf(points, attempt, credit.percent)
    if (bestAttempt && (mark < best.mark || (mark === best.mark && isEarlier(bestAttempt, attempt)))) continue
    best = { mark, submissionId: attempt.submissionId, ...credit }
    bestAttempt = attempt
  }
  return best
}

function isEarlier(a: Attempt, b: Attempt): boolean {
  return a.at < b.at || (a.at === b.at && a.submissionId < b.submissionId)
}

/**
 * points x score / maxScore x percent / 100, in hundredths of a point, halves rounded up. In whole numbers, so that no
 * mark depends on how fractions are held.
 */
export function markOf(
  points: number, { score, maxScore }: Pick<Attempt, 'score' | 'maxScore'>, percent: number,
): Mark {
  if (maxScore === 0) return 0
  const doubled = 2 * points * score * percent + maxScore
  const divisor = 2 * maxScore
  return (doubled - doubled % divisor) / divisor
}
