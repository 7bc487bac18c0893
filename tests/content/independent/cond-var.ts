/** A wait is an async function around one deferred place in a line; waking resolves the place, and the sleeper then asks for the lock itself. */

/** A lock to be held around the state that a condition speaks about. */
export interface Locker {
  lock(): Promise<void>
  unlock(): void
}

type Wake = () => void

/** Lets the holder of a lock sleep until somebody says that something has changed. */
export class Cond {
  readonly #lock: Locker
  /** Those who sleep, the one who has waited longest first: a set keeps the order and lets anybody leave. */
  readonly #sleepers = new Set<Wake>()

  constructor(l: Locker) {
    this.#lock = l
  }

  /** Gives up the lock, sleeps until woken, and holds the lock again when it resolves. */
  async wait(): Promise<void> {
    let wake: Wake = () => {}
    const woken = new Promise<void>((resolve) => {
      wake = resolve
    })
    this.#sleepers.add(wake)
    try {
      this.#lock.unlock()
    } catch (error) {
      this.#sleepers.delete(wake)
      throw error
    }
    await woken
    await this.#lock.lock()
  }

  /** Resolves, holding the lock, when `pred` is true. */
  async waitFor(pred: () => boolean): Promise<void> {
    while (!pred()) await this.wait()
  }

  /** Wakes the one who has waited longest. */
  signal(): void {
    for (const wake of this.#sleepers) {
      this.#sleepers.delete(wake)
      wake()
      return
    }
  }

  /** Wakes everybody who waits now. */
  broadcast(): void {
    for (const wake of this.#sleepers) wake()
    this.#sleepers.clear()
  }

  /** Waits that nobody has woken yet. */
  get waiting(): number {
    return this.#sleepers.size
  }
}
