export interface StoreOptions {
  now: () => number
  rng: () => number
  role?: 'master' | 'replica'
  samples?: number
  staleRatio?: number
  propagate?: (cmd: readonly string[]) => void
}

export class ExpiringStore {
  constructor(opts: StoreOptions) {
    throw new Error('not implemented')
  }

  /** Keys in memory, including those that have expired and were not deleted yet. */
  get physicalSize(): number {
    throw new Error('not implemented')
  }

  set(key: string, value: string, opts: { px?: number; keepTtl?: boolean } = {}): void {
    throw new Error('not implemented')
  }

  get(key: string): string | undefined {
    throw new Error('not implemented')
  }

  /** Whether the key is there. */
  expire(key: string, ms: number): boolean {
    throw new Error('not implemented')
  }

  /** Whether an expiry was removed. */
  persist(key: string): boolean {
    throw new Error('not implemented')
  }

  /** Milliseconds left, -1 without expiry, -2 without key. */
  pttl(key: string): number {
    throw new Error('not implemented')
  }

  activeCycle(maxLoops: number): { loops: number; expired: number } {
    throw new Error('not implemented')
  }

  /** Carries out a command that the master has sent. */
  replicate(cmd: readonly string[]): void {
    throw new Error('not implemented')
  }
}
