/** One running call, and how many callers wait for it. */
interface Call<V> {
  callers: number
  readonly result: Promise<V>
}

/** Merges calls of one key that overlap in time: one of them does the work, all of them get the result. */
export class SingleFlight<V> {
  readonly #calls = new Map<string, Call<V>>()

  async do(key: string, fn: () => Promise<V> | V): Promise<{ value: V; shared: boolean }> {
    const call = this.#calls.get(key) ?? this.#start(key, fn)
    call.callers++
    const value = await call.result
    // Asked only now: the leader cannot know at the start whether others will join.
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
    const call: Call<V> = { callers: 0, result: started.finally(() => this.#end(key, call)) }
    // The call is known before fn runs, so that a call of the same key from within fn joins it.
    this.#calls.set(key, call)
    // An async function turns a synchronous throw into a rejection, and runs fn right now.
    settle((async () => fn())())
    return call
  }

  /** After forget() the key may belong to a newer call, which must stay. */
  #end(key: string, call: Call<V>): void {
    if (this.#calls.get(key) === call) this.#calls.delete(key)
  }
}
