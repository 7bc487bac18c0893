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

/**
 * What can be ended: the tree of contexts without those that only add a value. Registered with its parent as long as
 * it is live, so that the parent can end it, and no longer, so that a long-lived parent does not collect the dead.
 */
class Scope {
  readonly parent: Scope | null
  readonly deadline: number | null
  readonly children = new Set<Scope>()
  readonly done: Promise<void>
  error: Error | null = null
  cause: Error | null = null
  stopTimer: (() => void) | null = null
  #resolveDone!: () => void

  constructor(parent: Scope | null, deadline: number | null) {
    this.parent = parent
    this.deadline = deadline
    this.done = new Promise((resolve) => (this.#resolveDone = resolve))
    if (parent?.error) this.#finish(parent.error, parent.cause)
    else parent?.children.add(this)
  }

  /** Ends this scope and all below it, at once. A loop, since a chain may be deeper than the call stack. */
  end(error: Error, cause: Error = error): void {
    if (this.error) return
    this.parent?.children.delete(this)
    const live: Scope[] = [this]
    for (let scope = live.pop(); scope; scope = live.pop()) {
      scope.#finish(error, cause)
      for (const child of scope.children) live.push(child)
      scope.children.clear()
    }
  }

  #finish(error: Error, cause: Error | null): void {
    this.error = error
    this.cause = cause
    this.stopTimer?.()
    this.#resolveDone()
  }
}

/** One key and its value, and those of the contexts above. */
interface Binding {
  readonly key: unknown
  readonly value: unknown
  readonly outer: Binding | null
}

const never = new Promise<void>(() => {})

/** A context is where it can be ended plus what it holds; neither needs to walk through the other's levels. */
class TreeContext implements Context {
  /** Null for contexts that nothing can end: background, and values on top of it. */
  readonly scope: Scope | null
  readonly bindings: Binding | null

  constructor(scope: Scope | null, bindings: Binding | null) {
    this.scope = scope
    this.bindings = bindings
  }

  get done(): Promise<void> {
    return this.scope?.done ?? never
  }

  deadline(): number | null {
    return this.scope?.deadline ?? null
  }

  err(): Error | null {
    return this.scope?.error ?? null
  }

  cause(): Error | null {
    return this.scope?.cause ?? null
  }

  value(key: unknown): unknown {
    for (let binding = this.bindings; binding; binding = binding.outer) {
      const value = binding.key === key ? binding.value : undefined
      if (value !== undefined && value !== null) return value
    }
    return undefined
  }
}

/** The root of all contexts: never done, without deadline and values. */
export const background: Context = new TreeContext(null, null)

export function withCancel(parent: Context): [Context, CancelFunc] {
  return derive(parent, parent.deadline())
}

/** A context that ends at the time `at` at the latest. */
export function withDeadline(parent: Context, at: number, timers: Timers): [Context, CancelFunc] {
  if (!Number.isFinite(at)) throw new RangeError(`${at} is no time`)
  const inherited = parent.deadline()
  if (inherited !== null && inherited <= at) return withCancel(parent)

  const [context, cancel] = derive(parent, at)
  const { scope } = context
  if (scope && !scope.error) {
    const expire = () => scope.end(new DeadlineExceededError('deadline exceeded'))
    const delay = at - timers.now()
    if (delay <= 0) {
      expire()
    } else {
      const id = timers.setTimeout(expire, delay)
      scope.stopTimer = () => timers.clearTimeout(id)
    }
  }
  return [context, cancel]
}

/** A context that ends `ms` from now at the latest. */
export function withTimeout(parent: Context, ms: number, timers: Timers): [Context, CancelFunc] {
  return withDeadline(parent, timers.now() + ms, timers)
}

export function withValue(parent: Context, key: unknown, value: unknown): Context {
  if (key === null || key === undefined) throw new RangeError('a key must not be null or undefined')
  const { scope, bindings } = treeContext(parent)
  return new TreeContext(scope, { key, value, outer: bindings })
}

/** How many live contexts are registered with `ctx` to be ended together with it. */
export function childCount(ctx: Context): number {
  return treeContext(ctx).scope?.children.size ?? 0
}

function derive(parent: Context, deadline: number | null): [TreeContext, CancelFunc] {
  const { scope, bindings } = treeContext(parent)
  const own = new Scope(scope, deadline)
  return [new TreeContext(own, bindings), (cause) => own.end(new CanceledError('context canceled'), cause)]
}

function treeContext(ctx: Context): TreeContext {
  if (ctx instanceof TreeContext) return ctx
  throw new TypeError('this context was not made by this module')
}
