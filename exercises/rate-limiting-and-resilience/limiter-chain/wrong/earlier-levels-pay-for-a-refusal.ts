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

/** From the widest protection to the narrowest; levels of one's own come after these. */
const ORDER = ['gateway', 'ip', 'service', 'api']

interface Bucket {
  readonly rule: LimitRule
  readonly key: string
  readonly tokens: number
  /** Milliseconds for which `tokens` is right. */
  readonly at: number
}

/** Lets a request pass if every level lets it pass. */
export class LimiterChain<R> {
  readonly #store: AtomicStore
  readonly #rules: readonly LimitRule[]
  readonly #keyOf: (level: string, req: R) => string | null
  readonly #now: () => number

  constructor(opts: {
    store: AtomicStore
    rules: readonly LimitRule[]
    keyOf: (level: string, req: R) => string | null
    now: () => number
  }) {
    for (const { level, ratePerSec, burst } of opts.rules) {
      if (!isPositive(ratePerSec) || !isPositive(burst)) throw new RangeError(`${level}: limits must be above 0`)
    }
    const levels = new Set(opts.rules.map(({ level }) => level))
    if (levels.size < opts.rules.length) throw new RangeError('two rules for one level')
    const known = ORDER.flatMap((level) => opts.rules.filter((rule) => rule.level === level))
    this.#rules = [...known, ...opts.rules.filter(({ level }) => !ORDER.includes(level))]
    this.#store = opts.store
    this.#keyOf = opts.keyOf
    this.#now = opts.now
  }

  // `async` turns throws into rejections.
  async check(req: R, cost = 1): Promise<LimitResult> {
    if (!Number.isFinite(cost) || cost < 0) throw new RangeError('cost must be a number of 0 or more')
    const limits = this.#rules.flatMap((rule) => {
      const key = this.#keyOf(rule.level, req)
      // As JSON, so that no choice of names lets two buckets meet.
      return key === null ? [] : [{ rule, key: JSON.stringify([rule.level, key]) }]
    })
    if (limits.length === 0) return { allowed: true, remaining: {} }

    const now = this.#now()
    // All in one script: whatever is read here is still true when it is written back.
    return this.#store.eval((tx) => {
      const buckets = limits.map(({ rule, key }) => refilled(rule, key, tx.get(key), now))
      const refusing = buckets.find(({ tokens }) => tokens < cost)
      if (refusing) {
        const { rule, tokens } = refusing
        for (const one of buckets.slice(0, buckets.indexOf(refusing))) {
          tx.set(one.key, { tokens: one.tokens - cost, at: one.at }, timeToFull(one.rule, one.tokens - cost))
        }
        const retryAfterMs = cost > rule.burst ? Number.POSITIVE_INFINITY : ((cost - tokens) / rule.ratePerSec) * 1000
        return { allowed: false, deniedBy: rule.level, retryAfterMs, remaining: remaining(buckets) }
      }
      // Only now that nobody refuses is anything taken.
      const rest = buckets.map((bucket) => ({ ...bucket, tokens: bucket.tokens - cost }))
      for (const { rule, key, tokens, at } of rest) tx.set(key, { tokens, at }, timeToFull(rule, tokens))
      return { allowed: true, remaining: remaining(rest) }
    })
  }
}

function refilled(rule: LimitRule, key: string, stored: ReturnType<Tx['get']>, now: number): Bucket {
  const { tokens = rule.burst, at = now } = stored ?? {}
  // Clocks of several machines differ: the time of a bucket never goes back, or a span of time would count twice.
  const elapsed = Math.max(0, now - at)
  return { rule, key, tokens: Math.min(rule.burst, tokens + (elapsed * rule.ratePerSec) / 1000), at: at + elapsed }
}

/** A bucket that is full again need not be remembered. At least 1 ms, since no store takes less. */
function timeToFull({ ratePerSec, burst }: LimitRule, tokens: number): number {
  return Math.max(1, Math.ceil(((burst - tokens) / ratePerSec) * 1000))
}

function remaining(buckets: readonly Bucket[]): Record<string, number> {
  return Object.fromEntries(buckets.map(({ rule, tokens }) => [rule.level, tokens]))
}

function isPositive(value: number): boolean {
  return Number.isFinite(value) && value > 0
}
