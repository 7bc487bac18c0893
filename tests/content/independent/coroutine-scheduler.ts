/** Each coroutine keeps the step that will resume it as a function; the scheduler runs these steps and looks at what they yield. */
export type Yielded =
  | { type: 'gosched' }
  | { type: 'sleep'; ticks: number }
  | { type: 'join'; id: number }
  | { type: 'spawn'; fn: CoFn }
  | { type: 'exit' }

export type CoFn = (self: number) => Generator<Yielded, unknown, unknown>

export interface RunReport {
  results: Map<number, unknown>
  errors: Map<number, unknown>
  trace: number[]
  ticks: number
  deadlocked: number[]
}

type Step = IteratorResult<Yielded, unknown>

type Body = Generator<Yielded, unknown, unknown>

type Outcome = { ok: true; result: unknown } | { ok: false; error: unknown }

interface Coroutine {
  readonly id: number
  /** What its next slice begins with. */
  resume: () => Step
  body: Body | null
  /** It has asked for its end; what remains is cleanup. */
  exiting: boolean
  outcome: Outcome | null
  joiners: Coroutine[]
}

/** First in, first out, in two stacks. */
class Queue<T> {
  #incoming: T[] = []
  #outgoing: T[] = []

  add(element: T): void {
    this.#incoming.push(element)
  }

  take(): T | undefined {
    if (this.#outgoing.length === 0) {
      this.#outgoing = this.#incoming.reverse()
      this.#incoming = []
    }
    return this.#outgoing.pop()
  }
}

/** Who sleeps until when: a heap of the different deadlines, and the sleepers of each in the order of falling asleep. */
class Dormitory {
  readonly #deadlines: number[] = []
  readonly #sleepers = new Map<number, Coroutine[]>()

  add(deadline: number, coroutine: Coroutine): void {
    const others = this.#sleepers.get(deadline)
    if (others !== undefined) {
      others.push(coroutine)
      return
    }
    this.#sleepers.set(deadline, [coroutine])
    const heap = this.#deadlines
    let place = heap.length
    while (place > 0) {
      const parent = (place - 1) >>> 1
      const above = heap[parent]
      if (above === undefined || above <= deadline) break
      heap[place] = above
      place = parent
    }
    heap[place] = deadline
  }

  /** Takes out all who sleep until the earliest deadline. */
  takeEarliest(): { deadline: number; sleepers: readonly Coroutine[] } | null {
    const deadline = this.#removeTop()
    if (deadline === undefined) return null
    const sleepers = this.#sleepers.get(deadline) ?? []
    this.#sleepers.delete(deadline)
    return { deadline, sleepers }
  }

  #removeTop(): number | undefined {
    const heap = this.#deadlines
    const top = heap[0]
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return top
    let place = 0
    for (;;) {
      const left = 2 * place + 1
      const child = (heap[left + 1] ?? Infinity) < (heap[left] ?? Infinity) ? left + 1 : left
      const below = heap[child]
      if (below === undefined || below >= last) break
      heap[place] = below
      place = child
    }
    heap[place] = last
    return top
  }
}

/** Runs coroutines on one thread: each keeps it until it yields. */
export class Scheduler {
  /** By id, less one. */
  readonly #all: Coroutine[] = []
  readonly #ready = new Queue<Coroutine>()
  readonly #asleep = new Dormitory()
  readonly #trace: number[] = []
  #clock = 0

  spawn(fn: CoFn): number {
    const id = this.#all.length + 1
    const coroutine: Coroutine = {
      id,
      resume: () => {
        coroutine.body = fn(id)
        return coroutine.body.next()
      },
      body: null,
      exiting: false,
      outcome: null,
      joiners: [],
    }
    this.#all.push(coroutine)
    this.#ready.add(coroutine)
    return id
  }

