// Moves only the displaced G when the local queue is full.
export type From = 'tick-global' | 'runnext' | 'local' | 'global' | 'netpoll' | 'steal' | 'idle'

interface P {
  runnext: string | null
  readonly local: string[]
  running: string | null
  /** How often this P has looked for work. */
  ticks: number
}

export class GMP {
  readonly #ps: P[]
  readonly #localCap: number
  readonly #globalEvery: number
  readonly #rng: () => number
  readonly #global: string[] = []
  readonly #polled: string[] = []
  /** Everything that waits in any queue, so that nothing waits twice. */
  readonly #waiting = new Set<string>()

  constructor(opts: { procs: number; localCap?: number; globalEvery?: number; rng: () => number }) {
    const { procs, localCap = 256, globalEvery = 61, rng } = opts
    for (const [value, least] of [[procs, 1], [localCap, 2], [globalEvery, 1]] as const) {
      if (!Number.isInteger(value) || value < least) throw new RangeError(`must be an integer of at least ${least}`)
    }
    this.#ps = Array.from({ length: procs }, () => ({ runnext: null, local: [], running: null, ticks: 0 }))
    this.#localCap = localCap
    this.#globalEvery = globalEvery
    this.#rng = rng
  }

  go(id: string, p: number): void {
    const own = this.#p(p)
    this.#enter(id)
    const previous = own.runnext
    own.runnext = id
    if (previous === null) return
    if (own.local.length < this.#localCap) {
      own.local.push(previous)
      return
    }
    // Half at once, so that the global lock is taken once in many times and not each time from now on.
    this.#global.push(previous)
  }

  pushGlobal(id: string): void {
    this.#enter(id)
    this.#global.push(id)
  }

  netpollReady(ids: readonly string[]): void {
    if (new Set(ids).size < ids.length || ids.some((id) => this.#waiting.has(id))) throw new RangeError('waits already')
    for (const id of ids) this.#enter(id)
    this.#polled.push(...ids)
  }

  schedule(p: number): { g: string | null; from: From } {
    const own = this.#p(p)
    own.ticks++
    const found = this.#find(own)
    own.running = found.g
    if (found.g !== null) this.#waiting.delete(found.g)
    return found
  }

  yieldBack(id: string, p: number): void {
    const own = this.#p(p)
    if (own.running !== id) throw new RangeError(`${id} does not run there`)
    // To the global queue: at its own P it would compete with what it has just let pass.
    this.pushGlobal(id)
    own.running = null
  }

  local(p: number): string[] {
    return [...this.#p(p).local]
  }

  runnext(p: number): string | null {
    return this.#p(p).runnext
  }

  global(): string[] {
    return [...this.#global]
  }

  #find(own: P): { g: string | null; from: From } {
    if (own.ticks % this.#globalEvery === 0) {
      const g = this.#global.shift()
      if (g !== undefined) return { g, from: 'tick-global' }
    }
    if (own.runnext !== null) {
      const g = own.runnext
      own.runnext = null
      return { g, from: 'runnext' }
    }
    const next = own.local.shift()
    if (next !== undefined) return { g: next, from: 'local' }
    return this.#fromGlobal(own) ?? this.#fromNetpoll() ?? this.#fromOthers(own) ?? { g: null, from: 'idle' }
  }

  /** A fair share, so that the next turns need no lock, and the other Ps find something too. */
  #fromGlobal(own: P): { g: string; from: From } | null {
    const share = Math.floor(this.#global.length / this.#ps.length) + 1
    const [g, ...rest] = this.#global.splice(0, Math.min(share, Math.floor(this.#localCap / 2)))
    if (g === undefined) return null
    own.local.push(...rest)
    return { g, from: 'global' }
  }

  #fromNetpoll(): { g: string; from: From } | null {
    const [g, ...rest] = this.#polled.splice(0)
    if (g === undefined) return null
    this.#global.push(...rest)
    return { g, from: 'netpoll' }
  }

  #fromOthers(own: P): { g: string; from: From } | null {
    const start = Math.floor(this.#rng() * this.#ps.length)
    const order = [...this.#ps.slice(start), ...this.#ps.slice(0, start)]
    // This P is among them, but its own queue is empty.
    const victim = order.find(({ local }) => local.length > 0)
    if (victim === undefined) return null
    const taken = victim.local.splice(0, Math.ceil(victim.local.length / 2))
    const g = taken.pop()
    own.local.push(...taken)
    return g === undefined ? null : { g, from: 'steal' }
  }

  #p(p: number): P {
    const found = this.#ps[p]
    if (found === undefined) throw new RangeError(`there is no P ${p}`)
    return found
  }

  #enter(id: string): void {
    if (this.#waiting.has(id)) throw new RangeError(`${id} waits already`)
    this.#waiting.add(id)
  }
}
