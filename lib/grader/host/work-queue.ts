/** `now` is somebody's submission; `idle` is work for when nobody waits. */
export type Priority = 'now' | 'idle'

interface Job {
  priority: Priority
  start: () => Promise<void>
}

/**
 * Time without submissions after which idle work begins, milliseconds. Between two submissions of a queue there is always a
 * moment in which nothing runs; whatever began there would take the place of the next one.
 */
export const QUIET_MS = 2_000

/** Where it is never that quiet, one piece of idle work takes such a moment whenever this has passed, milliseconds. */
export const IDLE_TURN_MS = 5_000

/**
 * Lets so many jobs run at a time. Those of idle priority start only when nothing else runs or waits, seldom when something
 * has just run, and one at a time; one that has started is finished.
 */
export class WorkQueue {
  readonly #slots: number
  readonly #waiting: Record<Priority, Job[]> = { now: [], idle: [] }
  #running = 0
  /** Goes off when it has been quiet for long enough since a submission was asked for or graded; null from then on. */
  #quiet: NodeJS.Timeout | null = null
  #idleTurnAt = performance.now() + IDLE_TURN_MS

  constructor(slots: number) {
    this.#slots = slots
  }

  run<T>(priority: Priority, job: () => Promise<T>): Promise<T> {
    if (priority === 'now') this.#waitForQuiet()
    return new Promise<T>((resolve, reject) => {
      this.#waiting[priority].push({ priority, start: () => job().then(resolve, reject) })
      this.#startNext()
    })
  }

  #startNext(): void {
    while (this.#running < this.#slots) {
      const job = this.#waiting.now.shift() ?? (this.#mayIdle() ? this.#waiting.idle.shift() : undefined)
      if (!job) return
      this.#running++
      void job.start().finally(() => {
        this.#running--
        if (job.priority === 'now') this.#waitForQuiet()
        else this.#idleTurnAt = performance.now() + IDLE_TURN_MS
        this.#startNext()
      })
    }
  }

  #mayIdle(): boolean {
    return this.#running === 0 && (this.#quiet === null || performance.now() >= this.#idleTurnAt)
  }

  #waitForQuiet(): void {
    if (this.#quiet) {
      this.#quiet.refresh()
      return
    }
    this.#quiet = setTimeout(() => {
      this.#quiet = null
      this.#startNext()
    }, QUIET_MS)
    this.#quiet.unref()
  }
}
