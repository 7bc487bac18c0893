import { createGrader } from '@/lib/grader'
import type { Verdict } from '@/lib/contract/verdict'
import { describeTitles } from '../../groups'
import { type HostOptions, passed, type Run, type RunResult } from '../run'

/**
 * How often a reference that does not pass is tried again. The same seed gives the same tests and the same numbers, so
 * a second try tells apart what is wrong with it from a machine that let two processes wait for each other too long.
 */
const REPEATS = 2

/** Runs cases as submissions are graded: judge and guest in two processes, under the exercise's limits. */
export async function runPipe(
  runs: readonly Run[],
  { workers, onEnded }: HostOptions,
): Promise<RunResult[]> {
  const grader = await createGrader({ concurrency: workers })
  const waiting = [...runs]
  const results: RunResult[] = []
  const once = async (run: Run): Promise<RunResult> => {
    return resultOf(run, await grader.grade({ exercise: gradable(run), source: run.source, seed: run.seed }))
  }
  const work = async (): Promise<void> => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      let result = await once(run)
      for (let repeat = 0; repeat < REPEATS && run.mustEnd && !passed(result); repeat++) result = await once(run)
      results.push(result)
      onEnded()
    }
  }
  try {
    await Promise.all(Array.from({ length: workers }, work))
  } finally {
    await grader.close()
  }
  return results
}

/** The run's test file as the hidden tests of an exercise; its groups carry a point each. */
function gradable(run: Run) {
  const about = { en: 'checked', zh: '检查' }
  const groups = Object.fromEntries(describeTitles(run.testSource).map((title) => [title, { points: 1, about }]))
  return {
    slug: run.place.split('/')[1] ?? run.place,
    version: run.id,
    hiddenTests: run.testSource,
    groups,
    limits: run.limits,
    wrong: {},
    misconceptions: [],
  }
}

/** A verdict keeps what tests say to itself, so there are no messages. */
export function resultOf(run: Run, verdict: Verdict): RunResult {
  const tests = verdict.tests.map(({ group, name, state }) => ({ group, name, state, message: null }))
  const place = verdict.problem === null ? '' : ` (${verdict.problem.message})`
  const fault = verdict.reason === null ? null : `${verdict.reason}${place}`
  return { run, host: 'pipe', tests, fault, wallMs: verdict.stats.wallMs }
}
