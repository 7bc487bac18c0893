// Calls a result shared only for those who joined later, not for the caller who did the work.
interface Call<V> {
  readonly result: Promise<V>
}

export class SingleFlight<V> {
  readonly #calls = new Map<string, Call<V>>()

  async do(key: string, fn: () => Promise<V> | V): Promise<{ value: V; shared: boolean }> {
    const running = this.#calls.get(key)
    const call = running ?? this.#start(key, fn)
    return { value: await call.result, shared: running !== undefined }
  }

  forget(key: string): void {
    this.#calls.delete(key)
  }

  inFlight(key: string): boolean {
    return this.#calls.has(key)
  }

  #start(key: string, fn: () => Promise<V> | V): Call<V> {
    let settle: (result: Promise<V>) => void = () => {}
    const started = new Promise<V>((resolve) => {
      settle = resolve
    })
    const call: Call<V> = { result: started.finally(() => this.#end(key, call)) }
    this.#calls.set(key, call)
    settle((async () => fn())())
    return call
  }

  #end(key: string, call: Call<V>): void {
    if (this.#calls.get(key) === call) this.#calls.delete(key)
  }
}
