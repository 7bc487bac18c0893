/** The search is a list of places that are asked in turn; each gives a G or nothing, and a set of all waiting Gs guards against doubles. */
export type From = 'tick-global' | 'runnext' | 'local' | 'global' | 'netpoll' | 'steal' | 'idle'

/** First in, first out, without moving what stays. */
class Fifo {
  #items: string[] = []
  #head = 0

  get length(): number {
    return this.#items.length - this.#head
  }

  push(ids: readonly string[]): void {
    for (const id of ids) this.#items.push(id)
  }

  /** Up to `n` from the head, in their order. */
  take(n: number): string[] {
    const taken = this.#items.slice(this.#head, this.#head + n)
    this.#head += taken.length
    if (this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head)
      this.#head = 0
    }
    return taken
  }

  toArray(): string[] {
    return this.#items.slice(this.#head)
  }
}

interface Processor {
  readonly queue: Fifo
  runnext: string | null
  running: string | null
  calls: number
}

function checkInteger(name: string, n: number, least: number): number {
  if (!Number.isInteger(n) || n < least) throw new RangeError(`${name} must be an integer of at least ${least}`)
  return n
}

export class GMP {
  readonly #processors: readonly Processor[]
  readonly #localCap: number
  readonly #globalEvery: number
  readonly #rng: () => number
  readonly #global = new Fifo()
  /** What the poller will report. */
  readonly #net = new Fifo()
  /** All Gs that are in any of the places. */
  readonly #waiting = new Set<string>()

  constructor(opts: { procs: number; localCap?: number; globalEvery?: number; rng: () => number }) {
    const { procs, localCap = 256, globalEvery = 61, rng } = opts
    checkInteger('procs', procs, 1)
    this.#localCap = checkInteger('localCap', localCap, 2)
    this.#globalEvery = checkInteger('globalEvery', globalEvery, 1)
    this.#rng = rng
    this.#processors = Array.from({ length: procs }, () => ({
      queue: new Fifo(),
      runnext: null,
      running: null,
      calls: 0,
    }))
  }

  /** The code that runs on P p starts a new G. */
  go(id: string, p: number): void {
    const processor = this.#processor(p)
    this.#admit([id])
    const displaced = processor.runnext
    processor.runnext = id
    if (displaced === null) return
    const { queue } = processor
    if (queue.length < this.#localCap) queue.push([displaced])
    else this.#global.push([...queue.take(Math.floor(this.#localCap / 2)), displaced])
  }

  pushGlobal(id: string): void {
    this.#admit([id])
    this.#global.push([id])
  }

  /** The network poller will report these Gs when it is asked. */
  netpollReady(ids: readonly string[]): void {
    this.#admit(ids)
    this.#net.push(ids)
  }

  /** P p is done with what it ran and looks for work. */
  schedule(p: number): { g: string | null; from: From } {
    const processor = this.#processor(p)
    processor.calls++
    const found = this.#findWork(processor)
    processor.running = found.g
    if (found.g !== null) this.#waiting.delete(found.g)
    return found
  }

  /** What runs on P p gives way to others. */
  yieldBack(id: string, p: number): void {
    const processor = this.#processor(p)
    if (processor.running !== id) throw new RangeError(`${id} does not run on P ${p}`)
    this.#admit([id])
    processor.running = null
    this.#global.push([id])
  }

  local(p: number): string[] {
    return this.#processor(p).queue.toArray()
  }

  runnext(p: number): string | null {
    return this.#processor(p).runnext
  }

  global(): string[] {
    return this.#global.toArray()
  }

  #processor(p: number): Processor {
    const processor = this.#processors[p]
    if (!processor) throw new RangeError(`there is no P ${p}`)
    return processor
  }

  /** Notes that these Gs wait from now on: all of them or, if one must not, none. */
  #admit(ids: readonly string[]): void {
    if (new Set(ids).size < ids.length) throw new RangeError('a G occurs twice')
    const double = ids.find((id) => this.#waiting.has(id))
    if (double !== undefined) throw new RangeError(`${double} is waiting already`)
    for (const id of ids) this.#waiting.add(id)
  }

  #findWork(processor: Processor): { g: string | null; from: From } {
    const places: ReadonlyArray<readonly [From, () => string | undefined]> = [
      ['tick-global', () => this.#fromGlobalByTick(processor)],
      ['runnext', () => this.#fromRunnext(processor)],
      ['local', () => processor.queue.take(1)[0]],
      ['global', () => this.#fromGlobal(processor)],
      ['netpoll', () => this.#fromNet()],
      ['steal', () => this.#fromOthers(processor)],
    ]
    for (const [from, take] of places) {
      const g = take()
      if (g !== undefined) return { g, from }
    }
    return { g: null, from: 'idle' }
  }

  #fromGlobalByTick({ calls }: Processor): string | undefined {
    return calls % this.#globalEvery === 0 ? this.#global.take(1)[0] : undefined
  }

  #fromRunnext(processor: Processor): string | undefined {
    const g = processor.runnext ?? undefined
    processor.runnext = null
    return g
  }

  /** A fair share of the global queue. */
  #fromGlobal({ queue }: Processor): string | undefined {
    const share = Math.floor(this.#global.length / this.#processors.length) + 1
    const [g, ...others] = this.#global.take(Math.min(share, Math.floor(this.#localCap / 2)))
    queue.push(others)
    return g
  }

  #fromNet(): string | undefined {
    const g = this.#net.take(1)[0]
    this.#global.push(this.#net.take(this.#net.length))
    return g
  }

  /** The last of the half that is stolen. */
  #fromOthers({ queue }: Processor): string | undefined {
    const procs = this.#processors.length
    const first = Math.floor(this.#rng() * procs)
    for (let i = 0; i < procs; i++) {
      const victim = this.#processors[(first + i) % procs]
      if (!victim || victim.queue.length === 0) continue
      const loot = victim.queue.take(Math.ceil(victim.queue.length / 2))
      const g = loot.pop()
      queue.push(loot)
      return g
    }
    return undefined
  }
}
