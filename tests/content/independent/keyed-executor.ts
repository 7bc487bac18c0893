/** A lane for each key that has tasks, and one line of ready lanes; whoever frees a worker puts its lane at the end and runs the one in front. */

/** Too many tasks of one key are waiting. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError'
}

/** The executor takes no more tasks. */
export class ExecutorClosedError extends Error {
  override readonly name = 'ExecutorClosedError'
}

/** First in, first out, without moving what stays. */
class Fifo<E> {
  #items: E[] = []
  #head = 0

  get length(): number {
    return this.#items.length - this.#head
  }

  push(item: E): void {
    this.#items.push(item)
  }

  shift(): E | undefined {
    if (this.length === 0) return undefined
    const item = this.#items[this.#head++]
    if (this.#head > 64 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head)
      this.#head = 0
    }
    return item
  }
}

/** Runs a task to its end, and then calls back before it tells the result. */
type Job = (ended: () => void) => void

interface Lane {
  readonly key: string
  readonly waiting: Fifo<Job>
}

/** Runs tasks of one key one after another, and those of different keys side by side. */
export class KeyedExecutor {
  readonly #workers: number
  readonly #maxQueuePerKey: number
  readonly #lanes = new Map<string, Lane>()
  readonly #ready = new Fifo<Lane>()
  #idleListeners: Array<() => void> = []
  #active = 0
  #waiting = 0
  #closed = false

  constructor({ workers, maxQueuePerKey = Number.POSITIVE_INFINITY }: { workers: number; maxQueuePerKey?: number }) {
    if (!Number.isInteger(workers) || workers < 1) throw new RangeError('workers must be an integer of at least 1')
    if (maxQueuePerKey !== Number.POSITIVE_INFINITY && !(Number.isInteger(maxQueuePerKey) && maxQueuePerKey >= 0)) {
      throw new RangeError('maxQueuePerKey must be an integer of at least 0, or Infinity')
    }
    this.#workers = workers
    this.#maxQueuePerKey = maxQueuePerKey
  }

  /** Running tasks. */
  get active(): number {
    return this.#active
  }

  /** Keys with a task that runs or waits. */
  get trackedKeys(): number {
    return this.#lanes.size
  }

  /** Settles as the task does. */
  submit<T>(key: string, task: () => Promise<T> | T): Promise<T> {
    if (this.#closed) return Promise.reject(new ExecutorClosedError('the executor is closed'))
    const known = this.#lanes.get(key)
    const startsNow = !known && this.#active < this.#workers
    if (!startsNow && (known?.waiting.length ?? 0) >= this.#maxQueuePerKey) {
      return Promise.reject(new QueueFullError(`too many tasks of ${key} are waiting`))
    }
    const lane = known ?? { key, waiting: new Fifo<Job>() }
    if (!known) this.#lanes.set(key, lane)
    return new Promise<T>((resolve, reject) => {
      const job: Job = (ended) => {
        new Promise<T>((settle) => settle(task())).then(
          (value) => {
            ended()
            resolve(value)
          },
          (error: unknown) => {
            ended()
            reject(error)
          },
        )
      }
      if (startsNow) return this.#run(lane, job)
      lane.waiting.push(job)
      this.#waiting++
      if (!known) this.#ready.push(lane)
    })
  }

  /** Waiting tasks, of one key or of all. */
  pending(key?: string): number {
    return key === undefined ? this.#waiting : (this.#lanes.get(key)?.waiting.length ?? 0)
  }

  /** Resolves when no task runs or waits. */
  idle(): Promise<void> {
    if (this.#lanes.size === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idleListeners.push(resolve))
  }

  /** Takes no more tasks; resolves when those it has are done. */
  close(): Promise<void> {
    this.#closed = true
    return this.idle()
  }

  #run(lane: Lane, job: Job): void {
    this.#active++
    job(() => this.#ended(lane))
  }

  #ended(lane: Lane): void {
    this.#active--
    if (lane.waiting.length > 0) this.#ready.push(lane)
    else this.#lanes.delete(lane.key)
    const next = this.#ready.shift()
    const job = next?.waiting.shift()
    if (next && job) {
      this.#waiting--
      this.#run(next, job)
    }
    if (this.#lanes.size > 0) return
    const listeners = this.#idleListeners
    this.#idleListeners = []
    for (const listener of listeners) listener()
  }
}
