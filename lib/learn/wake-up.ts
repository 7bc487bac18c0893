/** Lets a loop sleep until there is something to do. A call that comes while the loop is busy is not lost. */
export class WakeUp {
  #pending = false
  #wake: (() => void) | undefined
  #timer: NodeJS.Timeout | undefined

  /** @param signal ends the sleep, and every later one, for good */
  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener('abort', () => this.now(), { once: true })
  }

  now(): void {
    this.#pending = true
    this.#wake?.()
  }

  /** Wakes the loop at most `ms` from now; calls until then are one. */
  within(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.now()
    }, ms).unref()
  }

  /** Sleeps. Resolves to false when the signal has ended it. */
  async next(): Promise<boolean> {
    if (!this.#pending && !this.signal.aborted) await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#pending = false
    this.#wake = undefined
    return !this.signal.aborted
  }
}
