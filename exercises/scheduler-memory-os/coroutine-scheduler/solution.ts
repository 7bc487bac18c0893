/** What a coroutine may ask of the scheduler by yielding it. */
export type Yielded =
  | { type: 'gosched' }
  | { type: 'sleep'; ticks: number }
  | { type: 'join'; id: number }
  | { type: 'spawn'; fn: CoFn }
  | { type: 'exit' }

/** The body of a coroutine; `self` is its id. */
export type CoFn = (self: number) => Generator<Yielded, unknown, unknown>

export interface RunReport {
  /** What each coroutine returned that came to its end. */
  results: Map<number, unknown>
  /** What each coroutine threw that did not catch it. */
  errors: Map<number, unknown>
  /** Whose turn it was, slice by slice. */
  trace: number[]
  /** The virtual time at the end. */
  ticks: number
  /** Coroutines that wait for ever, in ascending order. */
  deadlocked: number[]
}

/** A value or an error: how a coroutine ended, and also what a `yield` hands to it. */
type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown }

interface Coroutine {
  readonly id: number
  readonly fn: CoFn
  /** Null before the first slice. */
  generator: Generator<Yielded, unknown, unknown> | null
  /** What its next slice begins with. */
  input: Outcome
  /** Whether it has asked to exit; only its cleanup still runs. */
  exiting: boolean
  /** Null while it is not finished. */
  outcome: Outcome | null
  /** Those who wait for its outcome, in the order in which they asked. */
  readonly joiners: Coroutine[]
}

interface Sleeper {
  readonly deadline: number
  readonly coroutine: Coroutine
}

const NOTHING: Outcome = { ok: true, value: undefined }

/** Runs coroutines on one thread: each keeps it until it yields. */
export class Scheduler {
  readonly #coroutines = new Map<number, Coroutine>()
  #ready: Coroutine[] = []
  /** By deadline, and between equals in the order of falling asleep. */
  readonly #sleepers: Sleeper[] = []
  readonly #trace: number[] = []
  #clock = 0

  spawn(fn: CoFn): number {
    const id = this.#coroutines.size + 1
    const coroutine: Coroutine = {
      id,
      fn,
      generator: null,
      input: NOTHING,
      exiting: false,
      outcome: null,
      joiners: [],
    }
    this.#coroutines.set(id, coroutine)
    this.#ready.push(coroutine)
    return id
  }

  run(): RunReport {
    do {
      // Rounds instead of `shift()`: those who become ready during a round queue up for the next one.
      while (this.#ready.length > 0) {
        const round = this.#ready
        this.#ready = []
        for (const coroutine of round) this.#runSlice(coroutine)
      }
    } while (this.#wakeSleepers())
    return this.#report()
  }

  /** Lets one coroutine run to its next yield and does what it asks for there. */
  #runSlice(coroutine: Coroutine): void {
    this.#trace.push(coroutine.id)
    let step: IteratorResult<Yielded, unknown>
    try {
      step = this.#resume(coroutine)
    } catch (error) {
      this.#finish(coroutine, { ok: false, error })
      return
    }
    if (step.done) this.#finish(coroutine, coroutine.exiting ? NOTHING : { ok: true, value: step.value })
    else this.#serve(coroutine, step.value)
  }

  #resume(coroutine: Coroutine): IteratorResult<Yielded, unknown> {
    const { input } = coroutine
    const generator = (coroutine.generator ??= coroutine.fn(coroutine.id))
    let step = input.ok ? generator.next(input.value) : generator.throw(input.error)
    while (!step.done && step.value.type === 'exit') {
      // `return()` runs the finally blocks; one of them may yield, and is then served like any other code.
      coroutine.exiting = true
      step = generator.return(undefined)
    }
    return step
  }

  #serve(coroutine: Coroutine, request: Yielded): void {
    switch (request.type) {
      case 'sleep':
        return this.#sleep(coroutine, request.ticks)
      case 'join':
        return this.#join(coroutine, request.id)
      case 'spawn':
        // The child first, so that it runs before its parent's next slice.
        return this.#wake(coroutine, { ok: true, value: this.spawn(request.fn) })
      default:
        return this.#wake(coroutine, NOTHING)
    }
  }

  #wake(coroutine: Coroutine, input: Outcome): void {
    coroutine.input = input
    this.#ready.push(coroutine)
  }

  #sleep(coroutine: Coroutine, ticks: number): void {
    if (!Number.isInteger(ticks) || ticks < 0) {
      return this.#wake(coroutine, { ok: false, error: new RangeError(`cannot sleep for ${ticks} ticks`) })
    }
    if (ticks === 0) return this.#wake(coroutine, NOTHING)
    const deadline = this.#clock + ticks
    // Behind all that are due at the same time. (With many sleepers a heap would do this in O(log n).)
    const place = this.#sleepers.findLastIndex((sleeper) => sleeper.deadline <= deadline) + 1
    this.#sleepers.splice(place, 0, { deadline, coroutine })
  }

  #join(coroutine: Coroutine, id: number): void {
    const target = this.#coroutines.get(id)
    if (!target || target === coroutine) {
      const error = new RangeError(target ? 'a coroutine cannot join itself' : `there is no coroutine ${id}`)
      return this.#wake(coroutine, { ok: false, error })
    }
    if (target.outcome) this.#wake(coroutine, target.outcome)
    else target.joiners.push(coroutine)
  }

  #finish(coroutine: Coroutine, outcome: Outcome): void {
    coroutine.outcome = outcome
    for (const joiner of coroutine.joiners.splice(0)) this.#wake(joiner, outcome)
  }

  /** Moves the clock to the next deadline and wakes all who are due; false if nobody sleeps. */
  #wakeSleepers(): boolean {
    const [first] = this.#sleepers
    if (!first) return false
    this.#clock = first.deadline
    const due = this.#sleepers.findLastIndex((sleeper) => sleeper.deadline === first.deadline) + 1
    for (const { coroutine } of this.#sleepers.splice(0, due)) this.#wake(coroutine, NOTHING)
    return true
  }

  #report(): RunReport {
    const results = new Map<number, unknown>()
    const errors = new Map<number, unknown>()
    const deadlocked: number[] = []
    for (const { id, outcome } of this.#coroutines.values()) {
      if (!outcome) deadlocked.push(id)
      else if (outcome.ok) results.set(id, outcome.value)
      else errors.set(id, outcome.error)
    }
    return { results, errors, trace: this.#trace, ticks: this.#clock, deadlocked }
  }
}
