import type { Queries } from './client'
import { countedVerdicts } from './counted-verdicts'
import { Prisma, type SubmissionState, type VerdictKind } from './generated/client'

/* What leaves a class as a file. */

export interface ExportedSubmission {
  id: string
  userId: string
  exercise: string
  submittedAt: Date
  state: SubmissionState
  verdict: VerdictKind | null
  /** What counts: of the verdict, or of a regrade that was applied. Null for errors and before the verdict. */
  score: number | null
  maxScore: number | null
}

/** An exercise of a class: submissions are its business from the opening of a set on. */
export interface ExportedExercise {
  exercise: string
  opensAt: Date
}

/** The submissions of these people for these exercises, each named once, without sources; by person and time. */
export async function listSubmissionsForExport(
  db: Queries, userIds: readonly string[], exercises: readonly ExportedExercise[],
): Promise<ExportedSubmission[]> {
  const slugs = exercises.map(({ exercise }) => exercise)
  const wanted = Prisma.sql`s.user_id = any(${userIds}::uuid[]) and s.exercise = any(${slugs}::text[])`
  return db.$queryRaw<ExportedSubmission[]>`
    with counted as (${countedVerdicts(wanted)})
    select s.id::text, s.user_id::text as "userId", s.exercise, s.submitted_at as "submittedAt", s.state, v.verdict,
      c.score, c.max_score as "maxScore"
    from submissions s
    join unnest(${slugs}::text[], ${exercises.map(({ opensAt }) => opensAt)}::timestamptz[]) as e (exercise, opens_at)
      on e.exercise = s.exercise and e.opens_at <= s.submitted_at
    left join verdicts v on v.submission_id = s.id left join counted c on c.id = s.id
    where ${wanted} order by s.user_id, s.submitted_at, s.id`
}

/** What staff of a class said of submissions of these people, the earliest first. */
export function listCommentsForExport(db: Queries, classId: string, userIds: readonly string[]) {
  return db.comment.findMany({
    where: { classId, submission: { userId: { in: [...userIds] } } },
    orderBy: { id: 'asc' },
    select: {
      submissionId: true, line: true, body: true, createdAt: true, editedAt: true, author: { select: { name: true } },
    },
  })
}
