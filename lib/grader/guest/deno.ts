/*
 * The few things of Deno that the guest's own code uses. Declared by hand, since the project is typed for Node and
 * the browser.
 */

interface DenoStream {
  readSync(into: Uint8Array): number | null
  writeSync(bytes: Uint8Array): number
}

export interface DenoNamespace {
  stdin: DenoStream
  stdout: DenoStream
  exit(code: number): never
  internal: symbol
}

interface DenoCore {
  runMicrotasks?: () => void
  createSystemTimer?: (callback: () => void, delayMs: number, keepsAlive: boolean) => unknown
}

/** Parts of Deno that have no public name. Their presence is checked at every start. */
function coreOf(deno: DenoNamespace): DenoCore {
  return (deno as unknown as Record<symbol, { core?: DenoCore } | undefined>)[deno.internal]?.core ?? {}
}

/** Deno's own name for running the microtask queue. */
export function microtaskRunner(deno: DenoNamespace): () => void {
  const core = coreOf(deno)
  if (typeof core.runMicrotasks !== 'function') throw new Error('this Deno cannot run microtasks on demand')
  return core.runMicrotasks.bind(core)
}

/** What `setTimeout` rests on. That global itself would bring all of Node's timers to life, for a third of a guest's start. */
export function turnTaker(deno: DenoNamespace): (callback: () => void) => void {
  const core = coreOf(deno)
  if (typeof core.createSystemTimer !== 'function') throw new Error('this Deno has no timers of its own')
  const start = core.createSystemTimer.bind(core)
  return (callback) => void start(callback, 1, true)
}
