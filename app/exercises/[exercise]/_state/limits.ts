import type { Limits } from '@/lib/contract/exercise'

/** A browser gives no memory limit, so Run's time bounds it: in 3 s a runaway solution can fill about 3 GiB. */
const LONGEST_RUN_MS = 3_000

/** Wall time of Run for an exercise, milliseconds. */
export function runLimitMs(limits: Limits): number {
  return Math.min(limits.wallMs, LONGEST_RUN_MS)
}
