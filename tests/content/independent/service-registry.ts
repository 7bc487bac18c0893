/** An append-only log of events for each service: every watcher keeps its own place in the versions, so replay and live delivery never overlap. */

/** The clock and the timers to use. */
export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

export interface Instance {
  service: string
  id: string
  addr: string
  meta?: Readonly<Record<string, string>>
}

export interface RegistryEvent {
  type: 'add' | 'update' | 'remove'
  instance: Instance
  /** The version of the registry since this event. */
  version: number
}

function copyOf(instance: Instance): Instance {
  return instance.meta ? { ...instance, meta: { ...instance.meta } } : { ...instance }
}

function validTtl(ttlMs: number): number {
  if (!(ttlMs > 0)) throw new RangeError('ttlMs must be above 0')
  return ttlMs
}

/** An instance that is there. It keeps its entry, and so its place, when it is registered again. */
interface Entry {
  /** Grows in the order in which entries were added. */
  readonly order: number
  instance: Instance
  lease: string
  ttlMs: number
  endsAt: number
}

interface Watcher {
  readonly cb: (event: RegistryEvent) => void
  /** The version up to which it knows everything. */
  seen: number
  active: boolean
}

interface Service {
  readonly entries: Map<string, Entry>
  readonly log: RegistryEvent[]
  readonly watchers: Set<Watcher>
}

let leases = 0

/** Knows which instances are there. */
export class Registry {
  readonly #now: () => number
  readonly #ttlMs: number
  readonly #services = new Map<string, Service>()
  readonly #byLease = new Map<string, Entry>()
  /** Events that have happened and that watchers may not know yet. */
  #undelivered: RegistryEvent[] = []
  #delivering = false
  #version = 0
  #added = 0
  /** No lease ends before this. */
  #earliestEnd = Number.POSITIVE_INFINITY

  constructor({ now, ttlMs = 10_000 }: { now: () => number; ttlMs?: number }) {
    this.#now = now
    this.#ttlMs = validTtl(ttlMs)
  }

  /** The lease of the instance. */
  register(instance: Instance, ttlMs = this.#ttlMs): string {
    validTtl(ttlMs)
    const time = this.#expire()
    const lease = `lease-${++leases}`
    const { entries } = this.#service(instance.service)
    const known = entries.get(instance.id)
    if (known) this.#byLease.delete(known.lease)
    const fresh = { instance: copyOf(instance), lease, ttlMs, endsAt: time + ttlMs }
    const entry = known ? Object.assign(known, fresh) : { ...fresh, order: this.#added++ }
    entries.set(instance.id, entry)
    this.#byLease.set(lease, entry)
    this.#earliestEnd = Math.min(this.#earliestEnd, entry.endsAt)
    this.#record(known ? 'update' : 'add', entry.instance)
    this.#deliver()
    return lease
  }

  /** Whether the lease was alive, and so has been renewed. */
  heartbeat(lease: string): boolean {
    const time = this.#expire()
    const entry = this.#byLease.get(lease)
    if (entry) entry.endsAt = time + entry.ttlMs
    this.#deliver()
    return entry !== undefined
  }

  deregister(lease: string): void {
    this.#expire()
    const entry = this.#byLease.get(lease)
    if (entry) this.#remove(entry)
    this.#deliver()
  }

  /** Removes what has expired. */
  sweep(): void {
    this.#expire()
    this.#deliver()
  }

  list(service: string): { instances: Instance[]; version: number } {
    this.#expire()
    this.#deliver()
    const entries = this.#services.get(service)?.entries.values() ?? []
    return { instances: Array.from(entries, ({ instance }) => copyOf(instance)), version: this.#version }
  }

  /** Tells every event of the service after a version; the function that it returns ends that. */
  watch(service: string, fromVersion: number, cb: (event: RegistryEvent) => void): () => void {
    this.#expire()
    this.#deliver()
    const { log, watchers } = this.#service(service)
    const watcher: Watcher = { cb, seen: fromVersion, active: true }
    watchers.add(watcher)
    const end = () => {
      watcher.active = false
      watchers.delete(watcher)
    }
    // What a callback causes during the replay is told to the others when the replay is over.
    const isOutermost = !this.#delivering
    this.#delivering = true
    try {
      // The log may grow meanwhile.
      for (let i = 0; i < log.length; i++) {
        const event = log[i]
        if (event) tell(watcher, event)
      }
    } catch (error) {
      end()
      throw error
    } finally {
      if (isOutermost) this.#delivering = false
    }
    this.#deliver()
    return end
  }

  #service(name: string): Service {
    let service = this.#services.get(name)
    if (!service) {
      service = { entries: new Map(), log: [], watchers: new Set() }
      this.#services.set(name, service)
    }
    return service
  }

  /** Removes what is over, and gives the time. Telling it is left to `#deliver`. */
  #expire(): number {
    const time = this.#now()
    if (time < this.#earliestEnd) return time
    const over: Entry[] = []
    this.#earliestEnd = Number.POSITIVE_INFINITY
    for (const entry of this.#byLease.values()) {
      if (entry.endsAt <= time) over.push(entry)
      else this.#earliestEnd = Math.min(this.#earliestEnd, entry.endsAt)
    }
    over.sort((a, b) => a.endsAt - b.endsAt || a.order - b.order)
    for (const entry of over) this.#remove(entry)
    return time
  }

  #remove({ lease, instance }: Entry): void {
    this.#byLease.delete(lease)
    this.#service(instance.service).entries.delete(instance.id)
    this.#record('remove', instance)
  }

