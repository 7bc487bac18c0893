/** One script brings all buckets of a request up to the present, asks them in order, takes from all or none, and writes them back. */

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

export interface LimiterOpts<R> {
  store: AtomicStore
  rules: readonly LimitRule[]
  keyOf: (level: string, req: R) => string | null
  now: () => number
}

/** A level that applies to a request, and its place in the store. */
interface Gate {
  readonly rule: LimitRule
  readonly key: string
}

/** A bucket as it is at `at`. */
interface Bucket {
  readonly tokens: number
  readonly at: number
}

const FIRST_LEVELS = ['gateway', 'ip', 'service', 'api']

function isPositive(n: number): boolean {
  return Number.isFinite(n) && n > 0
}

function bringUp({ ratePerSec, burst }: LimitRule, stored: ReturnType<Tx['get']>, now: number): Bucket {
  const { tokens = burst, at = now } = stored ?? {}
  const earned = (Math.max(0, now - at) * ratePerSec) / 1000
  return { tokens: Math.min(burst, tokens + earned), at: Math.max(at, now) }
}

/** The time until a bucket has `cost` tokens; it earns nothing before `now` has reached its own time. */
function waitFor({ ratePerSec, burst }: LimitRule, { tokens, at }: Bucket, cost: number, now: number): number {
  return cost > burst ? Number.POSITIVE_INFINITY : at - now + ((cost - tokens) * 1000) / ratePerSec
}

function runCheck(tx: Tx, gates: readonly Gate[], cost: number, now: number): LimitResult {
  const asked = gates.map(({ rule, key }) => ({ rule, key, bucket: bringUp(rule, tx.get(key), now) }))
  const denial = asked.find(({ bucket }) => bucket.tokens < cost)
  const price = denial ? 0 : cost
  const remaining = asked.map(({ rule, key, bucket }): [string, number] => {
    const tokens = bucket.tokens - price
    // From empty to full, and some of the second that is granted for clocks that differ.
    const ttlMs = Math.floor((rule.burst * 1000) / rule.ratePerSec + 1000)
    tx.set(key, { tokens, at: bucket.at }, ttlMs)
    return [rule.level, tokens]
  })
  return {
    allowed: !denial,
    ...(denial && { deniedBy: denial.rule.level, retryAfterMs: waitFor(denial.rule, denial.bucket, cost, now) }),
    remaining: Object.fromEntries(remaining),
  }
}

/** Lets a request pass if every level lets it pass. */
export class LimiterChain<R> {
  readonly #store: AtomicStore
  readonly #rules: readonly LimitRule[]
  readonly #keyOf: LimiterOpts<R>['keyOf']
  readonly #now: () => number

  constructor({ store, rules, keyOf, now }: LimiterOpts<R>) {
    if (!rules.every(({ ratePerSec, burst }) => isPositive(ratePerSec) && isPositive(burst))) {
      throw new RangeError('ratePerSec and burst must be finite numbers above 0')
    }
    if (new Set(rules.map(({ level }) => level)).size < rules.length) throw new RangeError('a level has two rules')
    const order = ({ level }: LimitRule) => (FIRST_LEVELS.indexOf(level) + 1 || FIRST_LEVELS.length + 1)
    this.#rules = rules.map((rule) => ({ ...rule })).sort((a, b) => order(a) - order(b))
    this.#store = store
    this.#keyOf = keyOf
    this.#now = now
  }

  async check(req: R, cost = 1): Promise<LimitResult> {
    if (!Number.isFinite(cost) || cost < 0) throw new RangeError('cost must be a finite number of 0 or more')
    const gates = this.#rules.flatMap((rule): Gate[] => {
      const key = this.#keyOf(rule.level, req)
      return key === null ? [] : [{ rule, key: JSON.stringify([rule.level, key]) }]
    })
    if (gates.length === 0) return { allowed: true, remaining: {} }
    return this.#store.eval((tx) => runCheck(tx, gates, cost, this.#now()))
  }
}
