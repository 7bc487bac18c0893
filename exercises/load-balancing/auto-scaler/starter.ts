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

/** Decides how many instances should run. */
export class AutoScaler {
  constructor(cfg: ScaleCfg, current: number) {
    throw new Error('not implemented')
  }

  /** Takes the load of each instance, null where it is not known, and decides. */
  observe(perInstance: ReadonlyArray<number | null>): { desired: number; reason: Reason } {
    throw new Error('not implemented')
  }

  /** The instances that run. */
  get current(): number {
    throw new Error('not implemented')
  }
}
