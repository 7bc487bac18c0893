import type { SubmissionStanding } from '@/lib/contract/marking'
import type { CellSubmissionRow } from '@/lib/db/cell-submissions'
import { markOf } from '@/lib/marks/cell'
import { lateDays as lateDaysOf } from '@/lib/marks/late-days'
import { creditAt } from '@/lib/marks/marks'
import type { Mark, Terms } from '@/lib/marks/terms'

/** What a submission means for the mark of its cell. */
export interface Standing {
  standing: SubmissionStanding
  /** Which attempt since the opening it is, from 1; null for those that took none. */
  number: number | null
  lateDays: number
  percent: number | null
  mark: Mark | null
}

export interface StandingInput {
  terms: Terms
  points: number
  /** Late days that the student's set takes from the budget. */
  graceDays: number
  /** The submission that counts, as the marks of the class have it. */
  counting: string | null
  /** Those of the cell, the earliest first. */
  submissions: readonly CellSubmissionRow[]
}

const NOTHING = { number: null, lateDays: 0, percent: null, mark: null }

/** Says of each submission whether it counts, or why not, in the same order. */
export function explainSubmissions(input: StandingInput): Standing[] {
  return input.submissions.map((row) => {
    if (row.state !== 'done') return { standing: 'waiting', ...NOTHING }
    if (row.score === null) return { standing: 'error', ...NOTHING }
    return { number: row.takesAttempt ? row.number : null, ...explainGraded(input, row) }
  })
}

function explainGraded(
  { terms, points, graceDays, counting }: StandingInput, row: CellSubmissionRow,
): Omit<Standing, 'number'> {
  const at = row.submittedAt.getTime()
  const credit = creditAt(terms, at)
  if (terms.attemptLimit !== null && row.number > terms.attemptLimit) {
    return { standing: 'over-limit', lateDays: credit?.lateDays ?? 0, percent: null, mark: null }
  }
  if (!credit) return { standing: 'late', lateDays: lateDaysOf(terms, at), percent: null, mark: null }
  const { lateDays, percent } = credit
  if (terms.latePolicy.kind === 'grace-days' && lateDays > graceDays) {
    return { standing: 'no-days', lateDays, percent: null, mark: null }
  }
  const mark = markOf(points, { score: row.score ?? 0, maxScore: row.maxScore ?? 0 }, percent)
  return { standing: row.id === counting ? 'counts' : 'less', lateDays, percent, mark }
}
