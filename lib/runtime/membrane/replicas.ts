import { holdsCells, readCells } from './cells'
import type { Heap, HeapObject } from './heap'
import { isFollowed } from './kinds'

/** How many objects, and how much content, are looked at for changes before every frame. */
const MAX_OBJECTS = 32
const MAX_CELLS = 1_024

/**
 * Follows the data objects that both ends hold. An object that crosses, and all the data it holds, is brought up to
 * date at that moment. Between crossings the most recent ones are compared before each frame, so that a change that
 * one side makes to something it kept is seen by the other; older ones are brought up to date when they cross again.
 */
export class Replicas {
  /** Oldest first. */
  readonly #window = new Map<HeapObject, unknown[]>()
  /** Always looked at: the exports of the solution. */
  readonly #pinned = new Set<HeapObject>()
  #count = 0

  constructor(readonly heap: Heap) {}

  /** Notes that both ends hold this content. */
  agree(entry: HeapObject, cells: unknown[]): void {
    if (!isFollowed(entry.kind)) return
    if (entry.kind === 'N') this.#pinned.add(entry)
    this.#count += cells.length - (this.#window.get(entry)?.length ?? 0)
    this.#window.delete(entry)
    this.#window.set(entry, cells)
    if (entry.cells !== cells) {
      entry.cells = cells
      entry.nests = cells.some((cell) => typeof cell === 'object' && cell !== null)
    }
  }

  /** The content now, when it differs from what the other end holds, else null. Agrees on it. */
  changeOf(entry: HeapObject): unknown[] | null {
    if (!isFollowed(entry.kind)) return null
    // What the other end exports only it can change.
    if (entry.kind === 'N' && !this.heap.isOwn(entry)) return null
    if (entry.cells !== null && holdsCells(entry.kind, entry.local, entry.cells)) {
      this.agree(entry, entry.cells)
      return null
    }
    const now = readCells(entry.kind, entry.local)
    this.agree(entry, now)
    return now
  }

  /** The objects to look at before a frame leaves, least recent first. */
  recent(): HeapObject[] {
    while (this.#window.size > MAX_OBJECTS || this.#count > MAX_CELLS) {
      const [oldest] = this.#window.keys()
      if (!oldest) break
      this.#forget(oldest)
    }
    return [...new Set([...this.#pinned, ...this.#window.keys()])]
  }

  /** Stops following the object: the next crossing describes it in full. */
  drop(entry: HeapObject): void {
    this.#forget(entry)
    entry.cells = null
  }

  #forget(entry: HeapObject): void {
    this.#count -= this.#window.get(entry)?.length ?? 0
    this.#window.delete(entry)
    if (!this.#pinned.has(entry)) entry.cells = null
  }
}
