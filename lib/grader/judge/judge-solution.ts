import { readSync, writeSync } from 'node:fs'
import { isClockFaked } from '@/lib/runtime/clock'
import { linkGuest, type GuestLink } from '@/lib/runtime/membrane/judge-link'
import { runTests } from '@/lib/runtime/run-tests'
import { createFrameChannel, OutputLimitExceeded } from '../frames'
import type { JudgedTest, JudgeOutcome, JudgeTask } from './messages'
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
  const channel = createFrameChannel({
    read: (into) => readSync(task.ends.read, into),
    write: (bytes) => writeSync(task.ends.write, bytes),
  })
  const link = linkGuest(channel, { isClockFaked, onFailure: () => failed.abort() })
  const outcome: JudgeOutcome = {
    guestStarted: false, loadFailure: null, missingExport: null, errors: 0, uncaught: 0, breach: null, guestGone: false,
  }
  try {
    outcome.guestStarted = link.drive('() => true', []) === true
    onStarted()
    if (loads(task, link, outcome)) {
      const report = await runTests({
        files: [testFile(task.tests)],
        solution: () => link.namespace,
        drive: (source, args) => link.drive(source, args),
        foreign: link,
        seed: task.seed,
        shuffle: task.shuffle,
        testTimeoutMs: task.testTimeoutMs,
        details: false,
        isAlive: () => !link.closed && !link.breach,
        onTest: ({ suites, name, state, durationMs }) => onEnded({ suites, name, state, durationMs }),
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
