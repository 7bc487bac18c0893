/** A context points to its scope (the nearest one that can be ended) and to the nearest value; ending walks scopes with a list of its own. */
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
  deadline(): number | null
  readonly done: Promise<void>
  err(): Error | null
  cause(): Error | null
  value(key: unknown): unknown
}

export type CancelFunc = (cause?: Error) => void

interface End {
  readonly err: Error
  readonly cause: Error
}

/** What can be ended: a context of withCancel or withDeadline, shared by the contexts of withValue below it. */
class Scope {
  readonly deadline: number | null
  readonly done: Promise<void>
  readonly children = new Set<Scope>()
  ended: End | null = null
  private readonly parent: Scope | null
  private resolve: () => void = () => {}
  private disarm: (() => void) | null = null

  constructor(parent: Scope | null, deadline: number | null) {
    this.parent = parent
    this.deadline = deadline
    this.done = new Promise((resolve) => {
      this.resolve = resolve
    })
    if (parent?.ended) this.end(parent.ended)
    else if (parent !== null && parent.parent !== null) parent.children.add(this)
  }

  arm(timers: Timers, ms: number, end: () => End): void {
    const id = timers.setTimeout(() => {
      this.disarm = null
      this.end(end())
    }, ms)
    this.disarm = () => timers.clearTimeout(id)
  }

  /** Ends this scope and all below it; only the first end counts. */
  end(end: End): void {
    if (this.ended !== null) return
    this.parent?.children.delete(this)
    const ending: Scope[] = [this]
    for (const scope of ending) {
      scope.ended = end
      for (const child of scope.children) ending.push(child)
      scope.children.clear()
    }
    for (const scope of ending) {
      scope.disarm?.()
      scope.disarm = null
      scope.resolve()
    }
  }
}

interface Held {
  readonly key: unknown
  readonly value: unknown
  readonly outer: Held | null
}

class Node implements Context {
  readonly scope: Scope
  readonly isScope: boolean
  readonly held: Held | null

  constructor(scope: Scope, isScope: boolean, held: Held | null) {
    this.scope = scope
    this.isScope = isScope
    this.held = held
  }

  get done(): Promise<void> {
    return this.scope.done
  }

  deadline(): number | null {
    return this.scope.deadline
  }

  err(): Error | null {
    return this.scope.ended?.err ?? null
  }

  cause(): Error | null {
    return this.scope.ended?.cause ?? null
  }

  value(key: unknown): unknown {
    for (let held = this.held; held !== null; held = held.outer) if (held.key === key) return held.value
    return undefined
  }
}

export const background: Context = new Node(new Scope(null, null), true, null)

function nodeOf(ctx: Context): Node {
  if (!(ctx instanceof Node)) throw new TypeError('not a context of this tree')
  return ctx
}

const canceller =
  (scope: Scope): CancelFunc =>
  (cause) => {
    const err = new CanceledError('canceled')
    scope.end({ err, cause: cause ?? err })
  }

function exceeded(): End {
  const err = new DeadlineExceededError('deadline exceeded')
  return { err, cause: err }
}

function below({ scope, held }: Node, deadline: number | null): Node {
  return new Node(new Scope(scope, deadline), true, held)
}

export function withCancel(parent: Context): [Context, CancelFunc] {
  const node = nodeOf(parent)
  const child = below(node, node.deadline())
  return [child, canceller(child.scope)]
}

export function withDeadline(parent: Context, at: number, timers: Timers): [Context, CancelFunc] {
  if (!Number.isFinite(at)) throw new RangeError('the deadline must be finite')
  const outer = parent.deadline()
  if (outer !== null && outer <= at) return withCancel(parent)
  const { scope, held } = nodeOf(parent)
  const own = new Scope(scope, at)
  if (own.ended === null) {
    const left = at - timers.now()
    if (left > 0) own.arm(timers, left, exceeded)
    else own.end(exceeded())
  }
  return [new Node(own, true, held), canceller(own)]
}

export function withTimeout(parent: Context, ms: number, timers: Timers): [Context, CancelFunc] {
  return withDeadline(parent, timers.now() + ms, timers)
}

export function withValue(parent: Context, key: unknown, value: unknown): Context {
  if (key === null || key === undefined) throw new RangeError('a value needs a key')
  const { scope, held } = nodeOf(parent)
  return new Node(scope, false, { key, value, outer: held })
}

export function childCount(ctx: Context): number {
  const { scope, isScope } = nodeOf(ctx)
  return isScope ? scope.children.size : 0
}
