export interface LogicalOpts<V> {
  rebuild: (key: string) => Promise<V>
  /** How long an entry is fresh, in milliseconds. */
  ttlMs: number
  /** From this long after its expiry an entry is too stale to be handed out; no limit by default. */
  maxStaleMs?: number
  /** Milliseconds. */
  now: () => number
}

/** A cache for hot keys: expired entries are handed out while they are rebuilt in the background. */
export class LogicalExpiryCache<V> {
  constructor(opts: LogicalOpts<V>) {
    throw new Error('not implemented')
  }

  preload(key: string, value: V): void {
    throw new Error('not implemented')
  }

  get(key: string): Promise<{ value: V; stale: boolean }> {
    throw new Error('not implemented')
  }

  /** Calls of rebuild that have not ended. */
  get pendingRebuilds(): number {
    throw new Error('not implemented')
  }
}
