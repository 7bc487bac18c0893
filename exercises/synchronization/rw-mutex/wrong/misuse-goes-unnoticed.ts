/** What a writer takes off the number of readers: far more than there can ever be. */
const WRITER = 2 ** 30

/**
 * Many readers at a time, or one writer.
 *
 * Readers wait only while a writer holds the lock or waits for it; writers wait while anybody holds it. Whoever
 * leaves lets in those whose turn it is, in the same step.
 */
export class RWMutex {
  /** Readers inside. */
  #readers = 0
  #writing = false
  readonly #waitingReaders: Array<() => void> = []
  readonly #waitingWriters: Array<() => void> = []

  rlock(): Promise<void> {
    if (this.tryRLock()) return Promise.resolve()
    return new Promise((resolve) => this.#waitingReaders.push(resolve))
  }

  runlock(): void {
    if (this.#readers === 0) return
    this.#readers--
    if (this.#readers === 0) this.#admitWriter()
  }

  lock(): Promise<void> {
    if (this.tryLock()) return Promise.resolve()
    return new Promise((resolve) => this.#waitingWriters.push(resolve))
  }

  unlock(): void {
    if (!this.#writing) return
    this.#writing = false
    // All readers who came while it wrote go first, so that a stream of writers cannot starve them. The next writer
    // waits for them, and holds back those who come later, so that a stream of readers cannot starve it.
    for (const admit of this.#waitingReaders.splice(0)) {
      this.#readers++
      admit()
    }
    if (this.#readers === 0) this.#admitWriter()
  }

  tryRLock(): boolean {
    if (this.#isWanted) return false
    this.#readers++
    return true
  }

  tryLock(): boolean {
    if (this.#writing || this.#readers > 0) return false
    this.#writing = true
    return true
  }

  get readerCount(): number {
    return this.#readers + this.#waitingReaders.length - (this.#isWanted ? WRITER : 0)
  }

  get writing(): boolean {
    return this.#writing
  }

  /** Whether a writer holds the lock or waits for it. */
  get #isWanted(): boolean {
    return this.#writing || this.#waitingWriters.length > 0
  }

  /** With nobody inside, the oldest waiting writer goes in. */
  #admitWriter(): void {
    const admit = this.#waitingWriters.shift()
    if (!admit) return
    this.#writing = true
    admit()
  }
}
