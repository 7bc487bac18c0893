import { expect, it } from 'vitest'
import { testTimeout } from '@/lib/contract/exercise'
import { machineHadPart } from '@/lib/grader/host/machine-part'
import type { SolutionRun } from '@/lib/grader/host/run-solution'

/* Which runs are tried once more, since they may tell of the machine instead of the solution. */

const LIMITS = { wallMs: 4_000, memoryMiB: 128 }
const LIMIT_OF_TEST = testTimeout(LIMITS)

const ENDED: SolutionRun = {
  outcome: {
    guestStarted: true, loadFailure: null, missingExport: null, errors: 0, uncaught: 0, breach: null, guestGone: false,
  },
  tests: [],
  timedOut: false,
  stalled: false,
  flooded: false,
  exit: { code: 0, signal: null },
  stderr: '',
  usage: { peakRssKb: 50_000, starvedMs: 0 },
  wallMs: 900,
  phases: { startMs: 10, testsMs: 880, endMs: 10 },
}
const starvedFor = (starvedMs: number | null) => ({ usage: { peakRssKb: 50_000, starvedMs } })
const test = (state: 'passed' | 'failed', durationMs: number) => ({ tests: [{ suites: [], name: 'adds', state, durationMs }] })
const killed = { exit: { code: null, signal: 'SIGKILL' as const } }

it.each<[what: string, run: Partial<SolutionRun>]>([
  ['met the limit of all tests without a processor', { timedOut: true, ...starvedFor(900) }],
  ['met the limit of one test without a processor', { ...test('failed', LIMIT_OF_TEST), ...starvedFor(300) }],
  ['was killed by somebody else', { ...killed, outcome: { ...ENDED.outcome!, guestGone: true } }],
])('a run that %s is tried once more', (_, run) => {
  expect(machineHadPart({ ...ENDED, ...run }, LIMITS)).toBe(true)
})

it.each<[what: string, run: Partial<SolutionRun>]>([
  ['ended in order', {}],
  ['met the limit of all tests by itself', { timedOut: true, ...starvedFor(700) }],
  ['met the limit of one test by itself', { ...test('failed', LIMIT_OF_TEST), ...starvedFor(100) }],
  ['failed a test early, on a busy machine', { ...test('failed', LIMIT_OF_TEST - 1), ...starvedFor(300) }],
  ['passed a long test', { ...test('passed', LIMIT_OF_TEST + 100), ...starvedFor(300) }],
  ['met a limit where the system tells nothing', { timedOut: true, ...starvedFor(null) }],
  ['was killed at its limit', { timedOut: true, ...killed, outcome: { ...ENDED.outcome!, guestGone: true } }],
  ['was killed for what it wrote', { flooded: true, ...killed, outcome: { ...ENDED.outcome!, guestGone: true } }],
])('a run that %s is believed', (_, run) => {
  expect(machineHadPart({ ...ENDED, ...run }, LIMITS)).toBe(false)
})
