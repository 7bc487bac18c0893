import { setImmediate } from 'node:timers/promises'

/** How long this process may work before others get a turn, milliseconds. */
const TURN_MS = 10

/**
 * For long work in a process that also answers requests: awaited often, it lets others have their turn every few
 * milliseconds, and costs next to nothing in between.
 */
export function pauses(): () => Promise<void> {
  let began = performance.now()
  return async () => {
    if (performance.now() - began < TURN_MS) return
    await setImmediate()
    began = performance.now()
  }
}
