// Believes a single check.
/** The clock and the timers to use. */
export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

export interface HealthOpts {
  /** Successes in a row that bring a server up. */
  rise: number
  /** Failures in a row that take a server down. */
  fall: number
  /** How long a check may take. */
  timeoutMs: number
  /** How servers begin; default: up. */
  initial?: 'up' | 'down'
  /** If a smaller part of all servers is up, all are used; from 0 (the default) to 1. */
  minHealthyRatio?: number
  check: (id: string) => Promise<boolean>
  timers: Timers
  onChange?: (id: string, state: 'up' | 'down') => void
}

interface Member {
  readonly id: string
  isUp: boolean
  /** Results in a row that contradict the present state. */
  streak: number
}

/** Servers, of which those are used that answer their health checks. */
export class HealthPool {
  readonly #opts: HealthOpts
  readonly #members = new Map<string, Member>()
  #round: Promise<void> | null = null
  #turn = 0

  constructor(opts: HealthOpts) {
    const { rise, fall, timeoutMs, minHealthyRatio = 0 } = opts
    for (const count of [rise, fall]) {
      if (!Number.isInteger(count) || count < 1) throw new RangeError('rise and fall must be positive integers')
    }
    if (!(timeoutMs > 0)) throw new RangeError('timeoutMs must be above 0')
    if (!(minHealthyRatio >= 0 && minHealthyRatio <= 1)) throw new RangeError('minHealthyRatio must be from 0 to 1')
    this.#opts = opts
  }

  add(id: string): void {
    if (this.#members.has(id)) return
    this.#members.set(id, { id, isUp: this.#opts.initial !== 'down', streak: 0 })
  }

  remove(id: string): void {
    this.#members.delete(id)
  }

  /** Checks every server once; resolves when all have a result. Joins a round that is running. */
  tick(): Promise<void> {
    this.#round ??= this.#runRound().finally(() => {
      this.#round = null
    })
    return this.#round
  }

  /** The servers that are up, in the order they were added. */
  get healthy(): string[] {
    return [...this.#members.values()].filter(({ isUp }) => isUp).map(({ id }) => id)
  }

  /** The next usable server, or null. */
  pick(): string | null {
    const healthy = this.healthy
    const isPanic = healthy.length < (this.#opts.minHealthyRatio ?? 0) * this.#members.size
    const usable = isPanic ? [...this.#members.keys()] : healthy
    if (usable.length === 0) return null
    const at = this.#turn % usable.length
    this.#turn = at + 1
    return usable[at] ?? null
  }

  async #runRound(): Promise<void> {
    const checks = Array.from(this.#members.values(), async (member) => {
      const isGood = await this.#ask(member.id)
      // The object, not the id: another server may have that id by now.
      if (this.#members.get(member.id) === member) this.#record(member, isGood)
    })
    await Promise.all(checks)
  }

  /** What the check says, or false if it fails or takes too long. Never rejects, and leaves no timer behind. */
  #ask(id: string): Promise<boolean> {
    const { check, timers, timeoutMs } = this.#opts
    return new Promise((resolve) => {
      const timer = timers.setTimeout(() => resolve(false), timeoutMs)
      const settle = (isGood: boolean): void => {
        timers.clearTimeout(timer)
        resolve(isGood)
      }
      // An async function turns a synchronous throw of `check` into a rejection.
      const answer = (async () => check(id))()
      answer.then(
        (isGood) => settle(isGood === true),
        () => settle(false),
      )
    })
  }

  #record(member: Member, isGood: boolean): void {
    if (isGood === member.isUp) {
      member.streak = 0
      return
    }
    member.streak++
    member.isUp = isGood
    member.streak = 0
    this.#opts.onChange?.(member.id, isGood ? 'up' : 'down')
  }
}
