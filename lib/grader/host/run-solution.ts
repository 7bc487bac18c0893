import { setTimeout as sleep } from 'node:timers/promises'
import type { Limits } from '@/lib/contract/exercise'
import type { GradingPhases } from '@/lib/contract/verdict'
import type { JudgedTest, JudgeOutcome, JudgeTask } from '../judge/messages'
import { guestLimits } from './guest-command'
import type { GuestPool } from './guest-pool'
import type { GuestExit, GuestProcess, GuestUsage } from './guest-process'
import type { JudgePool } from './judge-pool'
import { JudgeDied, type JudgeThread } from './judge-thread'
import { createWaits, watchForStall } from './stall-watch'

/** Time that a guest may take to start on a busy machine, milliseconds. None of it counts against the solution. */
const START_MS = 20_000
/** Time that the judge is given to finish once the guest is dead, milliseconds. */
const JUDGE_GRACE_MS = 1_000
/** Time that a guest which has closed its connection is given to end as it would, so that the reason can be told. */
const DEATH_GRACE_MS = 500

/** Everything that was seen of one run. What it means is decided elsewhere (verdict/). */
export interface SolutionRun {
  /** Null when the judge was stopped for not finishing, or outgrew its memory. */
  outcome: JudgeOutcome | null
  /** Tests whose outcome became known, in the order in which they ended. */
  tests: JudgedTest[]
  /** Whether the guest or the judge was stopped at the wall limit. */
  timedOut: boolean
  /** Whether the guest was stopped since one call of the solution took too large a part of the wall limit. */
  stalled: boolean
  /** Whether the guest was stopped for what it wrote to standard error. */
  flooded: boolean
  exit: GuestExit
  stderr: string
  usage: GuestUsage
  wallMs: number
  phases: Pick<GradingPhases, 'startMs' | 'testsMs' | 'endMs'>
}

/** There was no guest, so nothing of the solution has been loaded: it had no part in it. */
export class GuestNotStarted extends Error {
  override readonly name = 'GuestNotStarted'
}

/** Part of the wall limit that one call may take, a little more than a test may. What is left is for the tests that remain, in another guest. */
const STALL_SHARE = 0.3

/** What the host adds to a task. */
export type RunTask = Omit<JudgeTask, 'ends' | 'waits'>

export interface Workshop {
  guests: GuestPool
  judges: JudgePool
}

/**
 * Runs a solution in a guest of its own and its tests in a judge, and ends both when the time is up. When this
 * returns, the guest is gone.
 * @param budgetMs what is left of the wall limit
 * @throws for faults of ours only; the judge and the guest are then gone as well
 */
export async function runSolution(
  { guests, judges }: Workshop,
  task: RunTask,
  limits: Limits,
  budgetMs = limits.wallMs,
): Promise<SolutionRun> {
  return judges.with(async (judge) => {
    const guest = await guests.take(guestLimits(limits)).catch((error: unknown) => {
      throw new GuestNotStarted(`A guest cannot be started. ${(error as Error).message}`, { cause: error })
    })
    try {
      const result = await watch(judge, guest, task, { budgetMs, patienceMs: limits.wallMs * STALL_SHARE })
      const { outcome, timedOut } = result
      return { result, reusable: outcome !== null && outcome.breach === null && !outcome.guestGone && !timedOut }
    } catch (error) {
      guest.kill()
      await judge.stop()
      throw error
    } finally {
      // The judge is done with its descriptors here, one way or the other.
      await guest.dispose()
    }
  })
}

async function watch(
  judge: JudgeThread,
  guest: GuestProcess,
  task: RunTask,
  { budgetMs, patienceMs }: { budgetMs: number; patienceMs: number },
): Promise<SolutionRun> {
  const tests: JudgedTest[] = []
  const waits = createWaits()
  let timedOut = false
  let stalled = false
  let usage: GuestUsage | null = null
  const taken = performance.now()
  let started = taken
  const timers = [setTimeout(() => guest.kill(), START_MS)]
  let endWatch = (): void => {}
  const startClock = (): void => {
    timers.forEach(clearTimeout)
    started = performance.now()
    const end = (): void => {
      timedOut = true
      usage = guest.usage()
      guest.kill()
    }
    timers.push(setTimeout(end, budgetMs), setTimeout(() => void judge.stop(), budgetMs + JUDGE_GRACE_MS))
    endWatch = watchForStall(waits, patienceMs, () => {
      stalled = true
      end()
    })
  }
  let outcome: JudgeOutcome | null
  try {
    outcome = await judge.judge({ ...task, ends: guest.judgeEnds, waits }, startClock, (test) => tests.push(test))
  } catch (error) {
    outcome = explained(error, timedOut)
  } finally {
    timers.forEach(clearTimeout)
    endWatch()
  }
  const took = performance.now() - started
  if (outcome && !outcome.guestStarted) {
    throw new GuestNotStarted(`A guest did not start. ${guest.stderr.slice(0, 500)}`.trim())
  }
  usage ??= guest.usage()
  if (outcome?.guestGone) await Promise.race([guest.exited, sleep(DEATH_GRACE_MS)])
  guest.kill()
  if (outcome === null) await judge.stop()
  const exit = await guest.exited
  const phases = { startMs: started - taken, testsMs: took, endMs: performance.now() - started - took }
  return { outcome, tests, timedOut, stalled, flooded: guest.flooded, exit, stderr: guest.stderr, usage, wallMs: took, phases }
}

/** A judge may be lost to a solution in two ways only; any other is a fault of ours. */
function explained(error: unknown, timedOut: boolean): null {
  const isExplained = error instanceof JudgeDied && (error.cause === 'memory' || (error.cause === 'stopped' && timedOut))
  if (!isExplained) throw error
  return null
}