  run(): RunReport {
    do {
      for (let next = this.#ready.take(); next !== undefined; next = this.#ready.take()) {
        this.#trace.push(next.id)
        this.#step(next, next.resume)
      }
    } while (this.#wakeUp())
    return this.#report()
  }

  /** Lets the clock jump to the next deadline; false if nobody sleeps. */
  #wakeUp(): boolean {
    const earliest = this.#asleep.takeEarliest()
    if (earliest === null) return false
    this.#clock = earliest.deadline
    for (const sleeper of earliest.sleepers) this.#ready.add(sleeper)
    return true
  }

  /** Runs the coroutine until it yields or ends. */
  #step(coroutine: Coroutine, resume: () => Step): void {
    let step: Step
    try {
      step = resume()
    } catch (error) {
      this.#finish(coroutine, { ok: false, error })
      return
    }
    if (step.done) this.#finish(coroutine, { ok: true, result: coroutine.exiting ? undefined : step.value })
    else this.#serve(coroutine, step.value)
  }

  #finish(coroutine: Coroutine, outcome: Outcome): void {
    coroutine.outcome = outcome
    coroutine.body = null
    for (const joiner of coroutine.joiners) this.#handOver(joiner, outcome)
    coroutine.joiners = []
  }

  #serve(coroutine: Coroutine, wish: Yielded): void {
    switch (wish.type) {
      case 'gosched':
        this.#give(coroutine, undefined)
        break
      case 'spawn':
        this.#give(coroutine, this.spawn(wish.fn))
        break
      case 'sleep':
        this.#sleep(coroutine, wish.ticks)
        break
      case 'join':
        this.#join(coroutine, wish.id)
        break
      case 'exit': {
        const { body } = coroutine
        coroutine.exiting = true
        if (body !== null) this.#step(coroutine, () => body.return(undefined))
        break
      }
    }
  }

  #sleep(coroutine: Coroutine, ticks: number): void {
    if (!Number.isInteger(ticks) || ticks < 0) {
      this.#fail(coroutine, new RangeError(`cannot sleep for ${ticks} ticks`))
    } else if (ticks === 0) {
      this.#give(coroutine, undefined)
    } else {
      this.#prepare(coroutine, (body) => body.next(undefined))
      this.#asleep.add(this.#clock + ticks, coroutine)
    }
  }

  #join(coroutine: Coroutine, id: number): void {
    const other = this.#all[id - 1]
    if (other === undefined || other === coroutine) {
      this.#fail(coroutine, new RangeError(`coroutine ${coroutine.id} cannot join ${id}`))
    } else if (other.outcome === null) {
      other.joiners.push(coroutine)
    } else {
      this.#handOver(coroutine, other.outcome)
    }
  }

  #handOver(joiner: Coroutine, outcome: Outcome): void {
    if (outcome.ok) this.#give(joiner, outcome.result)
    else this.#fail(joiner, outcome.error)
  }

  /** Makes the coroutine ready, with `value` for its yield. */
  #give(coroutine: Coroutine, value: unknown): void {
    this.#prepare(coroutine, (body) => body.next(value))
    this.#ready.add(coroutine)
  }

  /** Makes the coroutine ready, with an error for its yield to throw. */
  #fail(coroutine: Coroutine, error: unknown): void {
    this.#prepare(coroutine, (body) => body.throw(error))
    this.#ready.add(coroutine)
  }

  #prepare(coroutine: Coroutine, resume: (body: Body) => Step): void {
    const { body } = coroutine
    if (body === null) throw new Error(`coroutine ${coroutine.id} is not running`)
    coroutine.resume = () => resume(body)
  }

  #report(): RunReport {
    const report: RunReport = {
      results: new Map(),
      errors: new Map(),
      trace: this.#trace,
      ticks: this.#clock,
      deadlocked: [],
    }
    for (const { id, outcome } of this.#all) {
      if (outcome === null) report.deadlocked.push(id)
      else if (outcome.ok) report.results.set(id, outcome.result)
      else report.errors.set(id, outcome.error)
    }
    return report
  }
}
