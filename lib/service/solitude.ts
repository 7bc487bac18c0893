/**
 * Lets tasks run side by side, but some of them alone: a task that asks for solitude waits until all that run have
 * ended, and holds back those that come after it.
 */
export class Solitude {
  #running = 0
  #alone = false
  readonly #waiting: { alone: boolean; begin: () => void }[] = []

  /** Runs `task`; with `alone`, while no other one runs. */
  async run<T>({ alone }: { alone: boolean }, task: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin) => {
      this.#waiting.push({ alone, begin })
      this.#admit()
    })
    try {
      return await task()
    } finally {
      this.#running--
      this.#alone = false
      this.#admit()
    }
  }

  /** Begins what may begin, in the order of arrival. */
  #admit(): void {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if (this.#alone || (next.alone && this.#running > 0)) return
      this.#waiting.shift()
      this.#running++
      this.#alone = next.alone
      next.begin()
    }
  }
}
