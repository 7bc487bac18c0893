/** The three steps as functions of their own; the window is a queue in which every number is larger than those behind it. */
export interface ScaleCfg {
  min: number
  max: number
  target: number
  tolerance?: number
  downWindowMs?: number
  upCooldownMs?: number
  floors?: ReadonlyArray<{ fromMs: number; toMs: number; min: number }>
  now: () => number
}

export type Reason = 'steady' | 'up' | 'down' | 'clamped' | 'cooldown' | 'window' | 'no-data'

const DAY = 86_400_000
/** What differs by less than this is a rounding error. */
const EPSILON = 1e-9

function requirePositiveInteger(value: number, name: string): void {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer`)
}

function requireNotNegative(value: number, name: string): void {
  if (!(value >= 0)) throw new RangeError(`${name} must not be negative`)
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length

function roundUp(n: number): number {
  const below = Math.floor(n)
  return n - below < EPSILON ? below : below + 1
}

/** Largest number of the last `span` milliseconds. */
class WindowMax {
  private readonly span: number
  private readonly candidates: Array<{ at: number; value: number }> = []

  constructor(span: number) {
    this.span = span
  }

  add(at: number, value: number): void {
    while ((this.candidates.at(-1)?.value ?? Infinity) <= value) this.candidates.pop()
    this.candidates.push({ at, value })
  }

  max(at: number): number {
    for (let first = this.candidates[0]; first !== undefined; first = this.candidates[0]) {
      if (at - first.at < this.span) return first.value
      this.candidates.shift()
    }
    return -Infinity
  }
}

export class AutoScaler {
  private readonly cfg: Required<ScaleCfg>
  private readonly recent: WindowMax
  private instances: number
  private lastRise = -Infinity

  constructor(cfg: ScaleCfg, current: number) {
    const full = {
      ...cfg,
      tolerance: cfg.tolerance ?? 0.1,
      downWindowMs: cfg.downWindowMs ?? 300_000,
      upCooldownMs: cfg.upCooldownMs ?? 0,
      floors: cfg.floors ?? [],
    }
    requirePositiveInteger(full.min, 'min')
    requirePositiveInteger(full.max, 'max')
    requirePositiveInteger(current, 'current')
    if (full.min > full.max) throw new RangeError('min must not be above max')
    if (!(full.target > 0)) throw new RangeError('target must be above 0')
    requireNotNegative(full.tolerance, 'tolerance')
    requireNotNegative(full.downWindowMs, 'downWindowMs')
    requireNotNegative(full.upCooldownMs, 'upCooldownMs')
    this.cfg = full
    this.recent = new WindowMax(full.downWindowMs)
    this.instances = current
  }

  get current(): number {
    return this.instances
  }

  observe(perInstance: ReadonlyArray<number | null>): { desired: number; reason: Reason } {
    const before = this.instances
    const recommended = this.recommend(perInstance)
    if (recommended === null) return { desired: before, reason: 'no-data' }

    const now = this.cfg.now()
    const lowest = this.lowest(now)
    const bounded = Math.max(lowest, Math.min(this.cfg.max, recommended))
    this.recent.add(now, bounded)

    const desired = this.damp(bounded, lowest, now)
    if (desired > before) this.lastRise = now
    this.instances = desired
    return { desired, reason: this.reason(before, recommended, bounded, desired) }
  }

  /** Step 1; null without samples. */
  private recommend(perInstance: ReadonlyArray<number | null>): number | null {
    const { target } = this.cfg
    const samples = perInstance.filter((load) => load !== null)
    if (samples.length === 0) return null
    let average = mean(samples)
    if (this.isNear(average)) return this.instances
    if (samples.length < perInstance.length) {
      const above = average > target
      average = mean(perInstance.map((load) => load ?? (above ? 0 : target)))
      if (average > target !== above || this.isNear(average)) return this.instances
    }
    return roundUp((this.instances * average) / target)
  }

  private isNear(average: number): boolean {
    return Math.abs(average / this.cfg.target - 1) <= this.cfg.tolerance + EPSILON
  }

  private lowest(now: number): number {
    const time = ((now % DAY) + DAY) % DAY
    let lowest = this.cfg.min
    for (const { fromMs, toMs, min } of this.cfg.floors) {
      const active = fromMs > toMs ? time >= fromMs || time < toMs : time >= fromMs && time < toMs
      if (active) lowest = Math.max(lowest, min)
    }
    return Math.min(lowest, this.cfg.max)
  }

  /** Step 3. */
  private damp(bounded: number, lowest: number, now: number): number {
    const { max, upCooldownMs } = this.cfg
    if (bounded > this.instances) {
      return now - this.lastRise < upCooldownMs ? Math.max(this.instances, lowest) : bounded
    }
    if (bounded === this.instances) return bounded
    const needed = Math.min(this.instances, Math.max(bounded, this.recent.max(now)))
    return Math.max(lowest, Math.min(max, needed))
  }

  private reason(before: number, recommended: number, bounded: number, desired: number): Reason {
    if (desired < bounded) return 'cooldown'
    if (desired > bounded) return 'window'
    if (bounded !== recommended) return 'clamped'
    if (desired === before) return 'steady'
    return desired > before ? 'up' : 'down'
  }
}
