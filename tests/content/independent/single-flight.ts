/** Each call keeps the list of its callers and, at its end, first frees the key and then answers them all in one go. */
interface Caller<V> {
  resolve: (result: { value: V; shared: boolean }) => void
  reject: (reason: unknown) => void
}

export class SingleFlight<V> {
  /** The callers of the call that a do() of the key would join. */
  readonly #calls = new Map<string, Array<Caller<V>>>()

  /** Runs fn, or joins the running call of the same key; shared says whether more than one caller got the value. */
  do(key: string, fn: () => Promise<V> | V): Promise<{ value: V; shared: boolean }> {
    return new Promise((resolve, reject) => {
      const caller = { resolve, reject }
      const running = this.#calls.get(key)
      if (running) running.push(caller)
      else this.#start(key, fn, caller)
    })
  }

  /** Lets the next do() start a new call, even while an older one is running. */
  forget(key: string): void {
    this.#calls.delete(key)
  }

  /** Whether a do() of this key would join a running call. */
  inFlight(key: string): boolean {
    return this.#calls.has(key)
  }

  #start(key: string, fn: () => Promise<V> | V, first: Caller<V>): void {
    const callers = [first]
    this.#calls.set(key, callers)
    const leave = () => {
      if (this.#calls.get(key) === callers) this.#calls.delete(key)
    }
    // The executor runs fn at once and turns a throw into a rejection.
    new Promise<V>((settle) => settle(fn())).then(
      (value) => {
        leave()
        const shared = callers.length > 1
        for (const { resolve } of callers) resolve({ value, shared })
      },
      (err: unknown) => {
        leave()
        for (const { reject } of callers) reject(err)
      },
    )
  }
}
