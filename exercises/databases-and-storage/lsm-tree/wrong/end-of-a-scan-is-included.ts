// Includes the upper end of a scan.
export interface LsmDisk {
  appendWal(rec: string): void
  clearWal(): void
  readWal(): string[]
  putTable(id: number, level: number, data: string): void
  dropTable(id: number): void
  tables(): Array<{ id: number; level: number; data: string }>
}

export interface LsmOptions {
  memtableMax: number
  level0Max: number
  fanout: number
}

type Entry = readonly [key: string, value: string | null]

const BITS_PER_KEY = 10
const PROBES = 7

class Filter {
  readonly #bits: Uint8Array

  constructor(entries: readonly Entry[]) {
    this.#bits = new Uint8Array(Math.ceil((entries.length * BITS_PER_KEY) / 8))
    for (const [key] of entries) {
      for (const bit of this.#places(key)) this.#bits[bit >> 3] = (this.#bits[bit >> 3] ?? 0) | (1 << (bit & 7))
    }
  }

  mayHold(key: string): boolean {
    return this.#places(key).every((bit) => ((this.#bits[bit >> 3] ?? 0) >> (bit & 7)) & 1)
  }

  #places(key: string): number[] {
    let a = 0x811c9dc5
    for (let i = 0; i < key.length; i++) a = Math.imul(a ^ key.charCodeAt(i), 0x01000193)
    a ^= a >>> 15
    const b = Math.imul(a, 0x9e3779b1) | 1
    return Array.from({ length: PROBES }, (_, i) => ((a + Math.imul(b, i)) >>> 0) % (this.#bits.length * 8))
  }
}

class Table {
  readonly filter: Filter

  constructor(
    readonly id: number,
    readonly level: number,
    readonly entries: readonly Entry[],
  ) {
    this.filter = new Filter(entries)
  }

  get first(): string {
    return this.entries[0]?.[0] ?? ''
  }

  get last(): string {
    return this.entries.at(-1)?.[0] ?? ''
  }

  overlaps(first: string, last: string): boolean {
    return this.first <= last && first <= this.last
  }

  indexOf(key: string): number {
    let lo = 0
    let hi = this.entries.length
    while (lo < hi) {
      const middle = (lo + hi) >> 1
      if ((this.entries[middle]?.[0] ?? '') < key) lo = middle + 1
      else hi = middle
    }
    return lo
  }
}

export class LsmTree {
  readonly #disk: LsmDisk
  readonly #opts: LsmOptions
  readonly #memtable = new Map<string, string | null>()
  #tables: Table[] = []
  #nextId = 1
  #tableReads = 0
  #filterSkips = 0

  constructor(disk: LsmDisk, opts: LsmOptions) {
    this.#disk = disk
    this.#opts = opts
    for (const { id, level, data } of disk.tables()) {
      this.#tables.push(new Table(id, level, JSON.parse(data) as Entry[]))
      this.#nextId = Math.max(this.#nextId, id + 1)
    }
    this.#sortTables()
    for (const record of disk.readWal()) {
      const [key, value] = JSON.parse(record) as Entry
      this.#memtable.set(key, value)
    }
    if (this.#memtable.size >= opts.memtableMax) this.flush()
  }

  put(key: string, value: string): void {
    this.#write(key, value)
  }

  delete(key: string): void {
    this.#write(key, null)
  }

  get(key: string): string | undefined {
    const fresh = this.#memtable.get(key)
    if (fresh !== undefined) return fresh ?? undefined
    for (const table of this.#tables) {
      if (!table.overlaps(key, key)) continue
      if (!table.filter.mayHold(key)) {
        this.#filterSkips++
        continue
      }
      this.#tableReads++
      const entry = table.entries[table.indexOf(key)]
      if (entry?.[0] === key) return entry[1] ?? undefined
    }
    return undefined
  }

  scan(lo: string, hi: string): Array<[string, string]> {
    const sources = this.#tables.map((table) => table.entries.slice(table.indexOf(lo), table.indexOf(hi) + (table.entries[table.indexOf(hi)]?.[0] === hi ? 1 : 0)))
    const fresh = [...this.#memtable].filter(([key]) => key >= lo && key <= hi)
    return merged([fresh, ...sources]).flatMap(([key, value]) => (value === null ? [] : [[key, value]]))
  }

  flush(): void {
    if (this.#memtable.size === 0) return
    this.#putTable(0, [...this.#memtable].sort(byKey))
    // The log goes last: a crash before leaves both, and replaying it changes nothing.
    this.#disk.clearWal()
    this.#memtable.clear()
    this.#shrinkLevels()
  }

  compact(): void {
    this.flush()
    const entries = merged(this.#tables.map((table) => table.entries))
    const count = Math.ceil(entries.filter(([, value]) => value !== null).length / this.#opts.memtableMax)
    let level = Math.max(1, this.#tables.at(-1)?.level ?? 1)
    while (count > this.#capacity(level)) level++
    this.#merge([...this.#tables], level)
  }

  stats(): { levels: number[]; tableReads: number; filterSkips: number } {
    const levels: number[] = []
    for (let level = 0; level <= (this.#tables.at(-1)?.level ?? -1); level++) levels.push(this.#atLevel(level).length)
    return { levels, tableReads: this.#tableReads, filterSkips: this.#filterSkips }
  }

  #write(key: string, value: string | null): void {
    this.#disk.appendWal(JSON.stringify([key, value]))
    this.#memtable.set(key, value)
    if (this.#memtable.size >= this.#opts.memtableMax) this.flush()
  }

  #atLevel(level: number): Table[] {
    return this.#tables.filter((table) => table.level === level)
  }

  #capacity(level: number): number {
    return this.#opts.level0Max * this.#opts.fanout ** level
  }

  #shrinkLevels(): void {
    for (let level = 0; level <= (this.#tables.at(-1)?.level ?? -1); level++) {
      for (let own = this.#atLevel(level); own.length > this.#capacity(level); own = this.#atLevel(level)) {
        // Tables of level 0 overlap: what is older must not stay above what is newer. Below, the oldest goes.
        const sinking = level === 0 ? own : own.slice(-1)
        const met = this.#atLevel(level + 1).filter(
          ({ first, last }) => sinking.some((one) => one.first <= last) && sinking.some((one) => first <= one.last),
        )
        this.#merge([...sinking, ...met], level + 1)
      }
    }
  }

  #merge(inputs: readonly Table[], level: number): void {
    const isLast = !this.#tables.some((table) => table.level > level)
    let entries = merged(inputs.map((table) => table.entries))
    if (isLast) entries = entries.filter(([, value]) => value !== null)
    const { memtableMax } = this.#opts
    for (let i = 0; i < entries.length; i += memtableMax) this.#putTable(level, entries.slice(i, i + memtableMax))
    // The oldest go first: while a deletion may be gone from the new tables, what it hides goes before it.
    for (const { id } of [...inputs].reverse()) {
      this.#disk.dropTable(id)
      this.#tables = this.#tables.filter((table) => table.id !== id)
    }
  }

  #putTable(level: number, entries: readonly Entry[]): void {
    const table = new Table(this.#nextId++, level, entries)
    this.#disk.putTable(table.id, level, JSON.stringify(entries))
    this.#tables.push(table)
    this.#sortTables()
  }

  #sortTables(): void {
    this.#tables.sort((a, b) => a.level - b.level || b.id - a.id)
  }
}

function merged(sources: ReadonlyArray<readonly Entry[]>): Entry[] {
  const newest = new Map<string, Entry>()
  for (const source of [...sources].reverse()) for (const entry of source) newest.set(entry[0], entry)
  return [...newest.values()].sort(byKey)
}

function byKey([a]: Entry, [b]: Entry): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
