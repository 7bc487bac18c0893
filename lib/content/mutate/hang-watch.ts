/*
 * Tells a test that waits for nothing from one on a slow machine. Tests are given a limit that no clock reaches; once
 * the process has been idle for long enough, the runner's timer for it is fired by hand. To be imported before the
 * runner, which keeps the `setTimeout` that it finds.
 */

/** For `testTimeoutMs`: marks the runner's timers. */
export const NO_LIMIT_MS = 1_999_999_999

const TICK_MS = 20
/** So many idle ticks in a row without the end of a test: nothing will come any more. */
const PATIENCE = 12
/** A tick is idle when less than this part of it went into computing. */
const IDLE_SHARE = 0.5

// Kept as they are: tests may replace all of them.
const { setTimeout: nativeSetTimeout, setInterval: nativeSetInterval } = globalThis
const nativeNow = performance.now.bind(performance)

let timeOut: (() => void) | null = null
let idleTicks = 0
let hasHung = false

globalThis.setTimeout = Object.assign((callback: () => void, ms?: number, ...args: never[]) => {
  if (ms === NO_LIMIT_MS) timeOut = callback
  return nativeSetTimeout(callback, ms, ...args)
}, nativeSetTimeout) as typeof setTimeout

/** A test begins or has ended. */
export function noteProgress(): void {
  idleTicks = 0
}

/** Whether a test had to be given up since this was asked last. */
export function takeHang(): boolean {
  const had = hasHung
  hasHung = false
  return had
}

let before = { at: nativeNow(), cpu: process.cpuUsage() }
nativeSetInterval(() => {
  const now = { at: nativeNow(), cpu: process.cpuUsage() }
  const computedMs = (now.cpu.user - before.cpu.user + now.cpu.system - before.cpu.system) / 1000
  const isIdle = computedMs < IDLE_SHARE * (now.at - before.at)
  before = now
  idleTicks = isIdle ? idleTicks + 1 : 0
  if (idleTicks < PATIENCE || timeOut === null) return
  idleTicks = 0
  hasHung = true
  timeOut()
}, TICK_MS).unref()
