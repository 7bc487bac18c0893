import { testTimeout, type Limits } from '@/lib/contract/exercise'
import type { JudgedTest } from '../judge/messages'
import type { SolutionRun } from './run-solution'

/** Part of a time limit for which a solution must have lacked a processor for the limit not to count. */
const STARVED_SHARE = 0.2

/** Whether the machine may have had its part in how a run ended, so that it says nothing about the solution yet. */
export function machineHadPart(run: SolutionRun, limits: Limits): boolean {
  return wasStarved(run, limits) || wasKilled(run)
}

/** It met a time limit, its own or that of one test, on a machine that was too busy to let it run. */
function wasStarved({ timedOut, tests, usage: { starvedMs } }: SolutionRun, limits: Limits): boolean {
  if (starvedMs === null) return false
  const overran = ({ state, durationMs }: JudgedTest): boolean => state === 'failed' && durationMs >= testTimeout(limits)
  return (timedOut && starvedMs > limits.wallMs * STARVED_SHARE)
    || (tests.some(overran) && starvedMs > testTimeout(limits) * STARVED_SHARE)
}

/** Its guest was killed by somebody else: whoever runs the machine, or a system that is short of memory. */
function wasKilled({ outcome, timedOut, flooded, exit }: SolutionRun): boolean {
  return !timedOut && !flooded && outcome?.breach === null && outcome.guestGone && exit.signal === 'SIGKILL'
}
