import type { Queries } from './client'
import { countedVerdicts } from './counted-verdicts'
import { Prisma } from './generated/client'

/** How a user came to where they stand on one exercise. */
export interface ExerciseHistory {
  exercise: string
  firstPassedAt: Date | null
  /** When the latest submission was made that has the full score, by what counts today. */
  lastPassedAt: Date | null
  /** Graded submissions before the first pass, or all of them without one. Errors of ours are none. */
  attemptsBefore: number
  lastSubmittedAt: Date
}

/** All exercises that the user has submitted, those that wait for their first verdict too; the latest first. */
export function listExerciseHistory(db: Queries, userId: string): Promise<ExerciseHistory[]> {
  const own = Prisma.sql`s.user_id = ${userId}::uuid`
  return db.$queryRaw<ExerciseHistory[]>`
    with counted as (${countedVerdicts(own)})
    select s.exercise, p.first_passed_at as "firstPassedAt", max(s.submitted_at) as "lastSubmittedAt",
      max(s.submitted_at) filter (where c.share >= 1) as "lastPassedAt",
      (count(*) filter (
        where v.verdict <> 'error' and (p.first_passed_at is null or s.submitted_at < p.first_passed_at)
      ))::int as "attemptsBefore"
    from submissions s
    left join verdicts v on v.submission_id = s.id
    left join counted c on c.id = s.id
    left join progress p on p.user_id = s.user_id and p.exercise = s.exercise
    where ${own}
    group by s.exercise, p.first_passed_at
    order by max(s.submitted_at) desc, s.exercise`
}
