import { native } from '../clock'
import type { PollClock } from '../expect/poll'

/* `vi.waitFor` and `vi.waitUntil`, as Vitest has them: in real time, moving a fake clock on with each attempt. */

export type WaitOptions = number | { timeout?: number; interval?: number }

type Attempt<T> = () => T | PromiseLike<T>

/** Tries until the callback does not fail. Rejects with its last error when the time is up. */
export function waitFor<T>(clock: PollClock, attempt: Attempt<T>, options?: WaitOptions): Promise<T> {
  return repeat(clock, attempt, options, { isDone: () => true, isFatal: false, name: 'waitFor' })
}

/** Tries until the callback answers something truthy. Rejects at once when it fails, or when the time is up. */
export function waitUntil<T>(clock: PollClock, attempt: Attempt<T>, options?: WaitOptions): Promise<T> {
  return repeat(clock, attempt, options, { isDone: Boolean, isFatal: true, name: 'waitUntil' })
}

interface Manner {
  isDone: (value: unknown) => boolean
  /** Whether an error of the callback ends the waiting. */
  isFatal: boolean
  name: string
}

function repeat<T>(clock: PollClock, attempt: Attempt<T>, options: WaitOptions = {}, manner: Manner): Promise<T> {
  const { interval = 50, timeout = 1_000 } = typeof options === 'number' ? { timeout: options } : options
  const late = new Error(`Timed out in ${manner.name}!`)
  return new Promise((resolve, reject) => {
    let lastError: unknown = null
    let hasFailed = false
    let isPending = false
    let isSettled = false
    let timer: ReturnType<typeof native.setTimeout> | undefined
    let ticker: ReturnType<typeof native.setInterval> | undefined

    const end = (settle: () => void): void => {
      isSettled = true
      native.clearTimeout(timer)
      native.clearInterval(ticker)
      settle()
    }
    const take = (value: T): void => {
      if (manner.isDone(value)) end(() => resolve(value))
    }
    const failed = (error: unknown): void => {
      hasFailed = true
      lastError = error
      if (manner.isFatal) end(() => reject(error))
    }
    const tryOnce = (): void => {
      if (clock.isFakeTimers()) clock.advanceTimersByTime(interval)
      if (isPending || isSettled) return
      try {
        const result = attempt()
        if (!isThenable(result)) return take(result)
        isPending = true
        result.then(
          (value) => {
            isPending = false
            take(value)
          },
          (error: unknown) => {
            isPending = false
            failed(error)
          },
        )
      } catch (error) {
        failed(error)
      }
    }

    tryOnce()
    if (isSettled) return
    timer = native.setTimeout(() => end(() => reject(hasFailed ? lastError : late)), timeout)
    ticker = native.setInterval(tryOnce, interval)
  })
}

function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
