/** The clock and the timers to use. */
export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

export interface Obj {
  readonly key: string
  /** That of its last change; every change has a higher one than all before it. */
  readonly resourceVersion: number
}

export type ApiEvent<T> =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: T }
  | { type: 'BOOKMARK'; resourceVersion: number }

/** The version asked for is so old that the server has forgotten what came after it. */
export class GoneError extends Error {
  override name = 'GoneError'
}

export interface Api<T> {
  list(): Promise<{ items: T[]; resourceVersion: number }>
  /** Gives a function that closes the watch. */
  watch(fromVersion: number, onEvent: (event: ApiEvent<T>) => void, onClose: (err?: Error) => void): () => void
}

export interface Handlers<T> {
  add?(object: T): void
  update?(old: T, object: T): void
  delete?(object: T, unknownFinalState: boolean): void
}

export interface InformerOpts<T> {
  timers: Timers
  /** How long to wait after a failure. */
  retryMs: number
  /** Each gives the values under which an object is found in this index. */
  indexers?: Readonly<Record<string, (object: T) => readonly string[]>>
}

/** Keeps a cache in step with what an API serves, and tells handlers of every change. */
export class Informer<T extends Obj> {
  constructor(api: Api<T>, opts: InformerOpts<T>) {
    throw new Error('not implemented')
  }

  on(handlers: Handlers<T>): void {
    throw new Error('not implemented')
  }

  run(): void {
    throw new Error('not implemented')
  }

  stop(): void {
    throw new Error('not implemented')
  }

  /** Whether the first list has been taken over and told. */
  get synced(): boolean {
    throw new Error('not implemented')
  }

  get(key: string): T | undefined {
    throw new Error('not implemented')
  }

  list(): T[] {
    throw new Error('not implemented')
  }

  byIndex(name: string, value: string): T[] {
    throw new Error('not implemented')
  }
}
