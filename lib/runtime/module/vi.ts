import { FakeTimers, type FakeTimersConfig } from '../clock'
import { currentRun } from '../current-run'
import { clearAllMocks, fn, isMockFunction, resetAllMocks, restoreAllMocks, spyOn } from './spies'
import { createStubs } from './stubs'
import { waitFor, waitUntil, type WaitOptions } from './wait-for'

/** `vi` of one test file, and how to undo whatever it has changed. */
export interface Vi {
  vi: Record<string, unknown>
  timers: FakeTimers
  restore: () => void
}

/** Names of Vitest's that replace modules, and there is nothing here that could be replaced. */
const MODULE_MOCKS = [
  ...['mock', 'unmock', 'doMock', 'doUnmock', 'importActual', 'importMock', 'mockObject', 'resetModules'],
  'dynamicImportSettled',
]
const WITHOUT_MODULES =
  'is not available here: a test imports only vitest, handroll and ./solution, and none of them can be replaced'

export function createVi(): Vi {
  const timers = new FakeTimers()
  const globals = createStubs()
  const chained = <A extends unknown[]>(act: (...args: A) => void) => {
    return (...args: A): unknown => {
      act(...args)
      return vi
    }
  }
  const chainedAsync = <A extends unknown[]>(act: (...args: A) => Promise<void>) => {
    return async (...args: A): Promise<unknown> => {
      await act(...args)
      return vi
    }
  }
  const vi: Record<string, unknown> = {
    fn,
    spyOn,
    mocked: (item: unknown) => item,
    isMockFunction: (value: unknown) => !currentRun().foreign.isHandle(value) && isMockFunction(value),
    clearAllMocks: chained(clearAllMocks),
    resetAllMocks: chained(resetAllMocks),
    restoreAllMocks: chained(restoreAllMocks),

    useFakeTimers: chained((config?: FakeTimersConfig) => timers.useFakeTimers(config)),
    useRealTimers: chained(() => timers.useRealTimers()),
    isFakeTimers: () => timers.isFakeTimers(),
    setSystemTime: chained((time?: number | string | Date) => timers.setSystemTime(time)),
    getMockedSystemTime: () => timers.getMockedSystemTime(),
    getRealSystemTime: () => timers.getRealSystemTime(),
    getTimerCount: () => timers.getTimerCount(),
    clearAllTimers: chained(() => timers.clearAllTimers()),
    advanceTimersByTime: chained((ms: number) => timers.advanceTimersByTime(ms)),
    advanceTimersByTimeAsync: chainedAsync((ms: number) => timers.advanceTimersByTimeAsync(ms)),
    advanceTimersToNextTimer: chained(() => timers.advanceTimersToNextTimer()),
    advanceTimersToNextTimerAsync: chainedAsync(() => timers.advanceTimersToNextTimerAsync()),
    advanceTimersToNextFrame: chained(() => timers.advanceTimersToNextFrame()),
    runAllTimers: chained(() => timers.runAllTimers()),
    runAllTimersAsync: chainedAsync(() => timers.runAllTimersAsync()),
    runOnlyPendingTimers: chained(() => timers.runOnlyPendingTimers()),
    runOnlyPendingTimersAsync: chainedAsync(() => timers.runOnlyPendingTimersAsync()),
    runAllTicks: chained(() => timers.runAllTicks()),

    stubGlobal: chained((name: PropertyKey, value: unknown) => globals.stub(name, value)),
    unstubAllGlobals: chained(() => globals.restore()),

    waitFor: (attempt: () => unknown, options?: WaitOptions) => waitFor(timers, attempt, options),
    waitUntil: (attempt: () => unknown, options?: WaitOptions) => waitUntil(timers, attempt, options),
    hoisted: (factory: () => unknown) => factory(),
    defineHelper: (helper: unknown) => helper,
  }
  for (const name of MODULE_MOCKS) vi[name] = refused(`vi.${name} ${WITHOUT_MODULES}`)
  for (const name of ['stubEnv', 'unstubAllEnvs']) {
    vi[name] = refused(`vi.${name} is not available here: neither tests nor solution have environment variables`)
  }
  return {
    vi,
    timers,
    restore() {
      timers.dispose()
      globals.restore()
    },
  }
}

function refused(message: string): () => never {
  return () => {
    throw new Error(message)
  }
}
