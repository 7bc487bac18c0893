/** A segment knows its bounds and its sparse index, so that places and numbers of records are found without touching the records themselves. */

/** The clock and the timers to use. */
export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

export interface Rec {
  offset: number
  timestamp: number
  key: string | null
  value: string | null
}

/** The offset has been cleaned away, or lies beyond the end. */
export class OffsetOutOfRangeError extends Error {
  override name = 'OffsetOutOfRangeError'
}

export interface LogOpts {
  partitions: number
  /** How many records a segment takes. */
  segmentRecords: number
  /** Every so many records of a segment have an entry in the index. */
  indexEvery: number
  retentionMs?: number
  retentionRecords?: number
  /** Default 'delete'. */
  cleanup?: 'delete' | 'compact'
  /** Gives a 32-bit integer, which may be negative. */
  hash: (key: string) => number
  timers: Timers
}

export interface FetchOpts {
  /** Default 100. */
  maxRecords?: number
  /** How many records are worth an answer before the time is up; default 1. */
  minRecords?: number
  /** Default 0: never wait. */
  maxWaitMs?: number
}

export interface NewRecord {
  key?: string | null
  value: string | null
  partition?: number
}

/** What the index says about one record. */
interface Mark {
  readonly offset: number
  readonly timestamp: number
}

/** How many items at the beginning satisfy a condition that holds for a first part only. */
function countWhile<E>(items: readonly E[], holds: (item: E) => boolean): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = items[middle]
    if (item !== undefined && holds(item)) low = middle + 1
    else high = middle
  }
  return low
}

/** Records with increasing offsets; entry i of the index stands for record i * indexEvery. */
class Segment {
  readonly base: number
  readonly #indexEvery: number
  #records: Rec[] = []
  #index: Mark[] = []
  /** Of the newest record. */
  newest: Mark | undefined

  constructor(base: number, indexEvery: number) {
    this.base = base
    this.#indexEvery = indexEvery
  }

  get length(): number {
    return this.#records.length
  }

  get records(): readonly Rec[] {
    return this.#records
  }

