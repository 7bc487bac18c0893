import { withGlobal, type Clock, type Config as InstallConfig } from '@sinonjs/fake-timers'
import { mockDate } from './mock-date'

/** What a test may ask of `vi.useFakeTimers`. */
export interface FakeTimersConfig {
  now?: number | Date
  toFake?: string[]
  toNotFake?: string[]
  loopLimit?: number
  shouldAdvanceTime?: boolean
  advanceTimeDelta?: number
}

/** Not faked unless asked for by Vitest, and never here: they carry the calls between tests and solution. */
const NEVER_FAKED = ['nextTick', 'queueMicrotask']

const NOT_FAKED =
  'A function to advance timers was called but the timers APIs are not mocked. ' +
  'Call `vi.useFakeTimers()` in the test file first.'

let active: FakeTimers | null = null

/** Whether the running tests see another time than the host's. */
export function isClockFaked(): boolean {
  return active?.isFaked() ?? false
}

/** The fake clock of one run: Vitest's class of this name, on the same library. */
export class FakeTimers {
  #clock: Clock | null = null
  #sinon: ReturnType<typeof withGlobal> | null = null
  #fixedDate: Date | null = null
  #undoDate: (() => void) | null = null
  readonly #realNow = Date.now

  constructor() {
    active = this
  }

  isFaked(): boolean {
    return this.#clock !== null || this.#fixedDate !== null
  }

  isFakeTimers(): boolean {
    return this.#clock !== null
  }

  useFakeTimers(config: FakeTimersConfig = {}): void {
    const refused = config.toFake?.find((name) => NEVER_FAKED.includes(name))
    if (refused !== undefined) throw new Error(`vi.useFakeTimers cannot fake ${refused} here`)
    const now = this.#fixedDate ?? Date.now()
    this.#restoreDate()
    this.#clock?.uninstall()
    // Lazily, since it looks at every timer function of the host.
    this.#sinon ??= withGlobal(globalThis)
    const all = Object.keys(this.#sinon.timers).filter((name) => !NEVER_FAKED.includes(name))
    const settings = { now, ...config, toFake: config.toFake ?? all, ignoreMissingTimers: true }
    this.#clock = this.#sinon.install(settings as InstallConfig)
    settings.toFake.forEach(hideClock)
  }

  useRealTimers(): void {
    this.#restoreDate()
    this.#clock?.uninstall()
    this.#clock = null
  }

  /** Real timers for good: the run is over. */
  dispose(): void {
    this.useRealTimers()
    if (active === this) active = null
  }

  setSystemTime(time?: number | string | Date): void {
    const date = time === undefined || time instanceof Date ? time : new Date(time)
    if (this.#clock !== null) {
      this.#clock.setSystemTime(date)
      return
    }
    const fixed = date ?? new Date(this.getRealSystemTime())
    this.#restoreDate()
    this.#undoDate = mockDate(fixed)
    this.#fixedDate = fixed
  }

  getMockedSystemTime(): Date | null {
    return this.#clock === null ? this.#fixedDate : new Date(this.#clock.now)
  }

  getRealSystemTime(): number {
    return this.#realNow()
  }

  getTimerCount(): number {
    return this.#faked().countTimers()
  }

  clearAllTimers(): void {
    this.#clock?.reset()
  }

  advanceTimersByTime(ms: number): void {
    this.#faked().tick(ms)
  }

  async advanceTimersByTimeAsync(ms: number): Promise<void> {
    await this.#faked().tickAsync(ms)
  }

  advanceTimersToNextTimer(steps = 1): void {
    const clock = this.#faked()
    for (let left = steps; left > 0; left--) {
      clock.next()
      // All timers of that moment fire: https://github.com/sinonjs/fake-timers/issues/250
      clock.tick(0)
      if (clock.countTimers() === 0) break
    }
  }

  async advanceTimersToNextTimerAsync(steps = 1): Promise<void> {
    const clock = this.#faked()
    for (let left = steps; left > 0; left--) {
      await clock.nextAsync()
      clock.tick(0)
      if (clock.countTimers() === 0) break
    }
  }

  runAllTimers(): void {
    this.#faked().runAll()
  }

  async runAllTimersAsync(): Promise<void> {
    await this.#faked().runAllAsync()
  }

  runOnlyPendingTimers(): void {
    this.#faked().runToLast()
  }

  async runOnlyPendingTimersAsync(): Promise<void> {
    await this.#faked().runToLastAsync()
  }

  runAllTicks(): void {
    this.#faked().runMicrotasks()
  }

  advanceTimersToNextFrame(): void {
    this.#faked().runToFrame()
  }

  #faked(): Clock {
    if (this.#clock === null) throw new Error(NOT_FAKED)
    return this.#clock
  }

  #restoreDate(): void {
    this.#undoDate?.()
    this.#undoDate = null
    this.#fixedDate = null
  }
}

/** What is faked has the clock as a member, and a test may give it to the solution. A fake Date needs it, and crosses by name. */
function hideClock(name: string): void {
  const faked = (globalThis as Record<string, unknown>)[name]
  if (name !== 'Date' && name !== 'Intl' && faked) Reflect.deleteProperty(faked as object, 'clock')
}
