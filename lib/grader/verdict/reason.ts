import type { VerdictReason } from '@/lib/contract/verdict'
import type { Limits } from '@/lib/contract/exercise'
import { guestLimits } from '../host/guest-command'
import type { SolutionRun } from '../host/run-solution'

/** What the engine writes before it gives up for want of memory. */
const OUT_OF_MEMORY = /out of memory|memory allocation of \d+ bytes failed|Cannot allocate memory|reserve.*code range/i

/** How the engine ends when it gets no more memory. */
const ABORTS: readonly (NodeJS.Signals | null)[] = ['SIGTRAP', 'SIGABRT', 'SIGILL', 'SIGSEGV', 'SIGBUS']

/**
 * Why a run ended otherwise than by its tests; null when the tests alone decide. Most telling first: what a broken
 * protocol leads to, for instance, says nothing of its own.
 */
export function reasonOf(run: SolutionRun, limits: Limits): VerdictReason | null {
  const { outcome, timedOut, flooded } = run
  if (outcome?.breach?.kind === 'protocol') return 'protocol-error'
  if (outcome?.breach?.kind === 'output' || flooded) return 'output-limit'
  if (timedOut) return 'time-limit'
  // What the solution sent did not fit into the judge.
  if (outcome === null) return 'output-limit'
  if (outcome.guestGone) return reasonOfDeath(run, limits)
  return outcome.loadFailure || outcome.missingExport ? 'runtime-error' : null
}

function reasonOfDeath({ exit: { signal }, stderr, wallMs }: SolutionRun, limits: Limits): VerdictReason {
  if (signal === 'SIGXCPU') return 'time-limit'
  // Not ours: the hard limit on processor time, or the system itself is short of memory.
  if (signal === 'SIGKILL') return wallMs >= guestLimits(limits).cpuSeconds * 900 ? 'time-limit' : 'memory-limit'
  return ABORTS.includes(signal) || OUT_OF_MEMORY.test(stderr) ? 'memory-limit' : 'runtime-error'
}
