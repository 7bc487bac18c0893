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

/**
 * What runs right now, innermost last: a frame while one of its deferred calls runs, null for a body. One list for all
 * frames, since recover has to know whether anything else runs inside of the deferred call that asks.
 */
const running: Array<Frame<never> | null> = []

class ActiveFrame<T> implements Frame<T> {
  result: T | undefined
  readonly #deferred: Array<() => void> = []
  /** The panic in progress; boxed, because any value may be thrown. */
  #panic: { readonly value: unknown } | null = null

  #recovered = false

  defer<A extends unknown[]>(fn: (...args: A) => void, ...args: A): void {
    this.#deferred.push(() => fn(...args))
  }

  recover(): unknown {
    if (this.#panic === null || running.at(-1) !== this) return null
    const { value } = this.#panic
    this.#panic = null
    this.#recovered = true
    return value
  }

  run(body: (f: Frame<T>) => T | void): T | undefined {
    this.#attempt(null, () => {
      const returned = body(this)
      if (returned !== undefined) this.result = returned
    })
    for (let next = this.#deferred.pop(); next; next = this.#deferred.pop()) this.#attempt(this, next)
    if (this.#panic !== null) throw this.#panic.value
    return this.#recovered ? undefined : this.result
  }

  /** Runs the body or one deferred call. What it throws becomes the panic in progress, in place of an older one. */
  #attempt(what: ActiveFrame<T> | null, step: () => void): void {
    running.push(what as Frame<never> | null)
    try {
      step()
    } catch (error) {
      if (error instanceof ExitSignal) throw error
      this.#panic = { value: error }
    } finally {
      running.pop()
    }
  }
}

/** Runs `body` with a frame of its own. */
export function call<T>(body: (f: Frame<T>) => T | void): T | undefined {
  return new ActiveFrame<T>().run(body)
}

/** Throws `value` as a panic. */
export function panic(value: unknown): never {
  // Go does the same since 1.21: nil from recover would not tell a panic from none.
  if (value === null || value === undefined) throw new TypeError('panic called with no value')
  throw value
}
