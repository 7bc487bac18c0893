/** A whole number of milliseconds near baseMs, each of those within the spread as likely as the others. */
export function jitteredTtl(baseMs: number, spread: number, rng: () => number): number {
  throw new Error('not implemented')
}

export interface DualOpts<V> {
  load: (key: string) => Promise<V>
  ttlMs: number
  /** Share of ttlMs by which a TTL may be shorter or longer. */
  spread: number
  maxConcurrentLoads: number
  /** In [0, 1). */
  rng: () => number
  /** Milliseconds. */
  now: () => number
}

/** A cache whose keys expire at different times and are answered from a backup while they are refreshed. */
export class DualCache<V> {
  constructor(opts: DualOpts<V>) {
    throw new Error('not implemented')
  }

  get(key: string): Promise<V> {
    throw new Error('not implemented')
  }

  /** Loads what is not fresh; resolves when all of it has ended. */
  warm(keys: readonly string[]): Promise<void> {
    throw new Error('not implemented')
  }

  stats(): { loads: number; servedFromBackup: number; activeLoads: number } {
    throw new Error('not implemented')
  }
}
