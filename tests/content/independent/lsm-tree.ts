/** Every merged table names the tables it was made of, so a new tree can tell from what is left whether an interrupted merge is to be undone or finished. */

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

/** A key with its value, or with `null` if it was deleted. */
type Entry = [key: string, value: string | null]

/** The text of a table. */
interface TableText {
  /** The ids of the tables that were merged into this one and its siblings; none if it was flushed. */
  madeOf: number[]
  /** In ascending order of keys, at least one. */
  entries: Entry[]
}

/** A Bloom filter with 16 bits and 6 probes for each key: far fewer than 1 % wrong yeses. */
class Filter {
  private static readonly PROBES = 6
  private readonly words: Uint32Array
  private readonly bits: number

  constructor(keys: readonly string[]) {
    this.bits = Math.max(128, keys.length * 16)
    this.words = new Uint32Array(Math.ceil(this.bits / 32))
    for (const key of keys) {
      for (const bit of this.probes(key)) this.words[bit >>> 5] = this.word(bit) | (1 << (bit & 31))
    }
  }

  mayHold(key: string): boolean {
    return this.probes(key).every((bit) => (this.word(bit) & (1 << (bit & 31))) !== 0)
  }

  private word(bit: number): number {
    return this.words[bit >>> 5] ?? 0
  }

  private probes(key: string): number[] {
    let hash = 0x811c9dc5
    for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
    const first = scramble(hash)
    const second = scramble(hash ^ 0x9e3779b9) | 1
    return Array.from({ length: Filter.PROBES }, (_, i) => ((first + Math.imul(i, second)) >>> 0) % this.bits)
  }
}

function scramble(hash: number): number {
  let h = hash
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

class Table {
  readonly min: string
  readonly max: string
  private readonly filter: Filter

  constructor(
    readonly id: number,
    readonly level: number,
    readonly entries: readonly Entry[],
  ) {
    this.min = entries[0]?.[0] ?? ''
    this.max = entries[entries.length - 1]?.[0] ?? ''
    this.filter = new Filter(entries.map(([key]) => key))
  }

  covers(key: string): boolean {
    return this.min <= key && key <= this.max
  }

  mayHold(key: string): boolean {
    return this.filter.mayHold(key)
  }

  /** The entry of a key, if the table has one. */
  find(key: string): Entry | undefined {
    const entry = this.entries[this.firstFrom(key)]
    return entry !== undefined && entry[0] === key ? entry : undefined
  }

  between(lo: string, hi: string): readonly Entry[] {
    return this.entries.slice(this.firstFrom(lo), this.firstFrom(hi))
  }

  /** The index of the first entry whose key is not smaller. */
  private firstFrom(key: string): number {
    let low = 0
    let high = this.entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const probe = this.entries[middle]
      if (probe !== undefined && probe[0] < key) low = middle + 1
      else high = middle
    }
    return low
  }
}

export class LsmTree {
  private readonly memtable = new Map<string, string | null>()
  /** All tables, those with the oldest data first: deep levels before shallow ones, and in a level by id. */
  private tables: Table[] = []
  private nextId = 1
  private tableReads = 0
  private filterSkips = 0

  constructor(
    private readonly disk: LsmDisk,
    private readonly opts: LsmOptions,
  ) {
    this.recoverTables()
    for (const rec of disk.readWal()) {
      const [key, value] = JSON.parse(rec) as Entry
      this.memtable.set(key, value)
    }
    if (this.memtable.size >= opts.memtableMax) this.flush()
    else this.settle()
  }

  put(key: string, value: string): void {
    this.write([key, value])
  }

  delete(key: string): void {
    this.write([key, null])
  }

  get(key: string): string | undefined {
    const recent = this.memtable.get(key)
    if (recent !== undefined) return recent ?? undefined
    for (const table of this.tables.toReversed()) {
      if (!table.covers(key)) continue
      if (!table.mayHold(key)) {
        this.filterSkips++
        continue
      }
      this.tableReads++
      const entry = table.find(key)
      if (entry !== undefined) return entry[1] ?? undefined
    }
    return undefined
  }

  /** Entries with keys from lo on and below hi. */
  scan(lo: string, hi: string): Array<[string, string]> {
    const newest = new Map<string, string | null>()
    for (const table of this.tables) {
      for (const [key, value] of table.between(lo, hi)) newest.set(key, value)
    }
    for (const [key, value] of this.memtable) {
      if (lo <= key && key < hi) newest.set(key, value)
    }
    const rows: Array<[string, string]> = []
    for (const [key, value] of sorted(newest)) {
      if (value !== null) rows.push([key, value])
    }
    return rows
  }

  flush(): void {
    if (this.memtable.size === 0) return
    this.tables.push(this.save(0, { madeOf: [], entries: sorted(this.memtable) }))
    this.disk.clearWal()
    this.memtable.clear()
    this.settle()
  }

