import type { Verdict } from '@/lib/contract/verdict'
import type { Queries } from './client'

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
