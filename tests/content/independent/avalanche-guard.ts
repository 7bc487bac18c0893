/** A line of loads with a fixed number of places in front of a map of copies; all who need a key share one job. */

function checkJitter(baseMs: number, spread: number): void {
  if (!Number.isInteger(baseMs) || baseMs < 1) throw new RangeError('the base must be an integer of at least 1')
  if (!(spread >= 0 && spread < 1)) throw new RangeError('the spread must be in [0, 1)')
}

export function jitteredTtl(baseMs: number, spread: number, rng: () => number): number {
  checkJitter(baseMs, spread)
  const w = Math.floor(baseMs * spread)
  return baseMs - w + Math.floor(rng() * (2 * w + 1))
}

export interface DualOpts<V> {
  load: (key: string) => Promise<V>
  ttlMs: number
  spread: number
  maxConcurrentLoads: number
  rng: () => number
  now: () => number
}

/** The backup; as long as the clock is before `staleAt`, it is the primary as well. */
interface Copy<V> {
  value: V
  staleAt: number
}

/** A load that runs or waits in the line. */
interface Job<V> {
  key: string
  result: Promise<V>
  succeed: (value: V) => void
  fail: (err: unknown) => void
}

export class DualCache<V> {
  private readonly opts: DualOpts<V>
  private readonly copies = new Map<string, Copy<V>>()
  private readonly jobs = new Map<string, Job<V>>()
  private line: Job<V>[] = []
  private lineHead = 0
  private loads = 0
  private active = 0
  private servedFromBackup = 0

  constructor(opts: DualOpts<V>) {
    checkJitter(opts.ttlMs, opts.spread)
    if (!Number.isInteger(opts.maxConcurrentLoads) || opts.maxConcurrentLoads < 1) {
      throw new RangeError('maxConcurrentLoads must be an integer of at least 1')
    }
    this.opts = { ...opts }
  }

  get(key: string): Promise<V> {
    const copy = this.copies.get(key)
    if (copy === undefined) return this.demand(key).result
    if (this.opts.now() >= copy.staleAt) {
      this.servedFromBackup++
      this.demand(key)
    }
    return Promise.resolve(copy.value)
  }

  async warm(keys: readonly string[]): Promise<void> {
    const wanted: Promise<V>[] = []
    for (const key of keys) {
      const copy = this.copies.get(key)
      if (copy === undefined || this.opts.now() >= copy.staleAt) wanted.push(this.demand(key).result)
    }
    await Promise.allSettled(wanted)
  }

  stats(): { loads: number; servedFromBackup: number; activeLoads: number } {
    return { loads: this.loads, servedFromBackup: this.servedFromBackup, activeLoads: this.active }
  }

  /** The job for this key: the one that is there, or a new one at the end of the line. */
  private demand(key: string): Job<V> {
    const known = this.jobs.get(key)
    if (known !== undefined) return known
    let succeed: (value: V) => void = () => {}
    let fail: (err: unknown) => void = () => {}
    const result = new Promise<V>((resolve, reject) => {
      succeed = resolve
      fail = reject
    })
    // A refresh may have nobody who waits for it.
    result.catch(() => {})
    const job: Job<V> = { key, result, succeed, fail }
    this.jobs.set(key, job)
    this.line.push(job)
    this.startNext()
    return job
  }

  private startNext(): void {
    while (this.active < this.opts.maxConcurrentLoads) {
      const job = this.line[this.lineHead]
      if (job === undefined) return
      this.lineHead++
      if (this.lineHead > 64 && this.lineHead * 2 > this.line.length) {
        this.line = this.line.slice(this.lineHead)
        this.lineHead = 0
      }
      this.start(job)
    }
  }

  private start(job: Job<V>): void {
    this.active++
    this.loads++
    let loading: Promise<V>
    try {
      loading = Promise.resolve(this.opts.load(job.key))
    } catch (err) {
      loading = Promise.reject(err)
    }
    loading.then(
      (value) => {
        const { ttlMs, spread, rng, now } = this.opts
        this.copies.set(job.key, { value, staleAt: now() + jitteredTtl(ttlMs, spread, rng) })
        this.finish(job)
        job.succeed(value)
      },
      (err) => {
        this.finish(job)
        job.fail(err)
      },
    )
  }

  private finish(job: Job<V>): void {
    this.jobs.delete(job.key)
    this.active--
    this.startNext()
  }
}
