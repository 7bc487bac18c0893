/** Too many tasks of one key are waiting. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError'
}

/** The executor takes no more tasks. */
export class ExecutorClosedError extends Error {
  override readonly name = 'ExecutorClosedError'
}

/** Runs a task, and answers with what tells its caller of the outcome. Never rejects. */
type Job = () => Promise<() => void>

/** Runs tasks of one key one after another, and those of different keys side by side. */
export class KeyedExecutor {
  readonly #workers: number
  readonly #maxQueuePerKey: number
  /** The waiting tasks of each key that has a task which runs or waits. */
  readonly #lines = new Map<string, Job[]>()
  /** Keys that have a waiting task and none that runs, each once. */
  readonly #ready: string[] = []
  #active = 0
  #pending = 0
  #isClosed = false
  #idlers: Array<() => void> = []

  constructor({ workers, maxQueuePerKey = Number.POSITIVE_INFINITY }: { workers: number; maxQueuePerKey?: number }) {
    if (!Number.isInteger(workers) || workers < 1) throw new RangeError('workers must be a positive integer')
    if (!(maxQueuePerKey === Number.POSITIVE_INFINITY || (Number.isInteger(maxQueuePerKey) && maxQueuePerKey >= 0))) {
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
    return this.#lines.size
  }

  /** Settles as the task does. */
  async submit<T>(key: string, task: () => Promise<T> | T): Promise<T> {
    if (this.#isClosed) throw new ExecutorClosedError('the executor is closed')
    const line = this.#lines.get(key)
    const mustWait = line !== undefined || this.#active === this.#workers
    if (mustWait && this.pending(key) >= this.#maxQueuePerKey) {
      throw new QueueFullError(`${this.pending(key)} tasks of this key are waiting`)
    }
    return new Promise<T>((resolve, reject) => {
      const job: Job = async () => {
        try {
          const value = await task()
          return () => resolve(value)
        } catch (error) {
          return () => reject(error)
        }
      }
      this.#pending++
      if (line !== undefined) line.push(job)
      else {
        this.#lines.set(key, [job])
        this.#ready.push(key)
        this.#startNext()
      }
    })
  }

  /** Waiting tasks, of one key or of all. */
  pending(key?: string): number {
    return key === undefined ? this.#pending : (this.#lines.get(key)?.length ?? 0)
  }

  /** Resolves when no task runs or waits. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idlers.push(resolve)
      this.#tellIdlers()
    })
  }

  /** Takes no more tasks; resolves when those it has are done. */
  close(): Promise<void> {
    this.#isClosed = true
    return this.idle()
  }

  #startNext(): void {
    while (this.#active < this.#workers) {
      const key = this.#ready.shift()
      if (key === undefined) return
      void this.#serve(key)
    }
  }

  /** Runs one task of a key. Its line stays on record, so that no other task of the key can start beside it. */
  async #serve(key: string): Promise<void> {
    const line = this.#lines.get(key) as Job[]
    const job = line.shift() as Job
    this.#pending--
    this.#active++
    const tell = await job()
    this.#active--
    if (line.length > 0) this.#ready.push(key)
    else this.#lines.delete(key)
    this.#startNext()
    tell()
    this.#tellIdlers()
  }

  #tellIdlers(): void {
    if (this.#lines.size > 0) return
    for (const resolve of this.#idlers.splice(0)) resolve()
  }
}
