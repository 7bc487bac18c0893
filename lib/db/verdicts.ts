import type { Verdict } from '@/lib/contract/verdict'
import type { Queries } from './client'
import { Prisma } from './generated/client'
import { planned } from './planned'
import { hashSource } from './submissions'

/**
 * Writes the verdict of a submission, once: of several that come at the same time, one is kept.
 * @returns whether this one was
 */
export async function insertVerdict(db: Queries, submissionId: string, verdict: Verdict): Promise<boolean> {
  const { verdict: kind, reason, score, maxScore } = verdict
  const row = { submissionId, verdict: kind, reason, score, maxScore, detail: verdict }
  const { count } = await db.verdict.createMany({ data: [row], skipDuplicates: true })
  return count > 0
}

/**
 * The latest verdict on the same source and version, by a runtime that a living grader has, as JSON; null without one.
 * Verdicts of `error` and those of the time limit are left out.
 * @param deadAfterMs a grader that was silent for longer counts as dead
 */
export async function findVerdictOnSource(
  db: Queries,
  versionHash: string,
  source: string,
  deadAfterMs: number,
): Promise<unknown> {
  const [row] = await db.$queryRaw<{ detail: unknown }[]>(planned(Prisma.sql`
    select v.detail from submissions s join verdicts v on v.submission_id = s.id
    where s.source_hash = ${hashSource(source)} and s.version_hash = ${versionHash}
      and v.verdict <> 'error' and v.reason is distinct from 'time-limit'
      and exists (
        select from graders g where g.runtime_version = v.detail ->> 'runtimeVersion'
          and g.seen_at > now() - ${deadAfterMs}::float8 * interval '1 millisecond'
      )
    order by s.id desc limit 1`))
  return row?.detail ?? null
}
