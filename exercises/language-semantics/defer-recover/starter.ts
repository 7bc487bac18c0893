/** Ends the program: nothing deferred runs, nobody recovers. */
export class ExitSignal extends Error {
  readonly code: number

  constructor(code: number) {
    super(`exit ${code}`)
    this.code = code
  }
}

/** What a running function can do about its end. */
export interface Frame<T> {
  /** Calls `fn(...args)` when the function ends. */
  defer<A extends unknown[]>(fn: (...args: A) => void, ...args: A): void
  /** Stops the panic in progress and gives its value; null if there is none to be stopped here. */
  recover(): unknown
  /** What the function will return. */
  result: T | undefined
}

/** Runs `body` with a frame of its own. */
export function call<T>(body: (f: Frame<T>) => T | void): T | undefined {
  throw new Error('not implemented')
}

/** Throws `value` as a panic. */
export function panic(value: unknown): never {
  throw new Error('not implemented')
}