  compact(): void {
    this.flush()
    if (this.tables.length === 0) return
    const deepest = Math.max(1, this.deepest())
    const entries = this.combine(this.tables, deepest)
    const count = Math.ceil(entries.length / this.opts.memtableMax)
    let target = deepest
    while (count > this.capacity(target) && this.opts.fanout > 1) target++
    this.replace(this.tables, target, entries)
  }

  stats(): { levels: number[]; tableReads: number; filterSkips: number } {
    const levels = Array.from({ length: this.deepest() + 1 }, (_, level) => this.at(level).length)
    return { levels, tableReads: this.tableReads, filterSkips: this.filterSkips }
  }

  private write(entry: Entry): void {
    this.disk.appendWal(JSON.stringify(entry))
    this.memtable.set(...entry)
    if (this.memtable.size >= this.opts.memtableMax) this.flush()
  }

  /** Moves tables down until no level is too large. */
  private settle(): void {
    for (let level = 0; level <= this.deepest(); level++) {
      while (this.at(level).length > this.capacity(level)) this.moveDown(level)
    }
  }

  private moveDown(level: number): void {
    const here = this.at(level)
    const moving = level === 0 ? here : here.slice(0, 1)
    // The merged tables may span everything in between, so that the range of the moving tables is taken as one.
    const min = moving.reduce((least, table) => (table.min < least ? table.min : least), moving[0]?.min ?? '')
    const max = moving.reduce((most, table) => (table.max > most ? table.max : most), '')
    const met = this.at(level + 1).filter((table) => table.min <= max && min <= table.max)
    const inputs = [...met, ...moving]
    this.replace(inputs, level + 1, this.combine(inputs, level + 1))
  }

  /** The newest entries of some tables (oldest data first), as they are to be written to a level. */
  private combine(inputs: readonly Table[], level: number): Entry[] {
    const newest = new Map<string, string | null>()
    for (const table of inputs) {
      for (const [key, value] of table.entries) newest.set(key, value)
    }
    const isBottom = this.deepest() <= level
    return sorted(newest).filter(([, value]) => value !== null || !isBottom)
  }

  /**
   * Writes new tables and then drops the old ones. As long as no old one is dropped, a new tree undoes the merge; from then
   * on it finishes it. A merge that leaves nothing writes no table to tell of it, and needs none: it drops the oldest data
   * first, so that the deletions outlive what they hide.
   */
  private replace(inputs: readonly Table[], level: number, entries: readonly Entry[]): void {
    const madeOf = inputs.map(({ id }) => id)
    const outputs: Table[] = []
    for (let from = 0; from < entries.length; from += this.opts.memtableMax) {
      outputs.push(this.save(level, { madeOf, entries: entries.slice(from, from + this.opts.memtableMax) }))
    }
    for (const id of madeOf) this.disk.dropTable(id)
    this.arrange([...this.tables.filter((table) => !inputs.includes(table)), ...outputs])
  }

  private save(level: number, text: TableText): Table {
    const table = new Table(this.nextId++, level, text.entries)
    this.disk.putTable(table.id, level, JSON.stringify(text))
    return table
  }

  /** Takes over the tables on the disk, after undoing or finishing a merge that was interrupted. */
  private recoverTables(): void {
    const texts = new Map<number, TableText>()
    const found: Table[] = []
    for (const { id, level, data } of this.disk.tables()) {
      const text = JSON.parse(data) as TableText
      texts.set(id, text)
      found.push(new Table(id, level, text.entries))
      // A table has a higher id than those it was made of: no id that some table still names is given out again.
      this.nextId = Math.max(this.nextId, id + 1)
    }
    const useless = new Set<number>()
    for (const [id, { madeOf }] of texts) {
      const left = madeOf.filter((source) => texts.has(source))
      if (left.length === 0) continue
      if (left.length === madeOf.length) useless.add(id)
      else for (const source of left) useless.add(source)
    }
    for (const id of useless) this.disk.dropTable(id)
    this.arrange(found.filter(({ id }) => !useless.has(id)))
  }

  private arrange(tables: Table[]): void {
    this.tables = tables.sort((a, b) => b.level - a.level || a.id - b.id)
  }

  private at(level: number): Table[] {
    return this.tables.filter((table) => table.level === level)
  }

  private deepest(): number {
    return this.tables[0]?.level ?? -1
  }

  private capacity(level: number): number {
    return this.opts.level0Max * this.opts.fanout ** level
  }
}

function sorted(entries: Iterable<readonly [string, string | null]>): Entry[] {
  return Array.from(entries, ([key, value]): Entry => [key, value]).sort(([a], [b]) => (a < b ? -1 : 1))
}
