/** Every task passes through one queue, and one pump starts what there is room for, whatever has made the room. */

/** The queue of the pool is full. */
export class PoolFullError extends Error {
  override name = 'PoolFullError'
}

/** The pool has been closed. */
export class PoolClosedError extends Error {
  override name = 'PoolClosedError'
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

interface Job {
  start(): void
  refuse(error: PoolClosedError): void
}

function positiveInteger(name: string, n: number): number {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`${name} must be a positive integer`)
  return n
}

/** Runs tasks, at most `size` of them at a time; the others wait in a queue. */
export class WorkerPool {
  readonly #maxQueue: number
  readonly #queue = new Fifo<Job>()
  #size: number
  #running = 0
  #closed = false
  #closeListeners: Array<() => void> = []

  constructor({ size, maxQueue = Number.POSITIVE_INFINITY }: { size: number; maxQueue?: number }) {
    if (maxQueue !== Number.POSITIVE_INFINITY && !(Number.isInteger(maxQueue) && maxQueue >= 0)) {
      throw new RangeError('maxQueue must be an integer of 0 or more, or infinite')
    }
    this.#size = positiveInteger('size', size)
    this.#maxQueue = maxQueue
  }

  /** Settles as the task does. */
  submit<T>(task: () => Promise<T> | T): Promise<T> {
    if (this.#closed) return Promise.reject(new PoolClosedError('the pool has been closed'))
    const free = Math.max(0, this.#size - this.#running)
    if (this.#queue.length >= free + this.#maxQueue) return Promise.reject(new PoolFullError('the queue is full'))
    return new Promise<T>((resolve, reject) => {
      const start = () => {
        new Promise<T>((settle) => settle(task())).then(
          (value) => {
            this.#ended()
            resolve(value)
          },
          (error: unknown) => {
            this.#ended()
            reject(error)
          },
        )
      }
      this.#queue.push({ start, refuse: reject })
      this.#pump()
    })
  }

  resize(size: number): void {
    this.#size = positiveInteger('size', size)
    this.#pump()
  }

  /** Takes no further task; resolves when the last one has ended. */
  close({ drain = true }: { drain?: boolean } = {}): Promise<void> {
    this.#closed = true
    if (!drain) {
      for (let job = this.#queue.shift(); job; job = this.#queue.shift()) {
        job.refuse(new PoolClosedError('the pool was closed before the task began'))
      }
    }
    return new Promise((resolve) => {
      this.#closeListeners.push(resolve)
      this.#tellIfDone()
    })
  }

  get running(): number {
    return this.#running
  }

  get queued(): number {
    return this.#queue.length
  }

  #pump(): void {
    while (this.#running < this.#size) {
      const job = this.#queue.shift()
      if (!job) return
      this.#running++
      job.start()
    }
  }

  #ended(): void {
    this.#running--
    this.#pump()
    this.#tellIfDone()
  }

  #tellIfDone(): void {
    if (this.#running > 0 || this.#queue.length > 0) return
    const listeners = this.#closeListeners
    this.#closeListeners = []
    for (const listener of listeners) listener()
  }
}

/** Calls `fn` for every item, at most `limit` calls at a time, and resolves with the results in order. */
export function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  // What the executor throws rejects the promise.
  return new Promise((resolve, reject) => {
    positiveInteger('limit', limit)
    const iterator = items[Symbol.iterator]()
    const results: R[] = []
    let begun = 0
    let running = 0
    let isExhausted = false
    let hasFailed = false

    /** Takes the next item; an error of the iterable ends all, and it must not be closed then. */
    const take = (): { item: T } | undefined => {
      try {
        const next = iterator.next()
        if (!next.done) return { item: next.value }
      } catch (error) {
        hasFailed = true
        reject(error)
      }
      isExhausted = true
      return undefined
    }

    const fail = (error: unknown) => {
      if (hasFailed) return
      hasFailed = true
      reject(error)
      if (isExhausted) return
      try {
        iterator.return?.()
      } catch {
        // As in a loop that is left by an error, the first one counts.
      }
    }

    const call = (item: T, index: number) => {
      running++
      let result: Promise<R>
      try {
        result = Promise.resolve(fn(item, index))
      } catch (error) {
        fail(error)
        return
      }
      result.then((value) => {
        results[index] = value
        running--
        pump()
      }, fail)
    }

    const pump = () => {
      while (!hasFailed && !isExhausted && running < limit) {
        const taken = take()
        if (taken) call(taken.item, begun++)
      }
      if (!hasFailed && isExhausted && running === 0) resolve(results)
    }

    pump()
  })
}
