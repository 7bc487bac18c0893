/** `now` is somebody's submission; `idle` is work for when nobody waits. */
export type Priority = 'now' | 'idle'

interface Job {
  start: () => Promise<void>
}

/**
 * Lets so many jobs run at a time. Those of idle priority start only when nothing else runs or waits, and one at a
 * time; one that has started is finished.
 */
export class WorkQueue {
  readonly #slots: number
  readonly #waiting: Record<Priority, Job[]> = { now: [], idle: [] }
  #running = 0

  constructor(slots: number) {
    this.#slots = slots
  }

  run<T>(priority: Priority, job: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting[priority].push({ start: () => job().then(resolve, reject) })
      this.#startNext()
    })
  }

  #startNext(): void {
    while (this.#running < this.#slots) {
      const job = this.#waiting.now.shift() ?? (this.#running === 0 ? this.#waiting.idle.shift() : undefined)
      if (!job) return
      this.#running++
      void job.start().finally(() => {
        this.#running--
        this.#startNext()
      })
    }
  }
}
