import type { Queries } from '@/lib/db/client'
import { hashSource } from '@/lib/db/submissions'
import type { DrawnSubmission } from './draw-submissions'

/** Rows of one statement: enough to be fast, few enough to stay far from its time limit. */
const BATCH = 500

/** How long the grading of a demo submission took, milliseconds. */
const GRADED_AFTER_MS = 900

/** Stores graded submissions: the rows that submitting and grading one after the other would have left. */
export async function insertSubmissions(db: Queries, submissions: readonly DrawnSubmission[]): Promise<void> {
  for (let start = 0; start < submissions.length; start += BATCH) {
    const rows = submissions.slice(start, start + BATCH).map((each) => ({
      ...each,
      sourceHash: hashSource(each.source),
      submittedAt: new Date(each.submittedAt).toISOString(),
      gradedAt: new Date(each.submittedAt + GRADED_AFTER_MS).toISOString(),
    }))
    await db.$executeRaw`
      with given as (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
          "id" uuid, "userId" uuid, "exercise" text, "source" text, "sourceHash" text, "verdict" jsonb,
          "submittedAt" timestamptz, "gradedAt" timestamptz)
      ), stored as (
        insert into submissions
          (id, user_id, exercise, version_hash, source, source_hash, state, turn_at, submitted_at, started_at, gradings)
        select "id", "userId", "exercise", "verdict" ->> 'exerciseVersion', "source", "sourceHash", 'done', "submittedAt",
          "submittedAt", "submittedAt", 1
        from given returning id
      )
      insert into verdicts (submission_id, verdict, reason, score, max_score, detail, graded_at)
      select stored.id, ("verdict" ->> 'verdict')::verdict_kind, "verdict" ->> 'reason', ("verdict" ->> 'score')::int,
        ("verdict" ->> 'maxScore')::int, "verdict", "gradedAt"
      from stored join given using (id)`
  }
}

/** The learners' progress, as their verdicts have it: the first of the best, and no attempt for errors of ours. */
export async function insertProgress(db: Queries, userIds: readonly string[]): Promise<void> {
  await db.$executeRaw`
    insert into progress
      (user_id, exercise, best_score, max_score, attempts, best_submission_id, first_passed_at, updated_at)
    select s.user_id, s.exercise, max(v.score), (array_agg(v.max_score order by v.score desc, s.id))[1], count(*),
      (array_agg(s.id order by v.score desc, s.id))[1], min(s.submitted_at) filter (where v.verdict = 'passed'),
      max(v.graded_at)
    from submissions s join verdicts v on v.submission_id = s.id
    where s.user_id = any(${userIds}::uuid[]) and v.verdict <> 'error'
    group by s.user_id, s.exercise`
}

/** The days on which the learners were active. Of the people of the demo nobody has said where they are: it is UTC. */
export async function insertActiveDays(db: Queries, userIds: readonly string[]): Promise<void> {
  await db.$executeRaw`
    insert into active_days (user_id, day, first_at, last_at, first_zone, last_zone, submissions)
    select user_id, (submitted_at at time zone 'UTC')::date, min(submitted_at), max(submitted_at), 'UTC', 'UTC', count(*)
    from submissions where user_id = any(${userIds}::uuid[]) group by 1, 2`
}
