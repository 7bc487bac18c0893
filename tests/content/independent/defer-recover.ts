/** A chain of activations tells who runs innermost; each of them remembers how its call fails at the moment. */
export class ExitSignal extends Error {
  readonly code: number

  constructor(code: number) {
    super(`exit ${code}`)
    this.code = code
  }
}

export interface Frame<T> {
  defer<A extends unknown[]>(fn: (...args: A) => void, ...args: A): void
  recover(): unknown
  result: T | undefined
}

/** How a call fails: a box, since anything can be thrown, also undefined. */
interface Failure {
  readonly value: unknown
}

const isExit = (failure: Failure | null): boolean => failure?.value instanceof ExitSignal

/** A call that is running. */
interface Activation {
  readonly caller: Activation | null
  phase: 'body' | 'deferred'
  failure: Failure | null
}

let innermost: Activation | null = null

/** Runs `fn`, and notes in `self` how it failed, if it did. */
function attempt(self: Activation, fn: () => void): void {
  try {
    fn()
  } catch (error) {
    self.failure = { value: error }
  }
}

export function call<T>(body: (f: Frame<T>) => T | void): T | undefined {
  const self: Activation = { caller: innermost, phase: 'body', failure: null }
  const deferred: Array<() => void> = []
  const frame: Frame<T> = {
    result: undefined,
    defer(fn, ...args) {
      deferred.push(() => fn(...args))
    },
    recover() {
      if (innermost !== self || self.phase !== 'deferred' || self.failure === null) return null
      const { value } = self.failure
      self.failure = null
      return value
    },
  }

  innermost = self
  try {
    attempt(self, () => {
      const returned = body(frame)
      if (returned !== undefined) frame.result = returned as T
    })
    self.phase = 'deferred'
    while (!isExit(self.failure)) {
      const next = deferred.pop()
      if (next === undefined) break
      attempt(self, next)
    }
  } finally {
    innermost = self.caller
  }

  if (self.failure !== null) throw self.failure.value
  return frame.result
}

export function panic(value: unknown): never {
  if (value === null || value === undefined) throw new TypeError(`panic(${String(value)})`)
  throw value
}
