/** Many readers at a time, or one writer. */
export class RWMutex {
  /** Resolves once the caller is one of the readers. */
  rlock(): Promise<void> {
    throw new Error('not implemented')
  }

  runlock(): void {
    throw new Error('not implemented')
  }

  /** Resolves once the caller is the writer. */
  lock(): Promise<void> {
    throw new Error('not implemented')
  }

  unlock(): void {
    throw new Error('not implemented')
  }

  /** Becomes a reader if that needs no waiting, and says whether it did. */
  tryRLock(): boolean {
    throw new Error('not implemented')
  }

  /** Becomes the writer if that needs no waiting, and says whether it did. */
  tryLock(): boolean {
    throw new Error('not implemented')
  }

  /** Readers that hold the lock or wait for it; less 2^30 while a writer holds it or waits. */
  get readerCount(): number {
    throw new Error('not implemented')
  }

  get writing(): boolean {
    throw new Error('not implemented')
  }
}
