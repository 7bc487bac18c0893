import type { GradedSource, GradedSubmission } from '@/lib/contract/graded-submission'
import { Id } from '@/lib/contract/id'
import { VerdictReason, type VerdictKind } from '@/lib/contract/verdict'
import { findGraded, listGraded, type GradedRow } from '@/lib/db/graded-submissions'
import { withDatabase } from './database'

/** Most submissions that one list holds. */
export const MAX_GRADED = 100

export interface GradedQuery {
  verdict: VerdictKind
  /** Id of the last submission of the page before. */
  before?: string
  /** At most MAX_GRADED, which is also the default. */
  limit?: number
}

/** Graded submissions of everybody for an admin to look at, latest first. */
export async function listGradedSubmissions(query: GradedQuery): Promise<GradedSubmission[]> {
  const { verdict, before, limit = MAX_GRADED } = query
  if (before !== undefined && !Id.safeParse(before).success) return []
  const filter = { verdict, before, limit: Math.max(1, Math.min(limit, MAX_GRADED)) }
  return (await withDatabase((db) => listGraded(db, filter))).map(toGraded)
}

/** One of them with its source; null when there is none that has been graded. */
export async function findGradedSubmission(id: string): Promise<GradedSource | null> {
  if (!Id.safeParse(id).success) return null
  const row = await withDatabase((db) => findGraded(db, id))
  return row && { ...toGraded(row), source: row.source }
}

function toGraded({ id, exercise, user, submittedAt, gradings, versionHash, verdict }: GradedRow): GradedSubmission {
  if (!verdict) throw new Error(`The submission ${id} has no verdict`)
  return {
    id,
    exercise,
    author: user,
    submittedAt: submittedAt.toISOString(),
    verdict: verdict.verdict,
    reason: VerdictReason.nullable().parse(verdict.reason),
    gradings,
    exerciseVersion: versionHash,
  }
}
