import type { Queries } from './client'
import { Prisma, type Progress } from './generated/client'
import { planned } from './planned'

export type { Progress }

/** One graded submission, as far as it counts towards progress. */
export interface Attempt {
  submissionId: string
  userId: string
  exercise: string
  score: number
  maxScore: number
  passed: boolean
  submittedAt: Date
}

/**
 * Counts an attempt and keeps the better score, in one statement, so that verdicts of one user that are written at
 * the same time add up. Of equal scores the first stays; the first pass is the earliest by submission, whatever the
 * order of grading.
 */
export async function countAttempt(db: Queries, attempt: Attempt): Promise<void> {
  const { submissionId, userId, exercise, score, maxScore, passed, submittedAt } = attempt
  const passedAt = passed ? Prisma.sql`${submittedAt}::timestamptz` : Prisma.sql`null::timestamptz`
  const better = Prisma.sql`excluded.best_score > progress.best_score`
  await db.$executeRaw(planned(Prisma.sql`
    insert into progress
      (user_id, exercise, best_score, max_score, attempts, best_submission_id, first_passed_at, updated_at)
    values
      (${userId}::uuid, ${exercise}, ${score}, ${maxScore}, 1, ${submissionId}::uuid, ${passedAt}, now())
    on conflict (user_id, exercise) do update set
      best_score = greatest(progress.best_score, excluded.best_score),
      max_score = case when ${better} then excluded.max_score else progress.max_score end,
      best_submission_id = case when ${better} or progress.best_submission_id is null
        then excluded.best_submission_id else progress.best_submission_id end,
      attempts = progress.attempts + 1,
      first_passed_at = least(progress.first_passed_at, excluded.first_passed_at),
      updated_at = now()`))
}

export function findProgress(db: Queries, userId: string, exercise: string): Promise<Progress | null> {
  return db.progress.findUnique({ where: { userId_exercise: { userId, exercise } } })
}

/** All exercises that the user has a verdict for. */
export function listProgress(db: Queries, userId: string): Promise<Progress[]> {
  return db.progress.findMany({ where: { userId }, orderBy: { exercise: 'asc' } })
}
