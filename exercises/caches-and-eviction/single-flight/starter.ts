export class SingleFlight<V> {
  /** Runs fn, or joins the running call of the same key; shared says whether more than one caller got the value. */
  do(key: string, fn: () => Promise<V> | V): Promise<{ value: V; shared: boolean }> {
    throw new Error('not implemented')
  }

  /** Lets the next do() start a new call, even while an older one is running. */
  forget(key: string): void {
    throw new Error('not implemented')
  }

  /** Whether a do() of this key would join a running call. */
  inFlight(key: string): boolean {
    throw new Error('not implemented')
  }
}
