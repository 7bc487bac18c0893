// Serves the key that became ready last.
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError'
}

export class ExecutorClosedError extends Error {
  override readonly name = 'ExecutorClosedError'
}

type Job = () => Promise<() => void>

export class KeyedExecutor {
  readonly #workers: number
  readonly #maxQueuePerKey: number
  readonly #lines = new Map<string, Job[]>()
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

  get active(): number {
    return this.#active
  }

  get trackedKeys(): number {
    return this.#lines.size
  }

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

  pending(key?: string): number {
    return key === undefined ? this.#pending : (this.#lines.get(key)?.length ?? 0)
  }

  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idlers.push(resolve)
      this.#tellIdlers()
    })
  }

  close(): Promise<void> {
    this.#isClosed = true
    return this.idle()
  }

  #startNext(): void {
    while (this.#active < this.#workers) {
      const key = this.#ready.pop()
      if (key === undefined) return
      void this.#serve(key)
    }
  }

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
