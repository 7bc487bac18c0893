/** Entries with an expiry also stand in a dense array, so that a partial shuffle draws samples and a swap removes a key. */

export interface StoreOptions {
  now: () => number
  rng: () => number
  role?: 'master' | 'replica'
  samples?: number
  staleRatio?: number
  propagate?: (cmd: readonly string[]) => void
}

interface Entry {
  readonly key: string
  value: string
  /** The moment from which the key is gone; looked at only while the entry has a slot. */
  expiry: number
  /** Its place among the mortal entries, -1 for one that lives for ever. */
  slot: number
}

/** Entries that will expire, in no order; draws and removals take constant time for each entry. */
class Mortals {
  private readonly slots: Entry[] = []

  get size(): number {
    return this.slots.length
  }

  add(entry: Entry, expiry: number): void {
    entry.expiry = expiry
    if (entry.slot >= 0) return
    entry.slot = this.slots.length
    this.slots.push(entry)
  }

  remove(entry: Entry): void {
    if (entry.slot < 0) return
    this.swap(entry.slot, this.slots.length - 1)
    this.slots.pop()
    entry.slot = -1
  }

  /** Different entries, chosen by shuffling just the front of the array. */
  draw(wanted: number, rng: () => number): Entry[] {
    const count = Math.min(wanted, this.slots.length)
    for (let i = 0; i < count; i++) this.swap(i, i + Math.floor(rng() * (this.slots.length - i)))
    return this.slots.slice(0, count)
  }

  private swap(i: number, j: number): void {
    const a = this.slots[i]
    const b = this.slots[j]
    if (a === undefined || b === undefined || a === b) return
    this.slots[i] = b
    this.slots[j] = a
    b.slot = i
    a.slot = j
  }
}

export class ExpiringStore {
  private readonly entries = new Map<string, Entry>()
  private readonly mortals = new Mortals()
  private readonly now: () => number
  private readonly rng: () => number
  private readonly isReplica: boolean
  private readonly samples: number
  private readonly staleRatio: number
  private readonly propagate: (cmd: readonly string[]) => void

  constructor(opts: StoreOptions) {
    this.now = opts.now
    this.rng = opts.rng
    this.isReplica = opts.role === 'replica'
    this.samples = opts.samples ?? 20
    this.staleRatio = opts.staleRatio ?? 0.1
    this.propagate = opts.propagate ?? (() => {})
  }

  /** Keys in memory, including those that have expired and were not deleted yet. */
  get physicalSize(): number {
    return this.entries.size
  }

  set(key: string, value: string, opts: { px?: number; keepTtl?: boolean } = {}): void {
    const { px, keepTtl = false } = opts
    if (px !== undefined && !(px > 0)) throw new RangeError('px must be greater than 0')
    const now = this.now()
    const alive = this.meet(key, now)
    const entry = alive ?? this.entries.get(key) ?? { key, value, expiry: 0, slot: -1 }
    entry.value = value
    this.entries.set(key, entry)
    if (px !== undefined) this.mortals.add(entry, now + px)
    else if (!keepTtl || alive === undefined) this.mortals.remove(entry)
  }

  get(key: string): string | undefined {
    return this.meet(key, this.now())?.value
  }

  /** Whether the key is there. */
  expire(key: string, ms: number): boolean {
    const now = this.now()
    const entry = this.meet(key, now)
    if (entry === undefined) return false
    if (ms > 0 || this.isReplica) this.mortals.add(entry, now + ms)
    else this.bury(entry)
    return true
  }

  /** Whether an expiry was removed. */
  persist(key: string): boolean {
    const entry = this.meet(key, this.now())
    if (entry === undefined || entry.slot < 0) return false
    this.mortals.remove(entry)
    return true
  }

  /** Milliseconds left, -1 without expiry, -2 without key. */
  pttl(key: string): number {
    const now = this.now()
    const entry = this.meet(key, now)
    if (entry === undefined) return -2
    return entry.slot < 0 ? -1 : entry.expiry - now
  }

  activeCycle(maxLoops: number): { loops: number; expired: number } {
    const result = { loops: 0, expired: 0 }
    if (this.isReplica) return result
    while (result.loops < maxLoops && this.mortals.size > 0) {
      const now = this.now()
      const drawn = this.mortals.draw(this.samples, this.rng)
      const dead = drawn.filter((entry) => isDead(entry, now))
      for (const entry of dead) this.bury(entry)
      result.loops++
      result.expired += dead.length
      // The quotient is exact where the product with the ratio may be off by a rounding.
      if (!(dead.length / drawn.length > this.staleRatio)) break
    }
    return result
  }

  /** Carries out a command that the master has sent. */
  replicate(cmd: readonly string[]): void {
    const [name, key] = cmd
    if (name !== 'DEL' || key === undefined) return
    const entry = this.entries.get(key)
    if (entry !== undefined) this.forget(entry)
  }

  /** The entry if it is alive; a master deletes a dead one on the way. */
  private meet(key: string, now: number): Entry | undefined {
    const entry = this.entries.get(key)
    if (entry === undefined || !isDead(entry, now)) return entry
    if (!this.isReplica) this.bury(entry)
    return undefined
  }

  /** A deletion by this store itself, which the replicas learn. */
  private bury(entry: Entry): void {
    this.forget(entry)
    this.propagate(['DEL', entry.key])
  }

  private forget(entry: Entry): void {
    this.mortals.remove(entry)
    this.entries.delete(entry.key)
  }
}

function isDead(entry: Entry, now: number): boolean {
  return entry.slot >= 0 && now >= entry.expiry
}
