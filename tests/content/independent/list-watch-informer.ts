/** What arrives goes through one inbox that rests while handlers are told; entries carry a number that orders every index. */
export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

export interface Obj {
  readonly key: string
  readonly resourceVersion: number
}

export type ApiEvent<T> =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: T }
  | { type: 'BOOKMARK'; resourceVersion: number }

export class GoneError extends Error {
  override name = 'GoneError'
}

export interface Api<T> {
  list(): Promise<{ items: T[]; resourceVersion: number }>
  watch(fromVersion: number, onEvent: (event: ApiEvent<T>) => void, onClose: (err?: Error) => void): () => void
}

export interface Handlers<T> {
  add?(object: T): void
  update?(old: T, object: T): void
  delete?(object: T, unknownFinalState: boolean): void
}

export interface InformerOpts<T> {
  timers: Timers
  retryMs: number
  indexers?: Readonly<Record<string, (object: T) => readonly string[]>>
}

interface Entry<T> {
  object: T
  /** Grows with every object that is added. */
  readonly order: number
  /** For each index, the values under which the object stands there. */
  filed: ReadonlyArray<readonly string[]>
}

interface Index<T> {
  readonly valuesOf: (object: T) => readonly string[]
  readonly buckets: Map<string, Set<Entry<T>>>
}

/** The objects, in the order in which they were added, and the indexes over them. */
class Cache<T extends Obj> {
  private readonly entries = new Map<string, Entry<T>>()
  private readonly indexes = new Map<string, Index<T>>()
  private added = 0

  constructor(indexers: Readonly<Record<string, (object: T) => readonly string[]>>) {
    for (const [name, valuesOf] of Object.entries(indexers)) {
      this.indexes.set(name, { valuesOf, buckets: new Map() })
    }
  }

  get(key: string): T | undefined {
    return this.entries.get(key)?.object
  }

  all(): T[] {
    return Array.from(this.entries.values(), ({ object }) => object)
  }

  find(name: string, value: string): T[] {
    const index = this.indexes.get(name)
    if (index === undefined) throw new RangeError(`no index is called ${name}`)
    const found = [...(index.buckets.get(value) ?? [])]
    return found.sort((a, b) => a.order - b.order).map(({ object }) => object)
  }

  put(object: T): void {
    const filed = [...this.indexes.values()].map(({ valuesOf }) => [...valuesOf(object)])
    let entry = this.entries.get(object.key)
    if (entry === undefined) {
      entry = { object, order: this.added++, filed }
      this.entries.set(object.key, entry)
    } else {
      this.unfile(entry)
      entry.object = object
      entry.filed = filed
    }
    this.file(entry)
  }

  remove(key: string): void {
    const entry = this.entries.get(key)
    if (entry === undefined) return
    this.entries.delete(key)
    this.unfile(entry)
  }

  private file(entry: Entry<T>): void {
    let i = 0
    for (const { buckets } of this.indexes.values()) {
      for (const value of entry.filed[i++] ?? []) {
        const bucket = buckets.get(value)
        if (bucket === undefined) buckets.set(value, new Set([entry]))
        else bucket.add(entry)
      }
    }
  }

  private unfile(entry: Entry<T>): void {
    let i = 0
    for (const { buckets } of this.indexes.values()) {
      for (const value of entry.filed[i++] ?? []) {
        const bucket = buckets.get(value)
        bucket?.delete(entry)
        if (bucket?.size === 0) buckets.delete(value)
      }
    }
  }
}

/** How a watch or an attempt to list ended: neatly, or with something thrown. */
type Ending = { failed: false } | { failed: true; error: unknown }

interface Watch {
  over: boolean
  ending: Ending | null
  close: (() => void) | null
}

type Call<T> = (handlers: Handlers<T>) => void

export class Informer<T extends Obj> {
  private readonly api: Api<T>
  private readonly timers: Timers
  private readonly retryMs: number
  private readonly cache: Cache<T>
  private readonly listeners: Handlers<T>[] = []
  private phase: 'new' | 'running' | 'stopped' = 'new'
  private listed = false
  private lastVersion = 0
  private current: Watch | null = null
  private timer: number | null = null
  private readonly inbox: Array<() => void> = []
  private telling = 0

  constructor(api: Api<T>, opts: InformerOpts<T>) {
    this.api = api
    this.timers = opts.timers
    this.retryMs = opts.retryMs
    this.cache = new Cache(opts.indexers ?? {})
  }

  on(handlers: Handlers<T>): void {
    this.listeners.push(handlers)
    this.tell(
      [handlers],
      this.cache.all().map((object) => (h: Handlers<T>) => h.add?.(object)),
    )
    this.work()
  }

  run(): void {
    if (this.phase !== 'new') return
    this.phase = 'running'
    this.relist()
  }

