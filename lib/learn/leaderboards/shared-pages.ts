import { changeListener } from '@/lib/db/change-listener'
import type { BoardKey } from '@/lib/db/boards/boards'
import type { BoardPage } from './board-page'

/** Pages that one process keeps at most. */
const MOST_PAGES = 500

/**
 * Pages of boards for all who look at them live in this process: after a change each is read once, however many streams
 * there are. All are forgotten when any board changes, so none is older than the last change that was heard of.
 */
export class SharedPages {
  readonly #pages = new Map<string, Promise<BoardPage>>()
  #streams = 0
  #unsubscribe: Promise<() => void> | undefined

  /** How many look at boards live in this process. */
  get streams(): number {
    return this.#streams
  }

  /** Begins to hear of changes; to be called before a stream subscribes itself, so that it never reads an old page. */
  async open(): Promise<void> {
    this.#streams++
    this.#unsubscribe ??= changeListener().subscribe({
      onBoards: () => this.#pages.clear(),
      onReset: () => this.#pages.clear(),
    })
    try {
      await this.#unsubscribe
    } catch (error) {
      this.close()
      throw error
    }
  }

  close(): void {
    this.#streams--
    if (this.#streams > 0) return
    void this.#unsubscribe?.then((unsubscribe) => unsubscribe()).catch(() => {})
    this.#unsubscribe = undefined
    this.#pages.clear()
  }

  /** The page, read by `load` unless it was since the last change. Without open streams nothing is kept. */
  read(key: BoardKey, position: number, limit: number, load: () => Promise<BoardPage>): Promise<BoardPage> {
    if (this.#streams === 0) return load()
    const name = JSON.stringify([key, position, limit])
    const known = this.#pages.get(name)
    if (known) return known
    const page = load()
    this.#pages.set(name, page)
    page.catch(() => {
      if (this.#pages.get(name) === page) this.#pages.delete(name)
    })
    if (this.#pages.size > MOST_PAGES) this.#pages.delete(this.#pages.keys().next().value ?? '')
    return page
  }
}
