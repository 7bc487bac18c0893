import type { Queries } from './client'
import { Prisma } from './generated/client'

/* What regrades mean for single submissions, once they are applied. Errors of ours count for nothing there. */

const COUNTS = Prisma.sql`r.verdict in ('passed', 'failed') and g.applied_at is not null`

export interface AppliedResult {
  gradedAt: Date
  /** The verdict as JSON. */
  detail: unknown
  /** Whether the regrade was applied with lowering scores. */
  lowered: boolean
}

/** The results of a submission that have become part of progress; the one that counts comes first. */
export function listAppliedResults(db: Queries, submissionId: string): Promise<AppliedResult[]> {
  return db.$queryRaw<AppliedResult[]>`
    select r.graded_at as "gradedAt", r.detail, g.lowered
    from regrade_results r join regrades g on g.id = r.regrade_id
    where r.submission_id = ${submissionId}::uuid and ${COUNTS}
    order by g.applied_at desc`
}

/** Which of these submissions have such results. */
export async function listRegraded(db: Queries, submissionIds: string[]): Promise<Set<string>> {
  if (submissionIds.length === 0) return new Set()
  const rows = await db.$queryRaw<{ id: string }[]>`
    select distinct r.submission_id::text as id
    from regrade_results r join regrades g on g.id = r.regrade_id
    where r.submission_id = any(${submissionIds}::uuid[]) and ${COUNTS}`
  return new Set(rows.map(({ id }) => id))
}

/** A learner's best score on an exercise, beside the highest that any grading has counted for. */
export interface Standing {
  score: number
  maxScore: number
  passed: boolean
  /** Whether the best score is that of the submission in question. */
  isOfThis: boolean
  highestScore: number
  everPassed: boolean
}

/** How the author of a submission stands on its exercise; null without any progress. */
export async function findStanding(db: Queries, submissionId: string): Promise<Standing | null> {
  const [row] = await db.$queryRaw<Standing[]>`
    with own as (
      select o.id, o.user_id, o.exercise from submissions s
      join submissions o on o.user_id = s.user_id and o.exercise = s.exercise
      where s.id = ${submissionId}::uuid
    ), counted as (
      select v.verdict, v.score from own join verdicts v on v.submission_id = own.id where v.verdict <> 'error'
      union all
      select r.verdict, r.score from own join regrade_results r on r.submission_id = own.id
      join regrades g on g.id = r.regrade_id where ${COUNTS}
    )
    select p.best_score as score, p.max_score as "maxScore", p.first_passed_at is not null as passed,
      p.best_submission_id is not distinct from own.id as "isOfThis",
      coalesce((select max(score) from counted), 0) as "highestScore",
      exists (select from counted where verdict = 'passed') as "everPassed"
    from own join progress p on p.user_id = own.user_id and p.exercise = own.exercise
    where own.id = ${submissionId}::uuid`
  return row ?? null
}
