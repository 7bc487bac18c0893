/** One search routine over a function from step to slot; it tells where a key is, where it would go and how far it looked. */
export type Probe = 'linear' | 'quadratic' | 'random' | 'rehash'

export interface OpenOpts {
  probe?: Probe
  capacity?: number
  hash?: (key: string) => number
  hashes?: ReadonlyArray<(key: string) => number>
  seed?: number
  maxLoad?: number
}

interface Entry<V> {
  readonly key: string
  value: V
}

const TOMBSTONE = null
/** Undefined: never used. */
type Slot<V> = Entry<V> | typeof TOMBSTONE | undefined

/** A probe sequence for one capacity: how long it is, and the slot at each step for a key. */
interface Sequence {
  length: number
  start(key: string): (step: number) => number
}

interface Search<V> {
  entry: Entry<V> | null
  /** The entry's slot, or -1 if it is in the overflow area or nowhere. */
  slot: number
  /** Where a new key would go, or -1. */
  target: number
}

function isPrime(n: number): boolean {
  if (n < 2) return false
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false
  return true
}

function capacityFor(wanted: number): number {
  let capacity = Math.max(3, wanted)
  while (capacity % 4 !== 3) capacity++
  while (!isPrime(capacity)) capacity += 4
  return capacity
}

const floorMod = (n: number, m: number) => ((n % m) + m) % m

/** FNV-1a over the code units, with a last round that lets every bit reach the low ones. */
function defaultHash(key: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193)
  return mix(h)
}

function mix(n: number): number {
  let h = n | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The numbers from 1 to capacity - 1, shuffled. */
function shuffledSteps(seed: number, capacity: number): number[] {
  let state = mix(mix(mix(floorMod(seed, 2 ** 32)) ^ Math.floor(seed / 2 ** 32)) ^ capacity)
  const steps = Array.from({ length: capacity - 1 }, (_, i) => i + 1)
  for (let i = steps.length - 1; i > 0; i--) {
    state = (state + 0x9e3779b9) >>> 0
    const j = Math.floor((mix(state) / 2 ** 32) * (i + 1))
    const a = steps[i] ?? 0
    steps[i] = steps[j] ?? 0
    steps[j] = a
  }
  return steps
}

export class OpenAddressingMap<V> {
  private readonly probe: Probe
  private readonly hash: (key: string) => number
  private readonly hashes: ReadonlyArray<(key: string) => number>
  private readonly seed: number
  private readonly maxLoad: number
  private sequence: Sequence
  private slots: Slot<V>[]
  private overflow: Entry<V>[] = []
  private inSlots = 0
  private dead = 0

  constructor(opts: OpenOpts = {}) {
    const { probe = 'linear', capacity = 7, hash = defaultHash, hashes = [], seed = 1, maxLoad = 0.75 } = opts
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('the capacity must be a positive integer')
    if (!(maxLoad > 0 && maxLoad <= 1)) throw new RangeError('maxLoad must be in (0, 1]')
    if (probe === 'rehash' && hashes.length === 0) throw new RangeError('rehash needs hash functions')
    this.probe = probe
    this.hash = hash
    this.hashes = [...hashes]
    this.seed = seed
    this.maxLoad = maxLoad
    this.slots = new Array<Slot<V>>(capacityFor(capacity)).fill(undefined)
    this.sequence = this.sequenceFor(this.slots.length)
  }

  get size(): number {
    return this.inSlots + this.overflow.length
  }

  get capacity(): number {
    return this.slots.length
  }

  get tombstones(): number {
    return this.dead
  }

  get overflowSize(): number {
    return this.overflow.length
  }

  set(key: string, value: V): void {
    const { entry, target } = this.search(key)
    if (entry !== null) {
      entry.value = value
      return
    }
    const takesNew = target >= 0 ? this.slots[target] === undefined : this.probe !== 'rehash'
    if (takesNew && this.inSlots + this.dead + 1 > this.maxLoad * this.capacity) {
      this.rebuild()
      this.insert({ key, value })
    } else {
      this.insertAt({ key, value }, target)
    }
  }

  get(key: string): V | undefined {
    return this.search(key).entry?.value
  }

  has(key: string): boolean {
    return this.search(key).entry !== null
  }

  delete(key: string): boolean {
    const { entry, slot } = this.search(key)
    if (entry === null) return false
    if (slot < 0) {
      this.overflow.splice(this.overflow.indexOf(entry), 1)
    } else {
      this.slots[slot] = TOMBSTONE
      this.inSlots--
      this.dead++
    }
    return true
  }

  probesFor(key: string): number[] {
    const visited: number[] = []
    this.search(key, (slot) => visited.push(slot))
    return visited
  }

  private search(key: string, visit?: (slot: number) => void): Search<V> {
    const { length, start } = this.sequence
    const slotAt = start(key)
    let tombstone = -1
    for (let step = 0; step < length; step++) {
      const slot = slotAt(step)
      visit?.(slot)
      const found = this.slots[slot]
      if (found === undefined) return { entry: null, slot: -1, target: tombstone >= 0 ? tombstone : slot }
      if (found === TOMBSTONE) {
        if (tombstone < 0) tombstone = slot
      } else if (found.key === key) {
        return { entry: found, slot, target: slot }
      }
    }
    const entry = this.overflow.find((candidate) => candidate.key === key) ?? null
    return { entry, slot: -1, target: tombstone }
  }

  /** For a key that is not there, without a look at the load. */
  private insert(entry: Entry<V>): void {
    this.insertAt(entry, this.search(entry.key).target)
  }

  private insertAt(entry: Entry<V>, target: number): void {
    if (target < 0) {
      this.overflow.push(entry)
      return
    }
    if (this.slots[target] === TOMBSTONE) this.dead--
    this.slots[target] = entry
    this.inSlots++
  }

  private rebuild(): void {
    const wanted = this.size + 1
    let capacity = this.capacity
    if (wanted > (this.maxLoad * capacity) / 2) {
      do capacity = capacityFor(2 * capacity)
      while (wanted > this.maxLoad * capacity)
    }
    const entries = [...this.slots, ...this.overflow]
    if (capacity !== this.capacity) this.sequence = this.sequenceFor(capacity)
    this.slots = new Array<Slot<V>>(capacity).fill(undefined)
    this.overflow = []
    this.inSlots = 0
    this.dead = 0
    for (const entry of entries) if (entry) this.insert(entry)
  }

  private sequenceFor(capacity: number): Sequence {
    const home = (key: string) => floorMod(this.hash(key), capacity)
    switch (this.probe) {
      case 'linear':
        return {
          length: capacity,
          start: (key) => {
            const first = home(key)
            return (step) => (first + step) % capacity
          },
        }
      case 'quadratic':
        return {
          length: capacity,
          start: (key) => {
            const first = home(key)
            return (step) => {
              const square = Math.ceil(step / 2) ** 2
              return floorMod(first + (step % 2 === 1 ? square : -square), capacity)
            }
          },
        }
      case 'random': {
        const steps = [0, ...shuffledSteps(this.seed, capacity)]
        return {
          length: capacity,
          start: (key) => {
            const first = home(key)
            return (step) => (first + (steps[step] ?? 0)) % capacity
          },
        }
      }
      case 'rehash':
        return {
          length: this.hashes.length,
          start: (key) => (step) => floorMod(this.hashes[step]?.(key) ?? 0, capacity),
        }
    }
  }
}
