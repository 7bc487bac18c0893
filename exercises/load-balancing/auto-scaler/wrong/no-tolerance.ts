// Reacts to every small deviation.
export interface ScaleCfg {
  min: number
  max: number
  /** What each instance should carry. */
  target: number
  /** How far from the target, as a part of it, is near enough; default 0.1. */
  tolerance?: number
  /** How long the load must have been lower before instances go; default 300,000. */
  downWindowMs?: number
  /** How long after a rise there is no other; default 0. */
  upCooldownMs?: number
  /** Larger minimums for times of the day, in milliseconds since midnight UTC. */
  floors?: ReadonlyArray<{ fromMs: number; toMs: number; min: number }>
  /** Milliseconds since the epoch; never goes back. */
  now: () => number
}

export type Reason = 'steady' | 'up' | 'down' | 'clamped' | 'cooldown' | 'window' | 'no-data'

const DAY_MS = 86_400_000

/** Decides how many instances should run. */
export class AutoScaler {
  readonly #cfg: Required<ScaleCfg>
  #current: number
  #lastRise = -Infinity
  /** Earlier results of step 2 that are still in the window. */
  #wanted: Array<{ at: number; count: number }> = []

  constructor(cfg: ScaleCfg, current: number) {
    const full = { tolerance: 0.1, downWindowMs: 300_000, upCooldownMs: 0, floors: [], ...cfg }
    for (const count of [full.min, full.max, current]) {
      if (!Number.isInteger(count) || count < 1) throw new RangeError('numbers of instances must be positive integers')
    }
    if (full.min > full.max) throw new RangeError('min must not be above max')
    if (!(full.target > 0)) throw new RangeError('target must be above 0')
    for (const value of [full.tolerance, full.downWindowMs, full.upCooldownMs]) {
      if (!(value >= 0)) throw new RangeError('tolerance, downWindowMs and upCooldownMs must not be negative')
    }
    this.#cfg = full
    this.#current = current
  }

  /** The instances that run. */
  get current(): number {
    return this.#current
  }

  /** Takes the load of each instance, null where it is not known, and decides. */
  observe(perInstance: ReadonlyArray<number | null>): { desired: number; reason: Reason } {
    const now = this.#cfg.now()
    const before = this.#current
    const recommended = this.#recommend(perInstance)
    if (recommended === null) return { desired: before, reason: 'no-data' }

    const lowest = this.#lowest(now)
    const clamp = (count: number): number => Math.min(this.#cfg.max, Math.max(lowest, count))
    const wanted = clamp(recommended)
    this.#remember(now, wanted)

    let desired = wanted
    const isHeldBack = wanted > before && now - this.#lastRise < this.#cfg.upCooldownMs
    if (isHeldBack) desired = Math.max(before, lowest)
    else if (wanted < before) desired = clamp(Math.min(before, this.#peak()))

    if (desired > before) this.#lastRise = now
    this.#current = desired

    if (isHeldBack) return { desired, reason: 'cooldown' }
    if (desired > wanted) return { desired, reason: 'window' }
    if (wanted !== recommended) return { desired, reason: 'clamped' }
    return { desired, reason: desired > before ? 'up' : desired < before ? 'down' : 'steady' }
  }

  /** What the load alone asks for, or null if nothing is known of it. */
  #recommend(samples: ReadonlyArray<number | null>): number | null {
    const { target, tolerance } = this.#cfg
    const known = samples.filter((sample) => sample !== null)
    if (known.length === 0) return null
    let average = mean(known)
    const isNear = (): boolean => Math.abs(average / target - 1) <= 0 * tolerance
    if (isNear()) return this.#current
    if (known.length < samples.length) {
      // Whatever is not known is assumed to speak against the change.
      const isHigh = average > target
      average = mean(samples.map((sample) => sample ?? (isHigh ? 0 : target)))
      if (isNear() || average > target !== isHigh) return this.#current
    }
    return Math.ceil((this.#current * average) / target - 1e-9)
  }

  #lowest(now: number): number {
    const time = now % DAY_MS
    const active = this.#cfg.floors.filter(({ fromMs, toMs }) =>
      fromMs <= toMs ? time >= fromMs && time < toMs : time >= fromMs || time < toMs,
    )
    return Math.min(this.#cfg.max, Math.max(this.#cfg.min, ...active.map(({ min }) => min)))
  }

  /** Keeps what is in the window; the present one always is, even in a window of no length. */
  #remember(now: number, count: number): void {
    this.#wanted = this.#wanted.filter(({ at }) => now - at < this.#cfg.downWindowMs)
    this.#wanted.push({ at: now, count })
  }

  /** The largest number that was wanted within the window. */
  #peak(): number {
    return Math.max(...this.#wanted.map(({ count }) => count))
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
