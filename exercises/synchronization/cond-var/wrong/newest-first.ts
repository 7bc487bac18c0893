/** A lock to be held around the state that a condition speaks about. */
export interface Locker {
  lock(): Promise<void>
  unlock(): void
}

/** Lets the holder of a lock sleep until somebody says that something has changed. */
export class Cond {
  readonly #lock: Locker
  /** How to wake those who wait, the longest wait first. */
  readonly #line: Array<() => void> = []

  constructor(l: Locker) {
    this.#lock = l
  }

  // `async` turns throws into rejections; up to the first `await` the body still runs inside the call.
  async wait(): Promise<void> {
    // In line first, unlocked second: whoever gets the lock now and signals will find this waiter.
    let wake = () => {}
    const woken = new Promise<void>((resolve) => {
      wake = resolve
    })
    this.#line.push(wake)
    try {
      this.#lock.unlock()
    } catch (error) {
      // The caller never held the lock, so it does not wait either.
      this.#line.splice(this.#line.indexOf(wake), 1)
      throw error
    }
    await woken
    await this.#lock.lock()
  }

  async waitFor(pred: () => boolean): Promise<void> {
    // A loop: between the wake-up and the return somebody else may have held the lock and changed everything.
    while (!pred()) await this.wait()
  }

  signal(): void {
    this.#line.pop()?.()
  }

  broadcast(): void {
    for (const wake of this.#line.splice(0)) wake()
  }

  get waiting(): number {
    return this.#line.length
  }
}
