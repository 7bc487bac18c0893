import { readSync, writeSync } from 'node:fs'
import { types } from 'node:util'
import { isClockFaked } from '@/lib/runtime/clock'
import { linkGuest, type GuestLink } from '@/lib/runtime/membrane/judge-link'
import { runTests } from '@/lib/runtime/run-tests'
import { createFrameChannel, OutputLimitExceeded } from '../frames'
import { fullName, type JudgedTest, type JudgeOutcome, type JudgeTask } from './messages'
import { testFile } from './test-files'

/**
 * Runs the hidden tests against the solution in a guest. Blocks while the guest works; when it has been killed, what
 * is left fails quickly.
 * @param onStarted called before the guest is given the solution
 * @param onEnded called with each test as soon as its outcome is known
 */
export async function judgeSolution(
  task: JudgeTask,
  onStarted: () => void,
  onEnded: (test: JudgedTest) => void,
): Promise<JudgeOutcome> {
  const failed = new AbortController()
  const leftOut = new Set(task.leaveOut)
  const begun = new Set<string>()
  let isLoaded = false
  const read = (into: Uint8Array): number => readSync(task.ends.read, into)
  const channel = createFrameChannel({
    read: (into) => (isLoaded ? waiting(task.waits, () => read(into)) : read(into)),
    write: (bytes) => writeSync(task.ends.write, bytes),
  })
  const link = linkGuest(channel, { isClockFaked, isProxy: types.isProxy, onFailure: () => failed.abort() })
  const isAlive = (): boolean => !link.closed && !link.breach
  const outcome: JudgeOutcome = {
    guestStarted: false, loadFailure: null, missingExport: null, errors: 0, uncaught: 0, breach: null, guestGone: false,
  }
  try {
    outcome.guestStarted = link.drive('() => true', []) === true
    onStarted()
    isLoaded = loads(task, link, outcome)
    if (isLoaded) {
      const report = await runTests({
        files: [testFile(task.tests)],
        solution: () => link.namespace,
        drive: (source, args) => link.drive(source, args),
        foreign: link,
        seed: task.seed,
        shuffle: task.shuffle,
        testTimeoutMs: task.testTimeoutMs,
        details: false,
        isLeftOut: (test) => leftOut.has(fullName(test)),
        isAlive,
        onTestStart: (title) => begun.add(title),
        onTest: ({ suites, name, state, durationMs }) => {
          // A test that was going on when its guest was lost has not passed; those that had yet to come are left open.
          const isCut = state === 'skipped' && !isAlive() && begun.has([...suites, name].join(' > '))
          onEnded({ suites, name, state: isCut ? 'failed' : state, durationMs })
        },
        signal: failed.signal,
      })
      outcome.errors = report.errors.length
    }
  } catch (error) {
    // Once the connection has failed, this is only how the news arrived.
    if (!link.closed && !link.breach) throw error
  } finally {
    link.close()
  }
  outcome.uncaught = link.takeUncaught().length
  outcome.breach = link.breach && {
    kind: link.breach instanceof OutputLimitExceeded ? 'output' : 'protocol',
    message: link.breach.message,
  }
  outcome.guestGone = link.closed
  return outcome
}

/** Counts the beginning and the end of a wait, so that the count is odd meanwhile. */
function waiting(waits: Int32Array, read: () => number): number {
  Atomics.add(waits, 0, 1)
  try {
    return read()
  } finally {
    Atomics.add(waits, 0, 1)
  }
}

/** Loads the solution. What keeps its tests from being run goes into the outcome. */
function loads(task: JudgeTask, link: GuestLink, outcome: JudgeOutcome): boolean {
  const loaded = link.load(task.solution)
  if (!loaded.ok) {
    outcome.loadFailure = loaded.error
    return false
  }
  outcome.missingExport = task.exports.find((name) => !loaded.exports.includes(name)) ?? null
  return outcome.missingExport === null
}
