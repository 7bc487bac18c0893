import { AsyncLocalStorage } from 'node:async_hooks'

/** How long work may wait for its turn before the database counts as too slow to answer, milliseconds. */
const PATIENCE_MS = 15_000

/** Work waited too long for others that use the database. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong'
}

/**
 * The line in front of the database: so much work at a time, the rest in the order in which it came. A crowd that comes
 * at once waits here, where waiting is no sign that the database is away; in the pool of connections it would be.
 */
export class DatabaseLine {
  #free: number
  readonly #waiting: (() => void)[] = []
  /** Work inside of work goes on with the turn that it has; if it queued up again, a full line would wait for itself. */
  readonly #inside = new AsyncLocalStorage<true>()

  /** @param width how much work at a time */
  constructor(width: number, readonly patienceMs = PATIENCE_MS) {
    this.#free = width
  }

  /** @throws LineTooLong when no turn came in time, or whatever `work` throws */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside.getStore()) return work()
    await this.#enter()
    try {
      return await this.#inside.run(true, work)
    } finally {
      this.#leave()
    }
  }

  #enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1)
        reject(new LineTooLong('Too much work waits for the database'))
      }, this.patienceMs)
      this.#waiting.push(enter)
    })
  }

  #leave(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free += 1
  }
}
