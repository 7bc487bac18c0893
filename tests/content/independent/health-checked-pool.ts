/** Servers are objects with a serial number: a late result finds out by identity whether it still counts, and picking goes on after the last serial. */
export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

export interface HealthOpts {
  rise: number
  fall: number
  timeoutMs: number
  initial?: 'up' | 'down'
  minHealthyRatio?: number
  check: (id: string) => Promise<boolean>
  timers: Timers
  onChange?: (id: string, state: 'up' | 'down') => void
}

interface Server {
  readonly id: string
  readonly serial: number
  state: 'up' | 'down'
  /** Results in a row that speak against the state. */
  streak: number
}

/** Servers, of which those are used that answer their health checks. */
export class HealthPool {
  readonly #opts: HealthOpts
  readonly #minHealthyRatio: number
  readonly #servers = new Map<string, Server>()
  #serials = 0
  #lastPicked = 0
  #round: Promise<void> | null = null

  constructor(opts: HealthOpts) {
    const { rise, fall, timeoutMs, minHealthyRatio = 0 } = opts
    if (!Number.isInteger(rise) || rise < 1) throw new RangeError(`rise must be a positive integer: ${rise}`)
    if (!Number.isInteger(fall) || fall < 1) throw new RangeError(`fall must be a positive integer: ${fall}`)
    if (!(timeoutMs > 0)) throw new RangeError(`timeoutMs must be above 0: ${timeoutMs}`)
    if (!(minHealthyRatio >= 0 && minHealthyRatio <= 1)) {
      throw new RangeError(`minHealthyRatio must be from 0 to 1: ${minHealthyRatio}`)
    }
    this.#opts = { ...opts }
    this.#minHealthyRatio = minHealthyRatio
  }

  add(id: string): void {
    if (this.#servers.has(id)) return
    this.#servers.set(id, { id, serial: ++this.#serials, state: this.#opts.initial ?? 'up', streak: 0 })
  }

  remove(id: string): void {
    this.#servers.delete(id)
  }

  tick(): Promise<void> {
    if (this.#round !== null) return this.#round
    const servers = [...this.#servers.values()]
    if (servers.length === 0) return Promise.resolve()

    let finish = (): void => {}
    const round = new Promise<void>((resolve) => {
      finish = resolve
    })
    // Known before the first check begins, so that a check that calls tick() joins this round.
    this.#round = round
    let open = servers.length
    for (const server of servers) {
      this.#check(server, (isWell) => {
        this.#count(server, isWell)
        if (--open > 0) return
        this.#round = null
        finish()
      })
    }
    return round
  }

  get healthy(): string[] {
    return this.#up().map(({ id }) => id)
  }

  pick(): string | null {
    const up = this.#up()
    const isBelieved = up.length / this.#servers.size >= this.#minHealthyRatio
    const usable = isBelieved ? up : [...this.#servers.values()]
    const next = usable.find(({ serial }) => serial > this.#lastPicked) ?? usable[0]
    if (next === undefined) return null
    this.#lastPicked = next.serial
    return next.id
  }

  #up(): Server[] {
    return [...this.#servers.values()].filter(({ state }) => state === 'up')
  }

  /** Starts one check and reports its result, once. */
  #check(server: Server, report: (isWell: boolean) => void): void {
    const { check, timeoutMs, timers } = this.#opts
    let isOpen = true
    let timer: number | undefined
    const settle = (isWell: boolean): void => {
      if (!isOpen) return
      isOpen = false
      if (timer !== undefined) timers.clearTimeout(timer)
      report(isWell)
    }
    if (timeoutMs !== Infinity) {
      timer = timers.setTimeout(() => {
        timer = undefined
        settle(false)
      }, timeoutMs)
    }
    try {
      Promise.resolve(check(server.id)).then(
        (answer) => settle(answer === true),
        () => settle(false),
      )
    } catch {
      settle(false)
    }
  }

  #count(server: Server, isWell: boolean): void {
    if (this.#servers.get(server.id) !== server) return
    if (isWell === (server.state === 'up')) {
      server.streak = 0
      return
    }
    const { rise, fall, onChange } = this.#opts
    if (++server.streak < (isWell ? rise : fall)) return
    server.state = isWell ? 'up' : 'down'
    server.streak = 0
    try {
      onChange?.(server.id, server.state)
    } catch {
      // A listener that fails must not keep the round from its end.
    }
  }
}
