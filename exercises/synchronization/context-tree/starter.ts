/** Clock and timers. Tests inject a virtual one. */
export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

export class CanceledError extends Error {
  override name = 'CanceledError'
}

export class DeadlineExceededError extends Error {
  override name = 'DeadlineExceededError'
}

export interface Context {
  /** The time by which the work must end, or null. */
  deadline(): number | null
  /** Resolves when the context is done; never rejects. Always the same promise. */
  readonly done: Promise<void>
  /** Why the context is done, or null while it is not. */
  err(): Error | null
  /** What the first to cancel gave as the cause, else the same as err(). */
  cause(): Error | null
  /** The value that the nearest context holds for `key`, or undefined. */
  value(key: unknown): unknown
}

/** Ends a context and all that descend from it. Only the first end counts. */
export type CancelFunc = (cause?: Error) => void

/** The root of all contexts: never done, without deadline and values. */
export const background: Context = {
  deadline(): number | null {
    throw new Error('not implemented')
  },
  done: new Promise<void>(() => {}),
  err(): Error | null {
    throw new Error('not implemented')
  },
  cause(): Error | null {
    throw new Error('not implemented')
  },
  value(key: unknown): unknown {
    throw new Error('not implemented')
  },
}

export function withCancel(parent: Context): [Context, CancelFunc] {
  throw new Error('not implemented')
}

/** A context that ends at the time `at` at the latest. */
export function withDeadline(parent: Context, at: number, timers: Timers): [Context, CancelFunc] {
  throw new Error('not implemented')
}

/** A context that ends `ms` from now at the latest. */
export function withTimeout(parent: Context, ms: number, timers: Timers): [Context, CancelFunc] {
  throw new Error('not implemented')
}

export function withValue(parent: Context, key: unknown, value: unknown): Context {
  throw new Error('not implemented')
}

/** How many live contexts are registered with `ctx` to be ended together with it. */
export function childCount(ctx: Context): number {
  throw new Error('not implemented')
}
