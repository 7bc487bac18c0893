import type { HeapObject } from './heap'
import type { Id } from './wire'

interface PromiseTwin {
  resolve: (value: unknown) => void
  reject: (reason: unknown) => void
}

/**
 * Promises and abort signals of the other end. Each gets a real one of this realm, so that `await`, `instanceof` and
 * every function that takes one works; the owner tells when it settles or aborts.
 */
export class Twins {
  readonly #pending = new Map<Id, PromiseTwin>()
  readonly #controllers = new Map<Id, AbortController>()

  /** How many promises of the other end have not settled yet. */
  get pending(): number {
    return this.#pending.size
  }

  promise(id: Id): Promise<unknown> {
    const promise = new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }))
    // Whether a rejection was handled is the owner's matter: it sees the real promise.
    promise.catch(() => {})
    return promise
  }

  /** False when there is no such promise or it has settled. */
  settle(id: Id, fulfilled: boolean, value: unknown): boolean {
    const twin = this.#pending.get(id)
    if (!twin) return false
    this.#pending.delete(id)
    if (fulfilled) twin.resolve(value)
    else twin.reject(value)
    return true
  }

  /** For when the other end is gone. */
  rejectAll(reason: unknown): void {
    for (const { reject } of this.#pending.values()) reject(reason)
    this.#pending.clear()
  }

  signal(id: Id): AbortSignal {
    const controller = new AbortController()
    this.#controllers.set(id, controller)
    return controller.signal
  }

  fillSignal(id: Id, aborted: boolean, reason: unknown): void {
    if (aborted) this.abort(id, reason)
  }

  /** False when there is no such signal. */
  abort(id: Id, reason: unknown): boolean {
    const controller = this.#controllers.get(id)
    controller?.abort(reason)
    return controller !== undefined
  }
}

/** Tells when an own promise settles or an own signal aborts. */
export function watchTwin(
  { id, kind, local }: HeapObject,
  tell: { settled: (id: Id, fulfilled: boolean, value: unknown) => void; aborted: (id: Id, reason: unknown) => void },
): void {
  if (kind === 'p') {
    const promise = local as Promise<unknown>
    void Promise.prototype.then.call(
      promise,
      (value: unknown) => tell.settled(id, true, value),
      (reason: unknown) => tell.settled(id, false, reason),
    )
    return
  }
  const signal = local as AbortSignal
  if (!signal.aborted) signal.addEventListener('abort', () => tell.aborted(id, signal.reason), { once: true })
}
