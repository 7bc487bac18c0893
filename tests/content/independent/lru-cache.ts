/** A Map to numbered slots; the order of use is a circle of slot numbers through slot 0, in two arrays of numbers. */

/** Slot 0 stands for no entry: after it comes the most recent one, before it the least recent. */
const ENDS = 0

interface Entry<K, V> {
  key: K
  value: V
}

function checkCapacity(capacity: number): void {
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('the capacity must be an integer of at least 1')
}

export class LRUCache<K, V> {
  private readonly slotOf = new Map<K, number>()
  private readonly entries: Array<Entry<K, V> | undefined> = [undefined]
  private readonly older: number[] = [ENDS]
  private readonly newer: number[] = [ENDS]
  private readonly free: number[] = []
  private readonly onEvict: ((key: K, value: V) => void) | undefined
  private capacity: number

  constructor(capacity: number, onEvict?: (key: K, value: V) => void) {
    checkCapacity(capacity)
    this.capacity = capacity
    this.onEvict = onEvict
  }

  get size(): number {
    return this.slotOf.size
  }

  get(key: K): V | undefined {
    const slot = this.slotOf.get(key)
    if (slot === undefined) return undefined
    this.unlink(slot)
    this.linkAsNewest(slot)
    return this.entries[slot]?.value
  }

  peek(key: K): V | undefined {
    const slot = this.slotOf.get(key)
    return slot === undefined ? undefined : this.entries[slot]?.value
  }

  has(key: K): boolean {
    return this.slotOf.has(key)
  }

  set(key: K, value: V): void {
    const known = this.slotOf.get(key)
    if (known !== undefined) {
      const entry = this.entries[known]
      if (entry !== undefined) entry.value = value
      this.unlink(known)
      this.linkAsNewest(known)
      return
    }
    const slot = this.free.pop() ?? this.entries.length
    this.entries[slot] = { key, value }
    this.slotOf.set(key, slot)
    this.linkAsNewest(slot)
    this.shrink()
  }

  delete(key: K): boolean {
    const slot = this.slotOf.get(key)
    if (slot === undefined) return false
    this.take(slot)
    return true
  }

  resize(capacity: number): void {
    checkCapacity(capacity)
    this.capacity = capacity
    this.shrink()
  }

  keys(): K[] {
    const keys: K[] = []
    for (let slot = this.step(this.older, ENDS); slot !== ENDS; slot = this.step(this.older, slot)) {
      const entry = this.entries[slot]
      if (entry !== undefined) keys.push(entry.key)
    }
    return keys
  }

  private shrink(): void {
    while (this.slotOf.size > this.capacity) {
      const gone = this.take(this.step(this.newer, ENDS))
      if (gone !== undefined) this.onEvict?.(gone.key, gone.value)
    }
  }

  /** Empties a slot and gives what was in it. */
  private take(slot: number): Entry<K, V> | undefined {
    const entry = this.entries[slot]
    if (entry === undefined) return undefined
    this.slotOf.delete(entry.key)
    this.unlink(slot)
    this.entries[slot] = undefined
    this.free.push(slot)
    return entry
  }

  private step(links: number[], slot: number): number {
    return links[slot] ?? ENDS
  }

  private unlink(slot: number): void {
    const older = this.step(this.older, slot)
    const newer = this.step(this.newer, slot)
    this.older[newer] = older
    this.newer[older] = newer
  }

  private linkAsNewest(slot: number): void {
    const second = this.step(this.older, ENDS)
    this.older[slot] = second
    this.newer[slot] = ENDS
    this.newer[second] = slot
    this.older[ENDS] = slot
  }
}
