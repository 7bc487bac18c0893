/*
 * The host's own timers, taken before any test can replace them. Whatever the runtime itself waits for waits here.
 */

type Timer = ReturnType<typeof setTimeout>
type SetImmediate = (callback: () => void) => unknown

export const native = {
  setTimeout: (handler: () => void, ms: number): Timer => nativeSetTimeout(handler, ms),
  clearTimeout: (timer: Timer | undefined): void => nativeClearTimeout(timer),
  setInterval: (handler: () => void, ms: number): Timer => nativeSetInterval(handler, ms),
  clearInterval: (timer: Timer | undefined): void => nativeClearInterval(timer),
  now: performance.now.bind(performance),
}

const nativeSetTimeout = globalThis.setTimeout
const nativeClearTimeout = globalThis.clearTimeout
const nativeSetInterval = globalThis.setInterval
const nativeClearInterval = globalThis.clearInterval
const nativeSetImmediate = (globalThis as { setImmediate?: SetImmediate }).setImmediate

/** Lets the host run what it has queued, reports of unhandled rejections among it. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (nativeSetImmediate === undefined) nativeSetTimeout(resolve, 0)
    else nativeSetImmediate(resolve)
  })
}
