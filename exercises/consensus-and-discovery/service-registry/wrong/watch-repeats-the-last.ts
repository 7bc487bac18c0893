// Begins with the event of fromVersion itself.
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

interface Entry {
  instance: Instance
  lease: string
  ttlMs: number
  renewed: number
}

interface Watcher {
  readonly service: string
  readonly cb: (event: RegistryEvent) => void
  /** Version of the last event it has been told. */
  seen: number
}

/** Knows which instances are there. */
export class Registry {
  readonly #now: () => number
  readonly #ttlMs: number
  /** By service and id; a Map keeps the place of an entry that is updated. */
  readonly #entries = new Map<string, Entry>()
  /** Every event so far: the one of version v is at v - 1. */
  readonly #events: RegistryEvent[] = []
  readonly #watchers = new Set<Watcher>()
  #leases = 0
  #isDelivering = false

  constructor({ now, ttlMs = 10_000 }: { now: () => number; ttlMs?: number }) {
    this.#now = now
    this.#ttlMs = checkedTtl(ttlMs)
  }

  /** The lease of the instance. */
  register(instance: Instance, ttlMs = this.#ttlMs): string {
    checkedTtl(ttlMs)
    this.sweep()
    const key = keyOf(instance)
    const type = this.#entries.has(key) ? 'update' : 'add'
    const lease = `lease-${++this.#leases}`
    this.#entries.set(key, { instance: copied(instance), lease, ttlMs, renewed: this.#now() })
    this.#record(type, instance)
    return lease
  }

  /** Whether the lease was alive, and so has been renewed. */
  heartbeat(lease: string): boolean {
    this.sweep()
    const entry = this.#entryOf(lease)
    if (entry === undefined) return false
    entry.renewed = this.#now()
    return true
  }

  deregister(lease: string): void {
    this.sweep()
    const entry = this.#entryOf(lease)
    if (entry) this.#remove(entry)
  }

  /** Removes what has expired. */
  sweep(): void {
    const now = this.#now()
    const end = ({ renewed, ttlMs }: Entry): number => renewed + ttlMs
    const expired = [...this.#entries.values()].filter((entry) => now >= end(entry))
    for (const entry of expired.sort((a, b) => end(a) - end(b))) {
      // A callback may have swept in between.
      if (this.#entries.get(keyOf(entry.instance)) === entry) this.#remove(entry)
    }
  }

  list(service: string): { instances: Instance[]; version: number } {
    this.sweep()
    const entries = [...this.#entries.values()].filter(({ instance }) => instance.service === service)
    return { instances: entries.map(({ instance }) => copied(instance)), version: this.#events.length }
  }

  /** Tells every event of the service after a version; the function that it returns ends that. */
  watch(service: string, fromVersion: number, cb: (event: RegistryEvent) => void): () => void {
    this.sweep()
    const watcher: Watcher = { service, cb, seen: fromVersion - 1 }
    this.#watchers.add(watcher)
    this.#deliverTo(watcher)
    return () => {
      this.#watchers.delete(watcher)
    }
  }

  #entryOf(lease: string): Entry | undefined {
    return [...this.#entries.values()].find((entry) => entry.lease === lease)
  }

  #remove(entry: Entry): void {
    this.#entries.delete(keyOf(entry.instance))
    this.#record('remove', entry.instance)
  }

  #record(type: RegistryEvent['type'], instance: Instance): void {
    this.#events.push({ type, instance: copied(instance), version: this.#events.length + 1 })
    // A change made by a callback waits until the present event has reached everybody.
    if (this.#isDelivering) return
    this.#isDelivering = true
    try {
      for (let told = this.#events.length; told <= this.#events.length; told++) {
        for (const watcher of this.#watchers) this.#deliverTo(watcher, told)
      }
    } finally {
      this.#isDelivering = false
    }
  }

  /** Tells a watcher what it has not been told, up to a version. Replay and live events take the same way. */
  #deliverTo(watcher: Watcher, upTo = this.#events.length): void {
    while (watcher.seen < upTo && this.#watchers.has(watcher)) {
      const event = this.#events[Math.max(0, watcher.seen)]
      watcher.seen = event?.version ?? upTo
      if (event?.instance.service === watcher.service) watcher.cb({ ...event, instance: copied(event.instance) })
    }
  }
}

/** Keeps one instance registered. */
export class Registrar {
  readonly #registry: Pick<Registry, 'register' | 'heartbeat' | 'deregister'>
  readonly #instance: Instance
  readonly #ttlMs: number
  readonly #timers: Timers
  #lease: string | null = null
  #timer: number | null = null

  constructor(
    registry: Pick<Registry, 'register' | 'heartbeat' | 'deregister'>,
    instance: Instance,
    { ttlMs, timers }: { ttlMs: number; timers: Timers },
  ) {
    this.#registry = registry
    this.#instance = instance
    this.#ttlMs = ttlMs
    this.#timers = timers
  }

  start(): void {
    if (this.#timer === null) this.#beat()
  }

  stop(): void {
    if (this.#timer !== null) this.#timers.clearTimeout(this.#timer)
    this.#timer = null
    const lease = this.#lease
    this.#lease = null
    try {
      if (lease !== null) this.#registry.deregister(lease)
    } catch {
      // The lease will run out by itself.
    }
  }

  #beat(): void {
    this.#timer = this.#timers.setTimeout(() => this.#beat(), (this.#ttlMs * 2) / 3)
    try {
      if (this.#lease !== null && this.#registry.heartbeat(this.#lease)) return
      this.#lease = null
      this.#lease = this.#registry.register(this.#instance, this.#ttlMs)
    } catch {
      // The next beat tries again; there are enough of them before the lease runs out.
    }
  }
}

/** Knows the instances of services from a cache. */
export class DiscoveryClient {
  readonly #registry: Pick<Registry, 'list' | 'watch'>
  readonly #services = new Map<string, { instances: Map<string, Instance>; end: () => void }>()
  #isClosed = false

  constructor(registry: Pick<Registry, 'list' | 'watch'>) {
    this.#registry = registry
  }

  instances(service: string): Instance[] {
    const known = this.#services.get(service)?.instances ?? this.#follow(service)
    return Array.from(known.values(), copied)
  }

  close(): void {
    this.#isClosed = true
    for (const { end } of this.#services.values()) end()
  }

  #follow(service: string): ReadonlyMap<string, Instance> {
    const instances = new Map<string, Instance>()
    if (this.#isClosed) return instances
    const { instances: listed, version } = this.#registry.list(service)
    for (const instance of listed) instances.set(instance.id, copied(instance))
    const end = this.#registry.watch(service, version, ({ type, instance }) => {
      if (type === 'remove') instances.delete(instance.id)
      else instances.set(instance.id, copied(instance))
    })
    this.#services.set(service, { instances, end })
    return instances
  }
}

function keyOf({ service, id }: Instance): string {
  return JSON.stringify([service, id])
}

function copied(instance: Instance): Instance {
  return instance.meta ? { ...instance, meta: { ...instance.meta } } : { ...instance }
}

function checkedTtl(ttlMs: number): number {
  if (!(ttlMs > 0)) throw new RangeError('ttlMs must be above 0')
  return ttlMs
}
