import { GLOBAL_EXPECT, getState, setState, type ExpectStatic, type MatcherState } from '@vitest/expect'
import {
  getFn,
  type File,
  type Suite,
  type Task,
  type Test,
  type TestContext,
  type VitestRunner,
  type VitestRunnerConfig,
} from '@vitest/runner'
import { getTestName } from '@vitest/runner/utils'
import { markSignal, seal, sealed } from '../errors/seal'
import { createExpect, FRESH_STATE } from '../expect/create-expect'
import type { PollClock } from '../expect/poll'

/*
 * What Vitest's own runner class does for one test file, on Vitest's runner package. Errors are sealed before the
 * package gets to read them.
 */

type Hook = Parameters<TestContext['onTestFinished']>[0]

export interface FileRunnerOptions {
  load: () => void
  clock: PollClock
  seed: number
  shuffle: boolean
  testTimeoutMs: number
  isLeftOut: (test: Test) => boolean
  /** A test begins, for the first time or once more. */
  onTry: (fullName: string) => void
  onTestStart: (fullName: string) => void
  onTestEnd: (test: Test) => void
}

export class FileRunner implements VitestRunner {
  readonly config: VitestRunnerConfig
  readonly pool = 'handroll'
  readonly #options: FileRunnerOptions
  #isCancelled = false

  constructor(options: FileRunnerOptions) {
    this.#options = options
    this.config = {
      root: '/',
      name: undefined,
      setupFiles: [],
      passWithNoTests: true,
      allowOnly: true,
      testNamePattern: undefined,
      sequence: { seed: options.seed, shuffle: options.shuffle, hooks: 'stack', setupFiles: 'list' },
      chaiConfig: undefined,
      maxConcurrency: 5,
      testTimeout: options.testTimeoutMs,
      hookTimeout: options.testTimeoutMs,
      // A test that fails has failed, unless its file asks for another try.
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
    } as unknown as VitestRunnerConfig
  }

  importFile(): void {
    try {
      this.#options.load()
    } catch (error) {
      throw seal(error)
    }
  }

  cancel(): void {
    this.#isCancelled = true
  }

  onBeforeRunSuite(suite: Suite): void {
    if (this.#isCancelled) suite.mode = 'skip'
  }

  onBeforeRunTask(test: Test): void {
    if (this.#isCancelled || this.#options.isLeftOut(test)) test.mode = 'skip'
    if (willRun(test)) this.#options.onTestStart(getTestName(test))
  }

  onBeforeTryTask(test: Test): void {
    const currentTestName = getTestName(test)
    setState({ ...FRESH_STATE, currentTestName } as Partial<MatcherState>, globalExpect())
    this.#options.onTry(currentTestName)
  }

  async runTask(test: Test): Promise<void> {
    try {
      await getFn(test)()
    } catch (error) {
      const { signal } = test.context
      // Time is up or the run is over: an error of the runner's own.
      if (signal.aborted && error === signal.reason) markSignal(error)
      throw seal(error)
    }
  }

  onAfterTryTask(test: Test): void {
    const context = test.context as TestContext & { _local: boolean }
    const state = context._local ? (context.expect as unknown as ExpectStatic).getState() : getState(globalExpect())
    const { assertionCalls, expectedAssertionsNumber, expectedAssertionsNumberErrorGen } = state
    if (expectedAssertionsNumber !== null && assertionCalls !== expectedAssertionsNumber) {
      throw expectedAssertionsNumberErrorGen?.()
    }
    if (state.isExpectingAssertions && assertionCalls === 0) throw state.isExpectingAssertionsError
  }

  onAfterRunTask(test: Test): void {
    this.#options.onTestEnd(test)
  }

  extendTaskContext(context: TestContext): TestContext {
    const { clock } = this.#options
    const { skip, onTestFinished, onTestFailed } = context
    let own: ExpectStatic | undefined
    Object.defineProperty(context, 'expect', { get: () => (own ??= createExpect(clock, context.task)) })
    Object.defineProperty(context, '_local', { get: () => own !== undefined })
    Object.assign(context, {
      skip: (...args: Parameters<typeof skip>) => {
        try {
          skip(...args)
        } catch (signal) {
          markSignal(signal)
          throw signal
        }
      },
      onTestFinished: (body: Hook, timeout?: number) => onTestFinished(sealed(body), timeout),
      onTestFailed: (body: Hook, timeout?: number) => onTestFailed(sealed(body), timeout),
    })
    return context
  }
}

/** Whether a collected task is to be run. */
export function willRun(task: Task): boolean {
  return task.mode === 'run' || task.mode === 'queued'
}

/** All tests of a file, in the order of its text. */
export function testsOf(suite: Suite | File): Test[] {
  return suite.tasks.flatMap((task) => (task.type === 'test' ? [task] : testsOf(task)))
}

function globalExpect(): ExpectStatic {
  return (globalThis as Record<symbol, unknown>)[GLOBAL_EXPECT] as ExpectStatic
}
