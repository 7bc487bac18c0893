/** Clock and timers; times in milliseconds. */
export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

type Task = (signal: AbortSignal) => Promise<void>

interface Waiter {
  resolve: () => void
  reject: (error: Error) => void
}

/** Lets a fixed number of workers go one after another, round and round, beginning with worker 0. */
export class TurnGate {
  readonly #workers: number
  #turn = 0
  /** By worker, since each waits at most once at a time. */
  readonly #waiters = new Map<number, Waiter>()
  #failure: Error | null = null

  constructor(workers: number) {
    if (!Number.isInteger(workers) || workers < 1) throw new RangeError(`${workers} is no number of workers`)
    this.#workers = workers
  }

  /** Resolves when it is the worker's turn. */
  async wait(worker: number): Promise<void> {
    if (!Number.isInteger(worker) || worker < 0 || worker >= this.#workers) {
      throw new RangeError(`there is no worker ${worker}`)
    }
    if (this.#failure !== null) throw this.#failure
    if (worker === this.#turn) return
    await new Promise<void>((resolve, reject) => this.#waiters.set(worker, { resolve, reject }))
  }

  /** Hands the turn over to the next worker. */
  pass(worker: number): void {
    if (this.#failure !== null) return
    if (worker !== this.#turn) throw new Error(`it is the turn of ${this.#turn}, not of ${worker}`)
    this.#turn = (worker + 1) % this.#workers
    this.#waiters.get(this.#turn)?.resolve()
    this.#waiters.delete(this.#turn)
  }

  /** Ends the game: who waits, now or later, gets the error. */
  stop(err = new Error('the gate was stopped')): void {
    if (this.#failure !== null) return
    this.#failure = err
    for (const { reject } of this.#waiters.values()) reject(err)
  }
}

/** Every word has a worker of its own, which prints it once in each round. */
export async function printInTurn(
  words: readonly string[],
  rounds: number,
  out: (word: string, worker: number) => void | Promise<void>,
): Promise<void> {
  if (!Number.isInteger(rounds) || rounds < 0) throw new RangeError(`${rounds} is no number of rounds`)
  if (words.length === 0) return
  const gate = new TurnGate(words.length)
  await runAll(gate, words.map((word, worker) => async () => {
    for (let round = 0; round < rounds; round++) {
      await gate.wait(worker)
      await out(word, worker)
      gate.pass(worker)
    }
  }))
}

/** One item of `a`, one of `b`, and so on; when one has ended, the rest of the other. */
export async function alternate(
  a: Iterable<string>,
  b: Iterable<string>,
  out: (item: string, from: 'a' | 'b') => void,
): Promise<void> {
  const gate = new TurnGate(2)
  const sources = [
    { items: a[Symbol.iterator](), from: 'a' },
    { items: b[Symbol.iterator](), from: 'b' },
  ] as const
  let open: number = sources.length
  await runAll(gate, sources.map(({ items, from }, worker) => async () => {
    let isOpen = true
    // A worker whose items have ended stays in the ring and only hands over, as long as the other needs it.
    while (open > 0) {
      await gate.wait(worker)
      if (isOpen) {
        const next = items.next()
        if (next.done) {
          isOpen = false
          open--
        } else out(next.value, from)
      }
      gate.pass(worker)
    }
  }))
}

/** Runs the workers at once; the first that fails stops the others. */
async function runAll(gate: TurnGate, workers: ReadonlyArray<() => Promise<void>>): Promise<void> {
  const guarded = workers.map(async (work) => {
    try {
      await work()
    } catch (error) {
      gate.stop(error instanceof Error ? error : new Error(String(error)))
      throw error
    }
  })
  await Promise.all(guarded)
}

/** Starts all tasks and says, after `ms` at the latest, how each ended. */
export function runWithin(
  tasks: Readonly<Record<string, Task>>,
  ms: number,
  timers: Timers,
): Promise<Record<string, 'done' | 'failed' | 'timeout'>> {
  return new Promise((resolve) => {
    const running = new Map<string, { task: Task; controller: AbortController }>()
    const results: Record<string, 'done' | 'failed' | 'timeout'> = {}
    for (const [name, task] of Object.entries(tasks)) {
      running.set(name, { task, controller: new AbortController() })
      // So that the names keep their order.
      results[name] = 'timeout'
    }
    if (running.size === 0) return resolve(results)
    const deadline = timers.setTimeout(() => {
      const late = [...running.values()]
      running.clear()
      resolve(results)
      for (const { controller } of late) controller.abort()
    }, ms)
    const end = (name: string, result: 'done' | 'failed') => {
      // What ends after the deadline is no news.
      if (!running.delete(name)) return
      results[name] = result
      if (running.size > 0) return
      timers.clearTimeout(deadline)
      resolve(results)
    }
    // An async wrapper makes a rejection of a synchronous throw, and still starts the task at once.
    const start = async (task: Task, { signal }: AbortController) => task(signal)
    for (const [name, { task, controller }] of [...running]) {
      start(task, controller).then(
        () => end(name, 'done'),
        () => end(name, 'failed'),
      )
    }
  })
}
