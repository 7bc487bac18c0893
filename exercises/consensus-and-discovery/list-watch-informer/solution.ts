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

/** One call that handlers are due. */
type Notice<T> = (handlers: Handlers<T>) => void

/** Which keys have which value. */
class Index<T> {
  readonly #valuesOf: (object: T) => readonly string[]
  /** By value: the keys, each with its place in the order in which objects were added. */
  readonly #keys = new Map<string, Map<string, number>>()
  readonly #places = new Map<string, number>()
  #nextPlace = 0

  constructor(valuesOf: (object: T) => readonly string[]) {
    this.#valuesOf = valuesOf
  }

  /** The keys with this value, in the order in which their objects were added. */
  find(value: string): string[] {
    const found = [...(this.#keys.get(value) ?? [])]
    return found.sort(([, a], [, b]) => a - b).map(([key]) => key)
  }

  /** Takes an object from where it was (if it was) to where it is now (if it is). */
  move(key: string, old: T | undefined, object: T | undefined): void {
    for (const value of old === undefined ? [] : this.#valuesOf(old)) {
      const keys = this.#keys.get(value)
      keys?.delete(key)
      if (keys?.size === 0) this.#keys.delete(value)
    }
    if (object === undefined) {
      this.#places.delete(key)
      return
    }
    const place = this.#places.get(key) ?? this.#nextPlace++
    this.#places.set(key, place)
    for (const value of this.#valuesOf(object)) {
      const keys = this.#keys.get(value) ?? new Map<string, number>()
      this.#keys.set(value, keys.set(key, place))
    }
  }
}

/** Keeps a cache in step with what an API serves, and tells handlers of every change. */
export class Informer<T extends Obj> {
  readonly #api: Api<T>
  readonly #opts: InformerOpts<T>
  readonly #handlers: Array<Handlers<T>> = []
  readonly #cache = new Map<string, T>()
  readonly #indexes: ReadonlyMap<string, Index<T>>
  #state: 'new' | 'running' | 'stopped' = 'new'
  #synced = false
  #lastVersion = 0
  #timer: number | null = null
  /** Stands for the watch that is open. What carries another one is late and ignored. */
  #watch: { close: (() => void) | null } | null = null

  constructor(api: Api<T>, opts: InformerOpts<T>) {
    this.#api = api
    this.#opts = opts
    this.#indexes = new Map(Object.entries(opts.indexers ?? {}).map(([name, indexer]) => [name, new Index(indexer)]))
  }

  on(handlers: Handlers<T>): void {
    this.#handlers.push(handlers)
    if (this.#state === 'stopped') return
    for (const object of this.list()) tell([handlers], (one) => one.add?.(object))
  }

  run(): void {
    if (this.#state !== 'new') return
    this.#state = 'running'
    void this.#listAndWatch()
  }

  stop(): void {
    this.#state = 'stopped'
    if (this.#timer !== null) this.#opts.timers.clearTimeout(this.#timer)
    this.#timer = null
    const watch = this.#watch
    this.#watch = null
    watch?.close?.()
  }

  /** Whether the first list has been taken over and told. */
  get synced(): boolean {
    return this.#synced
  }

  get(key: string): T | undefined {
    return this.#cache.get(key)
  }

  list(): T[] {
    return [...this.#cache.values()]
  }

  byIndex(name: string, value: string): T[] {
    const index = this.#indexes.get(name)
    if (index === undefined) throw new RangeError(`there is no index ${name}`)
    return index.find(value).flatMap((key) => this.#cache.get(key) ?? [])
  }

  async #listAndWatch(): Promise<void> {
    try {
      const { items, resourceVersion } = await this.#api.list()
      if (this.#state === 'stopped') return
      this.#lastVersion = resourceVersion
      this.#tellAll(this.#takeOver(items))
    } catch {
      this.#retry(() => void this.#listAndWatch())
      return
    }
    // A handler may have stopped the informer.
    if (this.#isStopped()) return
    this.#synced = true
    this.#openWatch()
  }

  #isStopped(): boolean {
    return this.#state === 'stopped'
  }

  #openWatch(): void {
    const watch: { close: (() => void) | null } = { close: null }
    this.#watch = watch
    const onClose = (error?: Error): void => {
      if (this.#watch !== watch) return
      this.#watch = null
      if (error === undefined) this.#openWatch()
      else if (error instanceof GoneError) void this.#listAndWatch()
      else this.#retry(() => this.#openWatch())
    }
    const onEvent = (event: ApiEvent<T>): void => {
      if (this.#watch === watch) this.#apply(event)
    }
    try {
      watch.close = this.#api.watch(this.#lastVersion, onEvent, onClose)
      // Stopped by a handler while the watch was being opened.
      if (this.#isStopped()) watch.close()
    } catch (error) {
      onClose(error instanceof Error ? error : new Error(String(error)))
    }
  }

  #retry(fn: () => void): void {
    if (this.#isStopped()) return
    this.#timer = this.#opts.timers.setTimeout(() => {
      this.#timer = null
      fn()
    }, this.#opts.retryMs)
  }

  #apply(event: ApiEvent<T>): void {
    const version = event.type === 'BOOKMARK' ? event.resourceVersion : event.object.resourceVersion
    this.#lastVersion = Math.max(this.#lastVersion, version)
    if (event.type === 'BOOKMARK') return
    const { type, object } = event
    if (type !== 'DELETED') {
      this.#tellAll(this.#put(object))
      return
    }
    const known = this.#cache.get(object.key)
    if (known === undefined || known.resourceVersion >= object.resourceVersion) return
    this.#remove(known)
    this.#tellAll([(handlers) => handlers.delete?.(object, false)])
  }

  /** Makes the cache like the list; what handlers should be told of it. */
  #takeOver(items: readonly T[]): Array<Notice<T>> {
    const listed = new Set(items.map(({ key }) => key))
    const notices = items.flatMap((object) => this.#put(object))
    for (const known of this.list()) {
      if (listed.has(known.key)) continue
      this.#remove(known)
      notices.push((handlers) => handlers.delete?.(known, true))
    }
    return notices
  }

  #put(object: T): Array<Notice<T>> {
    const old = this.#cache.get(object.key)
    if (old !== undefined && old.resourceVersion >= object.resourceVersion) return []
    this.#cache.set(object.key, object)
    for (const index of this.#indexes.values()) index.move(object.key, old, object)
    return [(handlers) => (old === undefined ? handlers.add?.(object) : handlers.update?.(old, object))]
  }

  #remove(known: T): void {
    this.#cache.delete(known.key)
    for (const index of this.#indexes.values()) index.move(known.key, known, undefined)
  }

  #tellAll(notices: ReadonlyArray<Notice<T>>): void {
    for (const notice of notices) tell(this.#handlers, notice, () => this.#isStopped())
  }
}

function tell<T>(handlers: ReadonlyArray<Handlers<T>>, notice: Notice<T>, isOver = (): boolean => false): void {
  for (const one of [...handlers]) {
    if (isOver()) return
    try {
      notice(one)
    } catch {
      // One handler's trouble is not the others'.
    }
  }
}