  append(record: Rec): void {
    this.newest = { offset: record.offset, timestamp: record.timestamp }
    if (this.#records.length % this.#indexEvery === 0) this.#index.push(this.newest)
    this.#records.push(record)
  }

  keep(isKept: (record: Rec) => boolean): void {
    const kept = this.#records.filter(isKept)
    this.#records = []
    this.#index = []
    this.newest = undefined
    for (const record of kept) this.append(record)
  }

  /** The place of the first record that is not before what is looked for; `look` is told of each record read. */
  find(isBefore: (mark: Mark) => boolean, look: () => void): number {
    if (!this.newest || isBefore(this.newest)) return this.length
    const marks = countWhile(this.#index, isBefore)
    const next = Math.min(marks * this.#indexEvery, this.length)
    if (marks === 0) return 0
    for (let place = (marks - 1) * this.#indexEvery + 1; place < next; place++) {
      const record = this.#records[place]
      look()
      if (record && !isBefore(record)) return place
    }
    return next
  }
}

/** A fetch that waits. */
interface Waiter {
  readonly offset: number
  readonly max: number
  /** How many records it wants to have. */
  readonly enough: number
  /** How many of them are there. */
  have: number
  timer: number
  readonly resolve: (records: Rec[]) => void
  readonly reject: (error: Error) => void
}

interface Position {
  readonly segment: number
  readonly place: number
}

class Partition {
  readonly #segmentRecords: number
  readonly #indexEvery: number
  readonly #look: () => void
  readonly #timers: Timers
  #segments: Segment[]
  #waiters: Waiter[] = []
  #start = 0
  #end = 0
  /** Offsets of the tombstones that one compaction has spared. */
  #spared = new Set<number>()

  constructor({ segmentRecords, indexEvery, timers }: LogOpts, look: () => void) {
    this.#segmentRecords = segmentRecords
    this.#indexEvery = indexEvery
    this.#timers = timers
    this.#look = look
    this.#segments = [new Segment(0, indexEvery)]
  }

  get bounds(): { start: number; end: number; segments: number } {
    return { start: this.#start, end: this.#end, segments: this.#segments.length }
  }

  append(key: string | null, value: string | null): number {
    const offset = this.#end
    let active = this.#segments.at(-1)
    if (!active || active.length >= this.#segmentRecords) {
      active = new Segment(offset, this.#indexEvery)
      this.#segments.push(active)
    }
    active.append({ offset, timestamp: this.#timers.now(), key, value })
    this.#end++
    for (const waiter of this.#waiters) waiter.have++
    this.#serve()
    return offset
  }

  fetch(offset: number, max: number, min: number, maxWaitMs: number): Promise<Rec[]> {
    this.#check(offset)
    const enough = Math.min(max, min)
    const from = this.#locate(offset)
    const have = this.#count(from, enough)
    if (have >= enough || !(maxWaitMs > 0)) return Promise.resolve(this.#read(from, max))
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { offset, max, enough, have, timer: 0, resolve, reject }
      this.#waiters.push(waiter)
      waiter.timer = this.#timers.setTimeout(() => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter)
        this.#answer(waiter)
      }, maxWaitMs)
    })
  }

  offsetForTime(timestamp: number): number | null {
    const isBefore = (mark: Mark) => mark.timestamp < timestamp
    // Only the active segment, the last one, may be empty.
    const number = countWhile(this.#segments, ({ newest }) => newest !== undefined && isBefore(newest))
    const segment = this.#segments[number]
    const record = segment?.records[segment.find(isBefore, this.#look)]
    if (!record) return null
    this.#look()
    return record.offset
  }

  /** Removes whole segments from the oldest on, as long as they may go. */
  expire(retentionMs: number | undefined, retentionRecords: number | undefined): void {
    const now = this.#timers.now()
    let total = this.#segments.reduce((sum, { length }) => sum + length, 0)
    const isDue = ({ newest, length }: Segment) =>
      (retentionMs !== undefined && newest !== undefined && now - newest.timestamp > retentionMs) ||
      (retentionRecords !== undefined && total - length >= retentionRecords)
    let gone = 0
    for (const segment of this.#segments.slice(0, -1)) {
      if (!isDue(segment)) break
      total -= segment.length
      gone++
    }
    if (gone === 0) return
    this.#segments = this.#segments.slice(gone)
    this.#start = this.#segments[0]?.base ?? this.#end
    this.#recount()
  }

  /** Keeps the latest record of each key in the closed segments, and a tombstone once. */
  compact(): void {
    const closed = this.#segments.slice(0, -1)
    const latest = new Map<string | null, number>()
    for (const { records } of closed) for (const { key, offset } of records) latest.set(key, offset)
    const spared = new Set<number>()
    for (const segment of closed) {
      segment.keep(({ key, offset, value }) => {
        if (latest.get(key) !== offset) return false
        if (value !== null) return true
        if (this.#spared.has(offset)) return false
        spared.add(offset)
        return true
      })
    }
    this.#spared = spared
    this.#segments = this.#segments.filter(({ length }, i) => length > 0 || i === closed.length)
    this.#recount()
  }

  #check(offset: number): void {
    if (offset >= this.#start && offset <= this.#end) return
    throw new OffsetOutOfRangeError(`offset ${offset} is not from ${this.#start} to ${this.#end}`)
  }

  /** Where the first record from `offset` on stands. */
  #locate(offset: number): Position {
    const isBefore = (mark: Mark) => mark.offset < offset
    const number = countWhile(this.#segments, ({ newest }) => newest !== undefined && isBefore(newest))
    return { segment: number, place: this.#segments[number]?.find(isBefore, this.#look) ?? 0 }
  }

  /** The number of records from a position on, but not beyond `enough`. */
  #count({ segment, place }: Position, enough: number): number {
    let count = -place
    for (let i = segment; i < this.#segments.length && count < enough; i++) count += this.#segments[i]?.length ?? 0
    return Math.max(0, count)
  }

  #read({ segment, place }: Position, max: number): Rec[] {
    const found: Rec[] = []
    let from = place
    for (let i = segment; i < this.#segments.length && found.length < max; i++) {
      const records = this.#segments[i]?.records ?? []
      for (const record of records.slice(from, from + max - found.length)) {
        this.#look()
        found.push({ ...record })
      }
      from = 0
    }
    return found
  }

  /** After a cleaning: the places of those who wait may be gone, or have fewer records. */
  #recount(): void {
    for (const waiter of this.#waiters) {
      if (waiter.offset >= this.#start) waiter.have = this.#count(this.#locate(waiter.offset), waiter.enough)
    }
    this.#serve()
  }

  /** Answers those who need not wait longer. */
  #serve(): void {
    const isOver = ({ have, enough, offset }: Waiter) => have >= enough || offset < this.#start
    const over = this.#waiters.filter(isOver)
    if (over.length === 0) return
    this.#waiters = this.#waiters.filter((waiter) => !isOver(waiter))
    for (const waiter of over) {
      this.#timers.clearTimeout(waiter.timer)
      this.#answer(waiter)
    }
  }

  #answer({ offset, max, resolve, reject }: Waiter): void {
    try {
      this.#check(offset)
      resolve(this.#read(this.#locate(offset), max))
    } catch (error) {
      reject(error as Error)
    }
  }
}

/** The log of one topic. */
export class TopicLog {
  readonly #opts: LogOpts
  readonly #partitions: Partition[]
  #turn = 0
  #scanned = 0

  constructor(opts: LogOpts) {
    for (const name of ['partitions', 'segmentRecords', 'indexEvery'] as const) {
      if (!Number.isInteger(opts[name]) || opts[name] < 1) {
        throw new RangeError(`${name} must be a whole number from 1 on`)
      }
    }
    this.#opts = { ...opts }
    const look = () => {
      this.#scanned++
    }
    this.#partitions = Array.from({ length: opts.partitions }, () => new Partition(this.#opts, look))
  }

  produce({ key = null, value, partition }: NewRecord): { partition: number; offset: number } {
    if (key === null && this.#opts.cleanup === 'compact') throw new RangeError('a compacted topic needs keys')
    const chosen = partition ?? this.#choose(key)
    return { partition: chosen, offset: this.#partition(chosen).append(key, value) }
  }

  async fetch(partition: number, offset: number, opts: FetchOpts = {}): Promise<Rec[]> {
    const { maxRecords = 100, minRecords = 1, maxWaitMs = 0 } = opts
    if (!(maxRecords >= 1)) throw new RangeError('maxRecords must be at least 1')
    return this.#partition(partition).fetch(offset, maxRecords, minRecords, maxWaitMs)
  }

  /** The first offset at or after a time. */
  offsetForTime(partition: number, timestamp: number): number | null {
    return this.#partition(partition).offsetForTime(timestamp)
  }

  /** Deletes or compacts what is old. */
  clean(): void {
    const { cleanup, retentionMs, retentionRecords } = this.#opts
    for (const partition of this.#partitions) {
      if (cleanup === 'compact') partition.compact()
      else partition.expire(retentionMs, retentionRecords)
    }
  }

  bounds(partition: number): { start: number; end: number; segments: number } {
    return this.#partition(partition).bounds
  }

  /** How many records have been looked at. */
  get scanned(): number {
    return this.#scanned
  }

  #partition(number: number): Partition {
    const partition = this.#partitions[number]
    if (!partition) throw new RangeError(`there is no partition ${number}`)
    return partition
  }

  #choose(key: string | null): number {
    if (key !== null) return (this.#opts.hash(key) >>> 0) % this.#partitions.length
    const turn = this.#turn
    this.#turn = (turn + 1) % this.#partitions.length
    return turn
  }
}
