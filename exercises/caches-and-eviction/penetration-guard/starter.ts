export interface GuardOpts<V> {
  /** Asks the database; null says that there is no such row. */
  load: (key: string) => Promise<V | null>
  /** Which keys are worth a look at all. */
  validKey?: RegExp | ((key: string) => boolean)
  /** False: the key certainly does not exist. */
  mayExist?: (key: string) => boolean
  ttlMs: number
  nullTtlMs: number
  maxNulls: number
  /** Milliseconds. */
  now: () => number
}

/** A caching loader that keeps requests for what does not exist away from the database. */
export class GuardedLoader<V> {
  constructor(opts: GuardOpts<V>) {
    throw new Error('not implemented')
  }

  /** The value, or null when there is none. */
  get(key: string): Promise<V | null> {
    throw new Error('not implemented')
  }

  /** Forgets what is known about the key, also that it does not exist. */
  invalidate(key: string): void {
    throw new Error('not implemented')
  }

  stats(): { loads: number; hits: number; nullHits: number; rejected: number } {
    throw new Error('not implemented')
  }
}
