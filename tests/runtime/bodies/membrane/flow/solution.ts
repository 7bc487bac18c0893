/* Iteration, promises, signals, callbacks. */

export const log: string[] = []

export function* count(to: number): Generator<number, string, string | undefined> {
  try {
    for (let n = 0; n < to; n++) {
      try {
        const sent = yield n
        if (sent !== undefined) log.push(`sent ${sent}`)
      } catch (error) {
        log.push(`caught ${(error as Error).message}`)
        yield -1
      }
    }
    return 'done'
  } finally {
    log.push('finally')
  }
}
export async function* ticks(to: number): AsyncGenerator<number, string, string | undefined> {
  try {
    for (let n = 0; n < to; n++) {
      await null
      const sent = yield n
      if (sent !== undefined) log.push(`sent ${sent}`)
    }
    return 'done'
  } finally {
    log.push('finally')
  }
}
export async function* failing(): AsyncGenerator<number> {
  yield 1
  throw new RangeError('no more')
}
export class Range implements Iterable<number> {
  constructor(
    readonly from: number,
    readonly to: number,
  ) {}
  *[Symbol.iterator](): Generator<number> {
    for (let n = this.from; n < this.to; n++) yield n
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<number> {
    for (const n of this) yield n
  }
}
/** An iterator by hand, with `return`. */
export const handmade = (): IterableIterator<number> & { closed: boolean } => {
  let n = 0
  return {
    closed: false,
    next: () => ({ value: n++, done: false }),
    return(value?: number) {
      this.closed = true
      return { value, done: true }
    },
    [Symbol.iterator]() {
      return this
    },
  }
}
export const take = (from: Iterable<number>, n: number): number[] => {
  const taken: number[] = []
  for (const item of from) {
    taken.push(item)
    if (taken.length === n) break
  }
  return taken
}
export const collect = async (from: AsyncIterable<number>): Promise<number[]> => {
  const all: number[] = []
  for await (const item of from) all.push(item)
  return all
}
export function* delegate(inner: Iterable<number>): Generator<number> {
  yield* inner
}
export const step = (iterator: Iterator<number>): IteratorResult<number> => iterator.next()
export const stop = (iterator: Iterator<number>): IteratorResult<number> | undefined => iterator.return?.(9)
export const spread = (...from: Iterable<number>[]): number[] => from.flatMap((each) => [...each])

export const later = async <T>(value: T): Promise<T> => value
export const never = (): Promise<never> => new Promise(() => undefined)
export const all = <T>(promises: Promise<T>[]): Promise<T[]> => Promise.all(promises)
export const deferred = <T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: unknown) => void } => {
  let resolve!: (value: T) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
export const thenable = { then: (resolve: (value: number) => void) => resolve(42) }
export const awaitIt = async (promise: PromiseLike<number>): Promise<number> => (await promise) + 1
export const sleep = (ms: number): Promise<string> => new Promise((resolve) => setTimeout(resolve, ms, 'slept'))

export const guarded = (signal: AbortSignal): Promise<string> => new Promise((resolve, reject) => {
  if (signal.aborted) return reject(signal.reason)
  signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  setTimeout(() => resolve('in time'), 1_000)
})
export class Job {
  readonly #controller = new AbortController()
  get signal(): AbortSignal {
    return this.#controller.signal
  }
  cancel(reason?: unknown): void {
    this.#controller.abort(reason)
  }
}

export const notify = (listener: (event: { id: number; tags: string[] }) => unknown, times = 1): unknown[] => {
  return Array.from({ length: times }, (_, id) => listener({ id, tags: ['t'] }))
}
export class Emitter {
  readonly #listeners = new Set<(...args: unknown[]) => void>()
  on(listener: (...args: unknown[]) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
  emit(...args: unknown[]): number {
    for (const listener of this.#listeners) listener(...args)
    return this.#listeners.size
  }
}
export class Service {
  constructor(readonly name = 'service') {}
  load(id: number): string {
    return `${this.name} ${id}`
  }
  loadTwice(id: number): string[] {
    return [this.load(id), this.load(id + 1)]
  }
  async fetch(id: number): Promise<string> {
    return this.load(id)
  }
}
export const callTwice = (service: Service): string[] => [service.load(1), service.load(2)]
export const pass = (value: unknown, to: (value: unknown) => void): void => to(value)
export const double = (n: number): number => n * 2
