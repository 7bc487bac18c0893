/** The counter would fall below zero: something was counted down that had not been counted. */
export class NegativeCounterError extends Error {
  override name = 'NegativeCounterError'
}

/** Counts tasks that are under way, and lets others wait until there are none. */
export class WaitGroup {
  #count = 0
  /** Resolves the promise of each who waits in this round. */
  #releases: Array<() => void> = []

  add(delta: number): void {
    if (!Number.isInteger(delta)) throw new RangeError(`${delta} is no number of tasks`)
    const count = Math.max(0, this.#count + delta)
    this.#count = count
    if (count === 0) this.#releaseAll()
  }

  done(): void {
    this.add(-1)
  }

  wait(): Promise<void> {
    if (this.#count === 0) return Promise.resolve()
    return new Promise((resolve) => this.#releases.push(resolve))
  }

  // `async`: a throw of `fn` becomes a rejection; up to the first `await` the body runs inside the call.
  async go(fn: () => Promise<void> | void): Promise<void> {
    this.add(1)
    try {
      await fn()
    } finally {
      this.done()
    }
  }

  get count(): number {
    return this.#count
  }

  get waiters(): number {
    return this.#releases.length
  }

  /** Ends the round. The list is emptied first: whoever waits from now on belongs to the next one. */
  #releaseAll(): void {
    const releases = this.#releases
    this.#releases = []
    for (const release of releases) release()
  }
}
