/** The queue of the pool is full. */
export class PoolFullError extends Error {
  override name = 'PoolFullError'
}

/** The pool has been closed. */
export class PoolClosedError extends Error {
  override name = 'PoolClosedError'
}

/** A task that waits, whatever its result is. */
interface Job {
  /** Never rejects: what becomes of the task is told to the one who submitted it. */
  run(): Promise<void>
  refuse(error: Error): void
}

/** Runs tasks, at most `size` of them at a time; the others wait in a queue. */
export class WorkerPool {
  #size: number
  readonly #maxQueue: number
  readonly #queue: Job[] = []
  #running = 0
  #isClosed = false
  /** Calls of `close` that wait for the end. */
  readonly #closing: Array<() => void> = []

  constructor({ size, maxQueue = Number.POSITIVE_INFINITY }: { size: number; maxQueue?: number }) {
    checkPositive('size', size)
    if (maxQueue !== Number.POSITIVE_INFINITY && !(Number.isInteger(maxQueue) && maxQueue >= 0)) {
      throw new RangeError('maxQueue must be an integer of 0 or more')
    }
    this.#size = size
    this.#maxQueue = maxQueue
  }

  submit<T>(task: () => Promise<T> | T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#isClosed) return reject(new PoolClosedError('the pool has been closed'))
      const isFree = this.#running < this.#size
      if (!isFree && this.#queue.length >= this.#maxQueue) return reject(new PoolFullError('the queue is full'))
      this.#queue.push({
        async run() {
          try {
            resolve(await task())
          } catch (error) {
            reject(error)
          }
        },
        refuse: reject,
      })
      this.#dispatch()
    })
  }

  resize(size: number): void {
    checkPositive('size', size)
    this.#size = size
  }

  close({ drain = true }: { drain?: boolean } = {}): Promise<void> {
    this.#isClosed = true
    if (!drain) {
      for (const { refuse } of this.#queue.splice(0)) refuse(new PoolClosedError('closed before its turn came'))
    }
    return new Promise((resolve) => {
      this.#closing.push(resolve)
      this.#checkEnd()
    })
  }

  get running(): number {
    return this.#running
  }

  get queued(): number {
    return this.#queue.length
  }

  #dispatch(): void {
    while (this.#running < this.#size) {
      const job = this.#queue.shift()
      if (!job) return
      this.#running++
      void job.run().then(() => {
        this.#running--
        this.#dispatch()
        this.#checkEnd()
      })
    }
  }

  #checkEnd(): void {
    if (this.#running > 0 || this.#queue.length > 0) return
    for (const resolve of this.#closing.splice(0)) resolve()
  }
}

/** Calls `fn` for every item, at most `limit` calls at a time, and resolves with the results in order. */
export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  checkPositive('limit', limit)
  const iterator = items[Symbol.iterator]()
  const results: R[] = []
  let index = 0
  /** No more items shall be taken: there are none left, or something went wrong. */
  let isOver = false

  const take = (): IteratorResult<T> => {
    try {
      const next = iterator.next()
      if (next.done) isOver = true
      return next
    } catch (error) {
      isOver = true // an iterator that has thrown has ended by itself
      throw error
    }
  }
  // Each worker takes an item only when it is free to handle it, which keeps the iteration lazy.
  const work = async (): Promise<void> => {
    while (!isOver) {
      const next = take()
      if (next.done) return
      const place = index++
      try {
        results[place] = await fn(next.value, place)
      } catch (error) {
        // As when a for-of loop is left: the iterator may have files to close.
        if (!isOver) iterator.return?.()
        isOver = true
        throw error
      }
    }
  }

  const workers: Array<Promise<void>> = []
  // A worker begins within its call; with fewer items than workers the others need not be made.
  while (workers.length < limit && !isOver) workers.push(work())
  await Promise.all(workers)
  return results
}

function checkPositive(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer`)
}
