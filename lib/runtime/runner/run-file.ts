import { GLOBAL_EXPECT } from '@vitest/expect'
import { collectTests, startTests, type File, type Test } from '@vitest/runner'
import type { RunTest, TestError } from '@/lib/contract/run'
import { installNumberedTimers, nextTurn } from '../clock'
import { createExpect } from '../expect/create-expect'
import { installMatchers, resetMatchers } from '../expect/install'
import { forgetMocks } from '../module/spies'
import { createVi } from '../module/vi'
import { createVitestModule } from '../module/vitest'
import type { RunOptions, TestFile } from '../run-options'
import { createRandom } from '../test-api/random'
import { FileRunner, testsOf, willRun } from './file-runner'
import { rememberGlobals } from './globals'
import { placeOf, reportTest, suiteErrors } from './report-test'

export interface FileReport {
  tests: RunTest[]
  errors: TestError[]
}

/**
 * Runs one test file in a world of its own: fresh matchers, spies, timers and globals, all put back when it has ended.
 */
export async function runFile(file: TestFile, options: RunOptions): Promise<FileReport> {
  const restoreGlobals = rememberGlobals()
  const endTimers = installNumberedTimers()
  const { vi, timers, restore } = createVi()
  const { random, restart } = createRandom(options.seed)
  try {
    installMatchers()
    const expect = createExpect(timers)
    Object.defineProperty(globalThis, GLOBAL_EXPECT, { value: expect, writable: true, configurable: true })
    const handroll = {
      inGuest: (driver: object, ...args: unknown[]) => {
        return options.drive(Function.prototype.toString.call(driver), args)
      },
      random,
    }
    const require = requireFor(file.name, { vitest: createVitestModule(expect, vi), handroll }, options)
    return await runInWorld(file, require, timers, restart, options)
  } finally {
    restore()
    forgetMocks()
    resetMatchers()
    endTimers()
    restoreGlobals()
  }
}

async function runInWorld(
  file: TestFile,
  require: (specifier: string) => unknown,
  clock: ConstructorParameters<typeof FileRunner>[0]['clock'],
  restart: (testName: string) => void,
  options: RunOptions,
): Promise<FileReport> {
  const { seed, shuffle, testTimeoutMs, signal, collectOnly = false, isAlive = () => true, isLeftOut = () => false } = options
  const reported = new Map<Test, RunTest>()
  const report = (test: Test): void => {
    if (reported.has(test)) return
    const result = reportTest(test)
    // Nothing that a test says counts once the solution has gone: not even that it threw, as expected.
    const isCut = result.state === 'passed' && !isAlive()
    const told: RunTest = isCut ? { ...result, state: 'failed', errors: [GONE] } : result
    reported.set(test, told)
    options.onTest?.(told)
  }
  const runner = new FileRunner({
    load() {
      const module = { exports: {} as unknown }
      file.load(require, module, module.exports)
    },
    clock,
    seed,
    shuffle,
    testTimeoutMs,
    isLeftOut: (test) => isLeftOut(placeOf(test)),
    onTry: restart,
    onTestStart: (fullName) => options.onTestStart?.(fullName),
    onTestEnd: report,
  })
  const specs = [`/${file.name}`]
  const abort = (): void => void (runner as { cancel: (reason?: string) => void }).cancel('aborted')
  signal?.addEventListener('abort', abort)
  if (signal?.aborted) abort()
  try {
    const [task] = collectOnly ? await collectTests(specs, runner) : await startTests(specs, runner)
    await nextTurn()
    const tests = testsOf(task as File)
    if (collectOnly) return { tests: tests.map(census), errors: suiteErrors(task as File) }
    for (const test of tests) report(test)
    return { tests: tests.map((test) => reported.get(test) as RunTest), errors: suiteErrors(task as File) }
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

const GONE: TestError = {
  name: 'Error',
  message: 'the solution ended before its test did',
  expected: null,
  actual: null,
  diff: null,
  stack: null,
}

/** A test that would run has not passed, and one that would not stays skipped. */
function census(test: Test): RunTest {
  return { ...placeOf(test), state: willRun(test) ? 'failed' : 'skipped', durationMs: 0, errors: [] }
}

function requireFor(testFile: string, modules: Record<string, unknown>, { solution }: RunOptions) {
  let exports: unknown
  let isLoaded = false
  return (specifier: string): unknown => {
    if (Object.hasOwn(modules, specifier)) return modules[specifier]
    if (specifier !== './solution') {
      throw new Error(`'${specifier}' cannot be imported here: a test imports only vitest, handroll and ./solution`)
    }
    if (!isLoaded) exports = solution(testFile)
    isLoaded = true
    return exports
  }
}
