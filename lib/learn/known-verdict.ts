import { testTimeout } from '@/lib/contract/exercise'
import { Verdict } from '@/lib/contract/verdict'
import type { Queries } from '@/lib/db/client'
import { DEAD_AFTER_MS } from '@/lib/db/graders'
import { findVerdictOnSource } from '@/lib/db/verdicts'

/**
 * The verdict that this source got before, from the runtime that graders have now, on whatever seed; null when it has
 * to be graded. A verdict that the machine may have had a part in does not count: an `error`, or a time limit, be it
 * that of a single test.
 */
export async function findKnownVerdict(db: Queries, versionHash: string, source: string): Promise<Verdict | null> {
  const detail = await findVerdictOnSource(db, versionHash, source, DEAD_AFTER_MS)
  if (detail === null) return null
  const verdict = Verdict.parse(detail)
  return metTestTimeout(verdict) ? null : verdict
}

/** Durations in verdicts are rounded. */
function metTestTimeout({ tests, limits }: Verdict): boolean {
  return tests.some(({ state, durationMs }) => state === 'failed' && durationMs >= Math.floor(testTimeout(limits)))
}
