/** The state is two counts and two lists of those who wait; every leave ends in one function that decides who gets in. */

/** 2^30, as in Go's implementation. */
const WRITER_MARK = 2 ** 30

type Admit = () => void

/** Many readers at a time, or one writer. */
export class RWMutex {
  #readers = 0
  #writing = false
  #waitingReaders: Admit[] = []
  /** In the order of calling, from `#nextWriter` on. */
  #waitingWriters: Admit[] = []
  #nextWriter = 0

  async rlock(): Promise<void> {
    if (!this.tryRLock()) await new Promise<void>((admit) => this.#waitingReaders.push(admit))
  }

  runlock(): void {
    if (this.#readers === 0) throw new Error('runlock without a reader inside')
    this.#readers--
    if (this.#readers === 0) this.#admitWriter()
  }

  async lock(): Promise<void> {
    if (!this.tryLock()) await new Promise<void>((admit) => this.#waitingWriters.push(admit))
  }

  unlock(): void {
    if (!this.#writing) throw new Error('unlock without a writer inside')
    this.#writing = false
    if (this.#waitingReaders.length > 0) this.#admitReaders()
    else this.#admitWriter()
  }

  tryRLock(): boolean {
    if (this.#writing || this.#hasWaitingWriter) return false
    this.#readers++
    return true
  }

  tryLock(): boolean {
    if (this.#writing || this.#readers > 0) return false
    this.#writing = true
    return true
  }

  get readerCount(): number {
    const readers = this.#readers + this.#waitingReaders.length
    return this.#writing || this.#hasWaitingWriter ? readers - WRITER_MARK : readers
  }

  get writing(): boolean {
    return this.#writing
  }

  get #hasWaitingWriter(): boolean {
    return this.#nextWriter < this.#waitingWriters.length
  }

  #admitReaders(): void {
    const readers = this.#waitingReaders
    this.#waitingReaders = []
    this.#readers = readers.length
    for (const admit of readers) admit()
  }

  #admitWriter(): void {
    const admit = this.#waitingWriters[this.#nextWriter]
    if (admit === undefined) return
    this.#writing = true
    this.#nextWriter++
    // Drops those who are in when they make up half of the list.
    if (this.#nextWriter * 2 >= this.#waitingWriters.length) {
      this.#waitingWriters = this.#waitingWriters.slice(this.#nextWriter)
      this.#nextWriter = 0
    }
    admit()
  }
}
