export interface CacheStore<V> {
  /** null: not cached. */
  get(key: string): Promise<V | null>
  set(key: string, value: V): Promise<void>
  del(key: string): Promise<void>
}

export interface Database<V> {
  /** null: no such row. */
  read(key: string): Promise<V | null>
  write(key: string, value: V): Promise<void>
}

export interface AsideOpts {
  maxRetries: number
  retryDelayMs: number
  /** Deletes once more this long after a write. */
  secondDeleteMs?: number
  sleep: (ms: number) => Promise<void>
  /** Hears of a deletion whose retries have all failed. */
  onGiveUp?: (key: string, err: unknown) => void
}

/** Reads through a cache and keeps it in step with the database. */
export class CacheAside<V> {
  constructor(db: Database<V>, cache: CacheStore<V>, opts: AsideOpts) {
    throw new Error('not implemented')
  }

  read(key: string): Promise<V | null> {
    throw new Error('not implemented')
  }

  write(key: string, value: V): Promise<void> {
    throw new Error('not implemented')
  }

  /** Deletes what the database's change log says has changed. */
  applyBinlog(ev: { key: string; position: number }): Promise<void> {
    throw new Error('not implemented')
  }

  /** Keys whose deletion is being retried. */
  get pendingRetries(): number {
    throw new Error('not implemented')
  }
}
