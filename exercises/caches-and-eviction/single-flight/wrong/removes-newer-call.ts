// Removes whatever call has the key when it ends, even a newer one that started after forget().
interface Call<V> {
  callers: number
  readonly result: Promise<V>
}

export class SingleFlight<V> {
  readonly #calls = new Map<string, Call<V>>()

  async do(key: string, fn: () => Promise<V> | V): Promise<{ value: V; shared: boolean }> {
    const call = this.#calls.get(key) ?? this.#start(key, fn)
    call.callers++
    const value = await call.result
    return { value, shared: call.callers > 1 }
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
    const call: Call<V> = { callers: 0, result: started.finally(() => this.#end(key)) }
    this.#calls.set(key, call)
    settle((async () => fn())())
    return call
  }

  #end(key: string): void {
    this.#calls.delete(key)
  }
}
