import type { RegradeEffect, SubmissionRegrades } from '@/lib/contract/submission'
import { type RulesHidden, Verdict, verdictView } from '@/lib/contract/verdict'
import { findStanding, listAppliedResults, type Standing } from '@/lib/db/applied-regrades'
import type { Queries } from '@/lib/db/client'

type Scored = Pick<Verdict, 'verdict' | 'score' | 'maxScore'>

/**
 * What regrades that were applied found of a submission, for its author; null without any. Dry runs, stopped ones and
 * errors of ours are not told: they mean nothing for anybody.
 * @param original the submission's own verdict
 * @param rulesHidden what keeps the titles of rules from the author at present
 */
export async function findRegradesOf(
  db: Queries,
  submissionId: string,
  original: Scored,
  rulesHidden: RulesHidden | null,
): Promise<SubmissionRegrades | null> {
  const rows = await listAppliedResults(db, submissionId)
  const results = rows.map(({ gradedAt, detail }) => ({ gradedAt, verdict: Verdict.parse(detail) }))
  const [latest] = results
  if (!latest) return null
  const standing = await findStanding(db, submissionId)
  const mayLower = rows.some(({ lowered }) => lowered)
  return {
    results: results.map(({ gradedAt, verdict }) => {
      return { gradedAt: gradedAt.toISOString(), verdict: verdictView(verdict, rulesHidden) }
    }),
    best: standing && {
      effect: effectOn(standing, original, latest.verdict, mayLower),
      score: standing.score,
      maxScore: standing.maxScore,
      passLost: mayLower && lostPass(standing),
    },
  }
}

/*
 * No row says what a regrade did to one learner; it follows from what there is now. A best score only ever rises, but
 * for regrades that lower, so one below what has counted before was lowered. And it rests on one submission, whose
 * result either became the score, or was not let in.
 */
function effectOn(standing: Standing, original: Scored, latest: Scored, mayLower: boolean): RegradeEffect {
  if (mayLower && (standing.highestScore > standing.score || lostPass(standing))) return 'lowered'
  if (!standing.isOfThis) return 'elsewhere'
  const passed = { before: original.verdict === 'passed', after: latest.verdict === 'passed' }
  const isLatest = standing.score === latest.score && standing.maxScore === latest.maxScore
  if (!isLatest || (standing.passed && passed.before && !passed.after)) return 'kept'
  const isMore = original.verdict === 'error' || latest.score > original.score || (passed.after && !passed.before)
  return isMore ? 'raised' : 'unchanged'
}

function lostPass({ everPassed, passed }: Standing): boolean {
  return everPassed && !passed
}
