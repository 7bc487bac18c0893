/** What a script may do to the store while nobody else can. */
export interface Tx {
  get(key: string): Readonly<Record<string, number>> | undefined
  set(key: string, value: Readonly<Record<string, number>>, ttlMs: number): void
}

/** A store that many processes share. It runs each script as one step; between two scripts anything may happen. */
export interface AtomicStore {
  eval<T>(script: (tx: Tx) => T): Promise<T>
}

export interface LimitRule {
  level: string
  ratePerSec: number
  burst: number
}

export interface LimitResult {
  allowed: boolean
  deniedBy?: string
  retryAfterMs?: number
  remaining: Record<string, number>
}

/** Lets a request pass if every level lets it pass. */
export class LimiterChain<R> {
  constructor(opts: {
    store: AtomicStore
    rules: readonly LimitRule[]
    keyOf: (level: string, req: R) => string | null
    now: () => number
  }) {
    throw new Error('not implemented')
  }

  check(req: R, cost = 1): Promise<LimitResult> {
    throw new Error('not implemented')
  }
}
