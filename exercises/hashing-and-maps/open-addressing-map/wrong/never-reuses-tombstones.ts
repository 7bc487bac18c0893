// Inserts behind all tombstones.
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

const TOMBSTONE = Symbol('tombstone')

type Slot<V> = Entry<V> | typeof TOMBSTONE | undefined

interface Found<V> {
  readonly entry: Entry<V> | null
  readonly at: number
  readonly free: number
  readonly visited: number[]
}

export class OpenAddressingMap<V> {
  readonly #probe: Probe
  readonly #hashes: ReadonlyArray<(key: string) => number>
  readonly #seed: number
  readonly #maxLoad: number
  #slots: Array<Slot<V>>
  #offsets: readonly number[] = []
  #overflow: Array<Entry<V>> = []
  #entriesInSlots = 0
  #tombstones = 0

  constructor({ probe = 'linear', capacity = 7, hash = fnv1a, hashes = [], seed = 1, maxLoad = 0.75 }: OpenOpts = {}) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a positive integer')
    if (!(maxLoad > 0 && maxLoad <= 1)) throw new RangeError('maxLoad must be above 0 and at most 1')
    if (probe === 'rehash' && hashes.length === 0) throw new RangeError('rehash needs hashes')
    this.#probe = probe
    this.#hashes = probe === 'rehash' ? hashes : [hash]
    this.#seed = seed
    this.#maxLoad = maxLoad
    this.#slots = this.#empty(suitableCapacity(capacity))
  }

  get size(): number {
    return this.#entriesInSlots + this.#overflow.length
  }

  get capacity(): number {
    return this.#slots.length
  }

  get tombstones(): number {
    return this.#tombstones
  }

  get overflowSize(): number {
    return this.#overflow.length
  }

  set(key: string, value: V): void {
    const { entry, free } = this.#find(key)
    if (entry !== null) {
      entry.value = value
      return
    }
    const takesNothing = free === -1 && this.#probe === 'rehash'
    if (!takesNothing && this.#slots[free] !== TOMBSTONE && this.#isFull()) {
      this.#rebuild()
      this.#insert({ key, value }, this.#find(key).free)
    } else this.#insert({ key, value }, free)
  }

  get(key: string): V | undefined {
    return this.#find(key).entry?.value
  }

  has(key: string): boolean {
    return this.#find(key).entry !== null
  }

  delete(key: string): boolean {
    const { entry, at } = this.#find(key)
    if (entry === null) return false
    if (at === -1) this.#overflow.splice(this.#overflow.indexOf(entry), 1)
    else {
      this.#slots[at] = TOMBSTONE
      this.#tombstones++
      this.#entriesInSlots--
    }
    return true
  }

  probesFor(key: string): number[] {
    return this.#find(key).visited
  }

  #find(key: string): Found<V> {
    const visited: number[] = []
    let free = -1
    for (const at of this.#sequence(key)) {
      visited.push(at)
      const slot = this.#slots[at]
      if (slot === undefined) return { entry: null, at: -1, free: at, visited }
      if (slot === TOMBSTONE) {
        if (free === -1) free = at
      } else if (slot.key === key) return { entry: slot, at, free, visited }
    }
    const entry = this.#overflow.find((each) => each.key === key) ?? null
    return { entry, at: -1, free, visited }
  }

  #insert(entry: Entry<V>, free: number): void {
    if (free === -1) {
      this.#overflow.push(entry)
      return
    }
    if (this.#slots[free] === TOMBSTONE) this.#tombstones--
    this.#slots[free] = entry
    this.#entriesInSlots++
  }

  #isFull(): boolean {
    return this.#entriesInSlots + this.#tombstones + 1 > this.#maxLoad * this.capacity
  }

  #rebuild(): void {
    const wanted = this.size + 1
    let capacity = this.capacity
    if (wanted > (this.#maxLoad * capacity) / 2) {
      do capacity = suitableCapacity(2 * capacity)
      while (wanted > this.#maxLoad * capacity)
    }
    const entries = this.#slots.filter((slot) => slot !== undefined && slot !== TOMBSTONE).concat(this.#overflow)
    this.#slots = this.#empty(capacity)
    this.#overflow = []
    this.#entriesInSlots = 0
    this.#tombstones = 0
    for (const entry of entries as Array<Entry<V>>) this.#insert(entry, this.#find(entry.key).free)
  }

  #empty(capacity: number): Array<Slot<V>> {
    if (this.#probe === 'random') this.#offsets = shuffledOffsets(capacity, this.#seed)
    return new Array<Slot<V>>(capacity).fill(undefined)
  }

  *#sequence(key: string): Iterable<number> {
    const capacity = this.capacity
    if (this.#probe === 'rehash') {
      for (const hash of this.#hashes) yield modulo(hash(key), capacity)
      return
    }
    const home = modulo(this.#hashes[0]!(key), capacity)
    yield home
    if (this.#probe === 'quadratic') {
      for (let i = 1; i <= (capacity - 1) / 2; i++) {
        yield modulo(home + i * i, capacity)
        yield modulo(home - i * i, capacity)
      }
    } else {
      for (let i = 1; i < capacity; i++) yield modulo(home + (this.#offsets[i - 1] ?? i), capacity)
    }
  }
}

function modulo(n: number, divisor: number): number {
  return ((n % divisor) + divisor) % divisor
}

function suitableCapacity(n: number): number {
  let capacity = n
  while (capacity % 4 !== 3 || !isPrime(capacity)) capacity++
  return capacity
}

function isPrime(n: number): boolean {
  for (let divisor = 3; divisor * divisor <= n; divisor += 2) if (n % divisor === 0) return false
  return true
}

function shuffledOffsets(capacity: number, seed: number): number[] {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const offsets = Array.from({ length: capacity - 1 }, (_, i) => i + 1)
  for (let i = offsets.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    ;[offsets[i], offsets[j]] = [offsets[j]!, offsets[i]!]
  }
  return offsets
}

function fnv1a(key: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return hash
}