  #record(type: RegistryEvent['type'], instance: Instance): void {
    const event: RegistryEvent = { type, instance: copyOf(instance), version: ++this.#version }
    this.#service(instance.service).log.push(event)
    this.#undelivered.push(event)
  }

  /** Tells the watchers one event after the other. What they cause is told by the outermost call. */
  #deliver(): void {
    if (this.#delivering) return
    this.#delivering = true
    const errors: unknown[] = []
    while (this.#undelivered.length > 0) {
      const events = this.#undelivered
      this.#undelivered = []
      for (const event of events) {
        for (const watcher of [...this.#service(event.instance.service).watchers]) {
          try {
            tell(watcher, event)
          } catch (error) {
            errors.push(error)
          }
        }
      }
    }
    this.#delivering = false
    if (errors.length > 0) throw errors[0]
  }
}

function tell(watcher: Watcher, event: RegistryEvent): void {
  if (!watcher.active || event.version <= watcher.seen) return
  watcher.seen = event.version
  watcher.cb({ ...event, instance: copyOf(event.instance) })
}

/** The time between a start and a stop of a registrar. */
interface Run {
  lease: string | undefined
  timer: number
}

/** Keeps one instance registered. */
export class Registrar {
  readonly #registry: Pick<Registry, 'register' | 'heartbeat' | 'deregister'>
  readonly #instance: Instance
  readonly #ttlMs: number
  readonly #timers: Timers
  #run: Run | undefined

  constructor(
    registry: Pick<Registry, 'register' | 'heartbeat' | 'deregister'>,
    instance: Instance,
    { ttlMs, timers }: { ttlMs: number; timers: Timers },
  ) {
    this.#registry = registry
    this.#instance = copyOf(instance)
    this.#ttlMs = validTtl(ttlMs)
    this.#timers = timers
  }

  start(): void {
    if (this.#run) return
    const run: Run = { lease: undefined, timer: 0 }
    this.#run = run
    this.#arm(run)
    this.#enrol(run)
  }

  stop(): void {
    const run = this.#run
    if (!run) return
    this.#run = undefined
    this.#timers.clearTimeout(run.timer)
    this.#discharge(run.lease)
  }

  #arm(run: Run): void {
    run.timer = this.#timers.setTimeout(() => this.#beat(run), (this.#ttlMs * 2) / 3)
  }

  #beat(run: Run): void {
    if (this.#run !== run) return
    this.#arm(run)
    if (run.lease !== undefined) {
      try {
        if (this.#registry.heartbeat(run.lease)) return
      } catch {
        return
      }
      run.lease = undefined
    }
    if (this.#run === run) this.#enrol(run)
  }

  #enrol(run: Run): void {
    let lease: string
    try {
      lease = this.#registry.register(copyOf(this.#instance), this.#ttlMs)
    } catch {
      return
    }
    // Somebody who heard of it may have stopped this run.
    if (this.#run === run) run.lease = lease
    else this.#discharge(lease)
  }

  #discharge(lease: string | undefined): void {
    if (lease === undefined) return
    try {
      this.#registry.deregister(lease)
    } catch {
      // The lease will run out by itself.
    }
  }
}

/** What a client knows of one service. */
interface View {
  readonly instances: Map<string, Instance>
  readonly unwatch: () => void
}

/** Knows the instances of services from a cache. */
export class DiscoveryClient {
  readonly #registry: Pick<Registry, 'list' | 'watch'>
  readonly #views = new Map<string, View>()
  #closed = false

  constructor(registry: Pick<Registry, 'list' | 'watch'>) {
    this.#registry = registry
  }

  instances(service: string): Instance[] {
    let view = this.#views.get(service)
    if (!view) {
      if (this.#closed) return []
      view = this.#open(service)
    }
    return Array.from(view.instances.values(), copyOf)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const { unwatch } of this.#views.values()) unwatch()
  }

  #open(service: string): View {
    const { instances: listed, version } = this.#registry.list(service)
    const instances = new Map(listed.map((instance) => [instance.id, copyOf(instance)]))
    const unwatch = this.#registry.watch(service, version, ({ type, instance }) => {
      if (this.#closed) return
      if (type === 'remove') instances.delete(instance.id)
      else instances.set(instance.id, copyOf(instance))
    })
    const other = this.#views.get(service)
    // A callback may have asked for the same service, or closed this client, while the registry was at work.
    if (other || this.#closed) unwatch()
    if (other) return other
    const view = { instances, unwatch }
    this.#views.set(service, view)
    return view
  }
}
