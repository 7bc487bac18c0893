/** `size` permits, lent out in any number at a time, first come first served. */
export class Semaphore {
  constructor(size: number) {
    throw new Error('not implemented')
  }

  /** Resolves once `n` permits are held. */
  acquire(n = 1, signal?: AbortSignal): Promise<void> {
    throw new Error('not implemented')
  }

  /** Takes `n` permits if that needs no waiting, and says whether it did. */
  tryAcquire(n = 1): boolean {
    throw new Error('not implemented')
  }

  /** Gives `n` permits back. */
  release(n = 1): void {
    throw new Error('not implemented')
  }

  /** Runs `fn` while holding `n` permits. */
  use<T>(n: number, fn: () => Promise<T> | T): Promise<T> {
    throw new Error('not implemented')
  }

  /** Permits that nobody holds. */
  get available(): number {
    throw new Error('not implemented')
  }

  /** Calls that wait right now. */
  get waiting(): number {
    throw new Error('not implemented')
  }
}
