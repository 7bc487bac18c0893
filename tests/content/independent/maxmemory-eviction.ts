/** Each policy is a pool of candidates and a measure of worth; a partial shuffle of the pool draws the samples, and the least worthy goes. */

export type EvictPolicy =
  | 'noeviction'
  | 'allkeys-lru'
  | 'allkeys-lfu'
  | 'allkeys-random'
  | 'volatile-lru'
  | 'volatile-lfu'
  | 'volatile-random'
  | 'volatile-ttl'

export class OomError extends Error {
  constructor(message = 'out of memory') {
    super(message)
    this.name = 'OomError'
  }
}

interface Entry {
  readonly key: string
  value: string
  bytes: number
  /** Infinity for an entry that lives for ever. */
  expiry: number
  lastAccess: number
  /** The count as of the last access. */
  count: number
  /** Its place among the candidates, -1 outside. */
  slot: number
}

const NEW_COUNT = 5
const MAX_COUNT = 255
const MINUTE = 60_000

export class BoundedStore {
  private readonly maxBytes: number
  private readonly samples: number
  private readonly sizeOf: (key: string, value: string) => number
  private readonly now: () => number
  private readonly rng: () => number
  private readonly mayGo: (entry: Entry) => boolean
  /** The entry with the smallest worth goes first; `null` where chance alone decides. */
  private readonly worth: ((entry: Entry, now: number) => number) | null

  private readonly entries = new Map<string, Entry>()
  private readonly candidates: Entry[] = []
  private readonly gone: string[] = []
  private used = 0

  constructor(opts: {
    maxBytes: number
    policy: EvictPolicy
    samples?: number
    sizeOf: (key: string, value: string) => number
    now: () => number
    rng: () => number
  }) {
    this.maxBytes = positiveInteger(opts.maxBytes, 'maxBytes')
    this.samples = positiveInteger(opts.samples ?? 5, 'samples')
    this.sizeOf = opts.sizeOf
    this.now = opts.now
    this.rng = opts.rng
    this.mayGo = poolOf(opts.policy)
    this.worth = worthOf(opts.policy)
  }

  get usedBytes(): number {
    return this.used
  }

  /** The keys that were evicted so far, in this order. */
  get evicted(): readonly string[] {
    return [...this.gone]
  }

  /** Writes a value that lives for `px` milliseconds, for ever without `px`. */
  set(key: string, value: string, px?: number): void {
    if (px !== undefined && !(px > 0)) throw new RangeError('px must be greater than 0')
    const now = this.now()
    const old = this.find(key, now)
    const bytes = this.sizeOf(key, value)
    if (bytes > this.maxBytes) throw new OomError('the entry alone is too large')
    this.makeRoom(bytes - (old?.bytes ?? 0), old, now)

    const entry = old ?? { key, value, bytes: 0, expiry: 0, lastAccess: now, count: NEW_COUNT, slot: -1 }
    if (old === undefined) this.entries.set(key, entry)
    else this.touch(old, now)
    this.used += bytes - entry.bytes
    entry.value = value
    entry.bytes = bytes
    entry.expiry = px === undefined ? Number.POSITIVE_INFINITY : now + px
    if (this.mayGo(entry)) this.enlist(entry)
    else this.delist(entry)
  }

  get(key: string): string | undefined {
    const now = this.now()
    const entry = this.find(key, now)
    if (entry === undefined) return undefined
    this.touch(entry, now)
    return entry.value
  }

  /** Whether the key was there. */
  del(key: string): boolean {
    const entry = this.find(key, this.now())
    if (entry === undefined) return false
    this.remove(entry)
    return true
  }

  /** The count of accesses, as LFU sees it; 0 for a key that is not there. */
  frequency(key: string): number {
    const now = this.now()
    const entry = this.find(key, now)
    return entry === undefined ? 0 : countAt(entry, now)
  }

  /** The entry if it is alive; a dead one is deleted. */
  private find(key: string, now: number): Entry | undefined {
    const entry = this.entries.get(key)
    if (entry === undefined || now < entry.expiry) return entry
    this.remove(entry)
    return undefined
  }

  private touch(entry: Entry, now: number): void {
    const count = countAt(entry, now)
    const steps = Math.max(0, count - NEW_COUNT)
    const grows = count < MAX_COUNT && this.rng() < 1 / (10 * steps + 1)
    entry.count = grows ? count + 1 : count
    entry.lastAccess = now
  }

  /** Evicts until `bytes` more fit; `spared` is the entry that is being written. */
  private makeRoom(bytes: number, spared: Entry | undefined, now: number): void {
    while (this.used + bytes > this.maxBytes) {
      const victim = this.choose(spared, now)
      if (victim === undefined) throw new OomError('no key may be evicted')
      this.remove(victim)
      this.gone.push(victim.key)
    }
  }

  private choose(spared: Entry | undefined, now: number): Entry | undefined {
    let eligible = this.candidates.length
    // The spared entry waits at the end, where no draw reaches it.
    if (spared !== undefined && spared.slot >= 0) this.swap(spared.slot, --eligible)
    const draws = Math.min(this.worth === null ? 1 : this.samples, eligible)
    let best: Entry | undefined
    let least = 0
    for (let i = 0; i < draws; i++) {
      this.swap(i, i + Math.floor(this.rng() * (eligible - i)))
      const entry = this.candidates[i]
      if (entry === undefined) break
      const worth = this.worth?.(entry, now) ?? 0
      if (best !== undefined && worth >= least) continue
      best = entry
      least = worth
    }
    return best
  }

  private remove(entry: Entry): void {
    this.delist(entry)
    this.entries.delete(entry.key)
    this.used -= entry.bytes
  }

  private enlist(entry: Entry): void {
    if (entry.slot >= 0) return
    entry.slot = this.candidates.length
    this.candidates.push(entry)
  }

  private delist(entry: Entry): void {
    if (entry.slot < 0) return
    this.swap(entry.slot, this.candidates.length - 1)
    this.candidates.pop()
    entry.slot = -1
  }

  private swap(i: number, j: number): void {
    const a = this.candidates[i]
    const b = this.candidates[j]
    if (a === undefined || b === undefined || a === b) return
    this.candidates[i] = b
    this.candidates[j] = a
    b.slot = i
    a.slot = j
  }
}

function poolOf(policy: EvictPolicy): (entry: Entry) => boolean {
  if (policy === 'noeviction') return () => false
  return policy.startsWith('allkeys-') ? () => true : (entry) => entry.expiry !== Number.POSITIVE_INFINITY
}

function worthOf(policy: EvictPolicy): ((entry: Entry, now: number) => number) | null {
  switch (policy) {
    case 'allkeys-lru':
    case 'volatile-lru':
      return (entry) => entry.lastAccess
    case 'allkeys-lfu':
    case 'volatile-lfu':
      return countAt
    case 'volatile-ttl':
      return (entry) => entry.expiry
    default:
      return null
  }
}

/** The count with what it has fallen since the last access. */
function countAt(entry: Entry, now: number): number {
  return Math.max(0, entry.count - Math.floor((now - entry.lastAccess) / MINUTE))
}

function positiveInteger(value: number, name: string): number {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer`)
  return value
}