  stop(): void {
    if (this.phase === 'stopped') return
    this.phase = 'stopped'
    this.inbox.length = 0
    if (this.timer !== null) this.timers.clearTimeout(this.timer)
    this.timer = null
    const watch = this.current
    this.current = null
    if (watch !== null) {
      watch.over = true
      watch.close?.()
    }
  }

  get synced(): boolean {
    return this.listed
  }

  get(key: string): T | undefined {
    return this.cache.get(key)
  }

  list(): T[] {
    return this.cache.all()
  }

  byIndex(name: string, value: string): T[] {
    return this.cache.find(name, value)
  }

  private relist(): void {
    const failed = () => this.receive(() => this.later(() => this.relist()))
    let listing: Promise<{ items: T[]; resourceVersion: number }>
    try {
      listing = Promise.resolve(this.api.list())
    } catch {
      failed()
      return
    }
    listing.then(({ items, resourceVersion }) => this.receive(() => this.takeOver(items, resourceVersion)), failed)
  }

  private takeOver(items: readonly T[], version: number): void {
    const calls: Call<T>[] = []
    const listed = new Set<string>()
    for (const item of items) {
      listed.add(item.key)
      const call = this.store(item)
      if (call !== null) calls.push(call)
    }
    for (const object of this.cache.all()) {
      if (listed.has(object.key)) continue
      this.cache.remove(object.key)
      calls.push((h) => h.delete?.(object, true))
    }
    this.lastVersion = version
    this.tell([...this.listeners], calls)
    if (this.phase === 'stopped') return
    this.listed = true
    this.follow()
  }

  /** Puts what is new or newer into the cache, and gives what handlers are to be told. */
  private store(object: T): Call<T> | null {
    const old = this.cache.get(object.key)
    if (old !== undefined && object.resourceVersion <= old.resourceVersion) return null
    this.cache.put(object)
    return old === undefined ? (h) => h.add?.(object) : (h) => h.update?.(old, object)
  }

  /** Watches, again and again as long as watches end neatly while they are being opened. */
  private follow(): void {
    let ending = this.open()
    while (ending !== null && !ending.failed) ending = this.open()
    if (ending !== null) this.recover(ending.error)
  }

  /** Gives how the watch ended if it is over already. */
  private open(): Ending | null {
    if (this.phase === 'stopped') return null
    const watch: Watch = { over: false, ending: null, close: null }
    this.current = watch
    let opening = true
    const end = (ending: Ending) => {
      if (watch.over) return
      watch.over = true
      watch.ending = ending
      this.current = null
      if (opening) return
      if (ending.failed) this.recover(ending.error)
      else this.follow()
    }
    try {
      const close = this.api.watch(
        this.lastVersion,
        (event) => this.receive(() => !watch.over && this.apply(event)),
        (err) => this.receive(() => end(err == null ? { failed: false } : { failed: true, error: err })),
      )
      if (!watch.over) watch.close = close
      else if (watch.ending === null) close() // stopped meanwhile
    } catch (error) {
      end({ failed: true, error })
    }
    opening = false
    return watch.ending
  }

  private recover(error: unknown): void {
    if (this.phase === 'stopped') return
    if (error instanceof GoneError) this.relist()
    else this.later(() => this.follow())
  }

  private apply(event: ApiEvent<T>): void {
    if (event.type === 'BOOKMARK') {
      this.lastVersion = Math.max(this.lastVersion, event.resourceVersion)
      return
    }
    const { object } = event
    this.lastVersion = Math.max(this.lastVersion, object.resourceVersion)
    let call: Call<T> | null = null
    if (event.type !== 'DELETED') {
      call = this.store(object)
    } else {
      const old = this.cache.get(object.key)
      if (old !== undefined && object.resourceVersion > old.resourceVersion) {
        this.cache.remove(object.key)
        call = (h) => h.delete?.(object, false)
      }
    }
    if (call !== null) this.tell([...this.listeners], [call])
  }

  private later(fn: () => void): void {
    this.timer = this.timers.setTimeout(() => {
      this.timer = null
      if (this.phase !== 'stopped') fn()
    }, this.retryMs)
  }

  /** Everything that comes from outside; it waits its turn while handlers are told of something else. */
  private receive(task: () => void): void {
    if (this.phase === 'stopped') return
    this.inbox.push(task)
    this.work()
  }

  private work(): void {
    while (this.telling === 0) {
      const task = this.inbox.shift()
      if (task === undefined) return
      task()
    }
  }

  private tell(listeners: ReadonlyArray<Handlers<T>>, calls: ReadonlyArray<Call<T>>): void {
    this.telling++
    for (const call of calls) {
      for (const handlers of listeners) {
        if (this.phase === 'stopped') break
        try {
          call(handlers)
        } catch {
          // The others and the informer go on.
        }
      }
    }
    this.telling--
  }
}
