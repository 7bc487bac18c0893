import { TAKES_ATTEMPT } from './attempt-numbers'
import type { Queries } from './client'

/** How often one person has attempted one exercise. */
export interface AttemptCount {
  userId: string
  exercise: string
  attempts: number
}

/** How often each of these people has attempted each of these exercises from a moment on; who has not is missing. */
export function countAttempts(
  db: Queries, userIds: readonly string[], exercises: readonly string[], from: Date,
): Promise<AttemptCount[]> {
  return db.$queryRaw<AttemptCount[]>`
    select s.user_id::text as "userId", s.exercise, count(*)::int as attempts
    from submissions s left join verdicts v on v.submission_id = s.id
    where s.user_id = any(${[...userIds]}::uuid[]) and s.exercise = any(${[...exercises]}::text[])
      and s.submitted_at >= ${from} and coalesce(${TAKES_ATTEMPT}, true)
    group by s.user_id, s.exercise`
}
