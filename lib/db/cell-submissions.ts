import type { Queries } from './client'
import { countedVerdicts } from './counted-verdicts'
import { Prisma, type SubmissionState } from './generated/client'

export interface CellSubmissionRow {
  id: string
  submittedAt: Date
  state: SubmissionState
  /** What counts of it: of its verdict, or of a regrade that was applied. Null for errors and before the verdict. */
  score: number | null
  maxScore: number | null
  /** Whether that is of a regrade. */
  regraded: boolean
}

/** All submissions of one person for one exercise, the earliest first. */
export function listCellSubmissions(db: Queries, userId: string, exercise: string): Promise<CellSubmissionRow[]> {
  const ofCell = Prisma.sql`s.user_id = ${userId}::uuid and s.exercise = ${exercise}`
  return db.$queryRaw<CellSubmissionRow[]>`
    with counted as (${countedVerdicts(ofCell)})
    select s.id::text, s.submitted_at as "submittedAt", s.state, c.score, c.max_score as "maxScore",
      c.id is not null and (v.verdict = 'error' or c.score <> v.score or c.max_score <> v.max_score) as regraded
    from submissions s left join verdicts v on v.submission_id = s.id left join counted c on c.id = s.id
    where ${ofCell} order by s.submitted_at, s.id`
}

/** One of them with its source and verdict; null when it is none of this person's for this exercise. */
export function findCellSubmission(db: Queries, userId: string, exercise: string, id: string) {
  return db.submission.findFirst({
    where: { id, userId, exercise },
    select: {
      id: true, exercise: true, state: true, submittedAt: true, source: true, verdict: { select: { detail: true } },
    },
  })
}

/** What was submitted; by id, for those who know that they may see it. */
export function getSource(db: Queries, id: string): Promise<{ id: string; submittedAt: Date; source: string }> {
  return db.submission.findUniqueOrThrow({ where: { id }, select: { id: true, submittedAt: true, source: true } })
}
