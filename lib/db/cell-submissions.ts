import { attemptNumber, TAKES_ATTEMPT } from './attempt-numbers'
import type { Queries } from './client'
import { countedVerdicts } from './counted-verdicts'
import { Prisma, type SubmissionState } from './generated/client'

/** What a cell of the gradebook is about: what one student submitted for one exercise since its set opened. */
export interface CellOf {
  userId: string
  exercise: string
  opensAt: Date
}

export interface CellSubmissionRow {
  id: string
  submittedAt: Date
  state: SubmissionState
  /** What counts of it: of its verdict, or of a regrade that was applied. Null for errors and before the verdict. */
  score: number | null
  maxScore: number | null
  /** Whether that is of a regrade. */
  regraded: boolean
  /** Which attempt since the opening it is, from 1; see attemptNumber. */
  number: number
  /** Whether it took an attempt: not before its verdict, and not if that was an error of ours. */
  takesAttempt: boolean
}

/** The submissions of a cell, the earliest first. */
export function listCellSubmissions(db: Queries, of: CellOf): Promise<CellSubmissionRow[]> {
  const ofCell = Prisma.sql`
    s.user_id = ${of.userId}::uuid and s.exercise = ${of.exercise} and s.submitted_at >= ${of.opensAt}`
  return db.$queryRaw<CellSubmissionRow[]>`
    with counted as (${countedVerdicts(ofCell)}), cell as (
      select s.id, s.submitted_at, s.state, c.score, c.max_score, coalesce(${TAKES_ATTEMPT}, false) as takes_attempt,
        c.id is not null and (v.verdict = 'error' or c.score <> v.score or c.max_score <> v.max_score) as regraded
      from submissions s left join verdicts v on v.submission_id = s.id left join counted c on c.id = s.id
      where ${ofCell}
    )
    select id::text, submitted_at as "submittedAt", state, score, max_score as "maxScore", regraded,
      ${attemptNumber(Prisma.empty)}::int as number, takes_attempt as "takesAttempt"
    from cell order by submitted_at, id`
}

/** One of them with its source and verdict; null when it is none of the cell's. */
export function findCellSubmission(db: Queries, { userId, exercise, opensAt }: CellOf, id: string) {
  return db.submission.findFirst({
    where: { id, userId, exercise, submittedAt: { gte: opensAt } },
    select: {
      id: true, exercise: true, state: true, submittedAt: true, source: true, verdict: { select: { detail: true } },
    },
  })
}

/** What was submitted; by id, for those who know that they may see it. */
export function getSource(db: Queries, id: string): Promise<{ id: string; submittedAt: Date; source: string }> {
  return db.submission.findUniqueOrThrow({ where: { id }, select: { id: true, submittedAt: true, source: true } })
}
