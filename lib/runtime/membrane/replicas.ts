import { readCells, sameCells, seemsToHold, sizeOf } from './cells'
import type { Heap, HeapObject } from './heap'

/** How many objects, and how much content, are looked at for changes before every frame. */
const MAX_OBJECTS = 32
const MAX_CELLS = 1_024
/** How much of that is kept for what the solution exports, which a test may read at any time without a crossing. */
const MAX_EXPORTED_OBJECTS = 16
const MAX_EXPORTED_CELLS = 512
/** How much is kept of what large objects held when they last crossed; a text counts by its eighths. */
const MAX_LARGE_CELLS = 262_144

/**
 * Follows the data objects that both ends hold. An object that crosses, and all the data it holds, is brought up to
 * date at that moment. Between crossings the most recent ones are compared before each frame, so that a change that
 * one side makes to something it kept is seen by the other; older ones are brought up to date when they cross again.
 */
export class Replicas {
  /** The least recent first. */
  readonly #window = new Set<HeapObject>()
  #count = 0
  /** Objects with more content than the window takes, the least recent first, each with how much it is. */
  readonly #large = new Map<HeapObject, number>()
  #largeCount = 0
  /** What the solution exports is always looked at. */
  #exports: HeapObject | null = null

  constructor(readonly heap: Heap) {}

  /** Notes that both ends hold this content. */
  agree(entry: HeapObject, cells: unknown[]): void {
    if (!entry.followed) return
    this.#leave(entry)
    entry.cells = cells
    if (entry.kind === 'N') this.#exports = entry
    else this.#enter(entry)
    entry.nests = cells.some((cell) => typeof cell === 'object' && cell !== null)
    this.#boundLarge(entry, weightOf(cells))
  }

  /**
   * Notes that this end is about to use these values: changes of data among them, and of what it holds, are looked for
   * from now on.
   */
  touch(values: readonly unknown[]): void {
    const found = new Set<HeapObject>()
    const note = (value: unknown): void => {
      const entry = typeof value === 'object' && value !== null ? this.heap.followedOf(value) : undefined
      if (entry && entry.kind !== 'N' && found.size < MAX_OBJECTS) found.add(entry)
    }
    values.forEach(note)
    for (const entry of found) {
      this.#leave(entry)
      this.#enter(entry)
      contentOf(entry).forEach(note)
    }
  }

  /** For an object that crosses: its content now, when it differs from what the other end holds, else null. */
  changeOf(entry: HeapObject): unknown[] | null {
    if (!entry.followed || this.#isTheirs(entry)) return null
    const now = readCells(entry.kind, entry.local)
    const changed = entry.cells === null || !sameCells(entry.cells, now)
    this.agree(entry, now)
    return changed ? now : null
  }

  /** The recent objects whose content has changed. To be called before a frame leaves. */
  changed(): HeapObject[] {
    this.#shrink()
    const changed: HeapObject[] = []
    if (this.#exports && !this.#isTheirs(this.#exports) && !isCurrent(this.#exports)) changed.push(this.#exports)
    for (const entry of this.#window) if (!isCurrent(entry)) changed.push(entry)
    return changed
  }

  /** Forgets what both ends hold: the next crossing describes the object in full. */
  drop(entry: HeapObject): void {
    this.#leave(entry)
    entry.cells = null
  }

  #shrink(): void {
    if (!this.#isTooLarge()) return
    const exported = this.#exported()
    for (const oldest of this.#window) {
      if (!this.#isTooLarge()) return
      if (!exported.has(oldest)) this.#leave(oldest)
    }
  }

  #isTooLarge(): boolean {
    return this.#window.size > MAX_OBJECTS || this.#count > MAX_CELLS
  }

  /** The followed data that the exports hold, as far as there is room for it. */
  #exported(): Set<HeapObject> {
    const found = new Set<HeapObject>()
    const waiting = this.#exports ? [this.#exports] : []
    let room = MAX_EXPORTED_CELLS
    for (const entry of waiting) {
      for (const cell of (entry.nests && entry.cells) || []) {
        const held = typeof cell === 'object' && cell !== null ? this.heap.entryOf(cell) : undefined
        if (!held?.cells || !this.#window.has(held) || found.has(held) || weightOf(held.cells) > room) continue
        if (found.size === MAX_EXPORTED_OBJECTS) return found
        found.add(held)
        waiting.push(held)
        room -= weightOf(held.cells)
      }
    }
    return found
  }

  /** What would push everything else out stays outside: it is looked at when it crosses. */
  #enter(entry: HeapObject): void {
    const size = weightOf(entry.cells)
    if (size > MAX_CELLS) return
    this.#window.add(entry)
    this.#count += size
  }

  /** What the large objects held would be a second copy of them all. */
  #boundLarge(entry: HeapObject, weight: number): void {
    this.#largeCount -= this.#large.get(entry) ?? 0
    this.#large.delete(entry)
    if (weight <= MAX_CELLS) return
    this.#large.set(entry, weight)
    this.#largeCount += weight
    for (const [oldest, itsWeight] of this.#large) {
      if (this.#largeCount <= MAX_LARGE_CELLS || oldest === entry) return
      this.#large.delete(oldest)
      this.#largeCount -= itsWeight
      this.drop(oldest)
    }
  }

  #leave(entry: HeapObject): void {
    if (this.#window.delete(entry)) this.#count -= weightOf(entry.cells)
  }

  /** What the other end exports only it can change. */
  #isTheirs(entry: HeapObject): boolean {
    return entry.kind === 'N' && !this.heap.isOwn(entry)
  }
}

/** What a data object holds, as far as that is other data. */
function contentOf({ kind, local, cells, nests }: HeapObject): readonly unknown[] {
  if (cells) return nests ? cells : []
  return 'admnt'.includes(kind) && sizeOf(kind, local) <= MAX_CELLS ? readCells(kind, local) : []
}

function weightOf(cells: readonly unknown[] | null): number {
  if (!cells) return 0
  const [only] = cells
  return cells.length === 1 && typeof only === 'string' ? only.length >> 3 : cells.length
}

function isCurrent({ kind, local, cells }: HeapObject): boolean {
  return cells !== null && seemsToHold(kind, local, cells)
}
