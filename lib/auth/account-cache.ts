/** How long an answer is used again, milliseconds: a suspended account is shut out after at most this long. */
const FRESH_MS = 5_000
const MOST_ENTRIES = 5_000

interface Entry<T> {
  loadedAt: number
  value: Promise<T>
}

/**
 * Remembers what `load` answered for a few seconds, so that the many requests of one page cost one query. Requests
 * that come at the same moment wait for the same query; failures are not remembered.
 */
export class AccountCache<T> {
  readonly #entries = new Map<string, Entry<T>>()

  constructor(
    private readonly load: (id: string) => Promise<T>,
    private readonly now: () => number = Date.now,
  ) {}

  get(id: string): Promise<T> {
    const known = this.#entries.get(id)
    if (known && this.now() - known.loadedAt < FRESH_MS) return known.value
    const entry = { loadedAt: this.now(), value: this.load(id) }
    this.#entries.delete(id)
    this.#entries.set(id, entry)
    this.#dropOldest()
    entry.value.catch(() => {
      if (this.#entries.get(id) === entry) this.#entries.delete(id)
    })
    return entry.value
  }

  /** To be called after a change, so that the person who made it sees it at once. */
  forget(id: string): void {
    this.#entries.delete(id)
  }

  /** A Map keeps the order of insertion, and an entry is inserted anew whenever it is loaded. */
  #dropOldest(): void {
    const oldest = this.#entries.keys().next()
    if (this.#entries.size > MOST_ENTRIES && !oldest.done) this.#entries.delete(oldest.value)
  }
}
