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

/** Knows which instances are there. */
export class Registry {
  constructor(opts: { now: () => number; ttlMs?: number }) {
    throw new Error('not implemented')
  }

  /** The lease of the instance. */
  register(instance: Instance, ttlMs?: number): string {
    throw new Error('not implemented')
  }

  /** Whether the lease was alive, and so has been renewed. */
  heartbeat(lease: string): boolean {
    throw new Error('not implemented')
  }

  deregister(lease: string): void {
    throw new Error('not implemented')
  }

  /** Removes what has expired. */
  sweep(): void {
    throw new Error('not implemented')
  }

  list(service: string): { instances: Instance[]; version: number } {
    throw new Error('not implemented')
  }

  /** Tells every event of the service after a version; the function that it returns ends that. */
  watch(service: string, fromVersion: number, cb: (event: RegistryEvent) => void): () => void {
    throw new Error('not implemented')
  }
}

/** Keeps one instance registered. */
export class Registrar {
  constructor(
    registry: Pick<Registry, 'register' | 'heartbeat' | 'deregister'>,
    instance: Instance,
    opts: { ttlMs: number; timers: Timers },
  ) {
    throw new Error('not implemented')
  }

  start(): void {
    throw new Error('not implemented')
  }

  stop(): void {
    throw new Error('not implemented')
  }
}

/** Knows the instances of services from a cache. */
export class DiscoveryClient {
  constructor(registry: Pick<Registry, 'list' | 'watch'>) {
    throw new Error('not implemented')
  }

  instances(service: string): Instance[] {
    throw new Error('not implemented')
  }

  close(): void {
    throw new Error('not implemented')
  }
}
