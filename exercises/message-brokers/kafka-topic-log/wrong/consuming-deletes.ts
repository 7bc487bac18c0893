// Forgets what has been read.
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

interface Segment {
  /** The offset of its first record when it was begun. */
  readonly base: number
  readonly records: Rec[]
  /** Every so manieth record, and where it is. */
  readonly index: Array<{ offset: number; timestamp: number; at: number }>
}

interface Partition {
  /** The last one is active; there always is one. */
  segments: Segment[]
  start: number
  end: number
  /** Tombstones below have survived a compaction. */
  compactedTo: number
  /** Called after each new record. */
  readonly waiters: Set<() => void>
}

/** The log of one topic. */
export class TopicLog {
  readonly #opts: LogOpts
  readonly #partitions: readonly Partition[]
  /** How many records have chosen their partition by going around. */
  #turn = 0
  #scanned = 0

  constructor(opts: LogOpts) {
    for (const size of [opts.partitions, opts.segmentRecords, opts.indexEvery]) {
      if (!(Number.isInteger(size) && size >= 1)) throw new RangeError('sizes must be whole numbers from 1 on')
    }
    this.#opts = opts
    this.#partitions = Array.from({ length: opts.partitions }, () => ({
      segments: [this.#segment(0, [])],
      start: 0,
      end: 0,
      compactedTo: 0,
      waiters: new Set<() => void>(),
    }))
  }

  produce({ key = null, value, partition }: NewRecord): { partition: number; offset: number } {
    if (key === null && this.#opts.cleanup === 'compact') throw new RangeError('a compacted log needs keys')
    const number = partition ?? this.#partitionFor(key)
    const home = this.#partition(number)
    const offset = home.end++
    let active = activeOf(home)
    if (active.records.length === this.#opts.segmentRecords) {
      active = this.#segment(offset, [])
      home.segments.push(active)
    }
    this.#append(active, { offset, timestamp: this.#opts.timers.now(), key, value })
    for (const wake of [...home.waiters]) wake()
    return { partition: number, offset }
  }

  async fetch(partition: number, offset: number, opts: FetchOpts = {}): Promise<Rec[]> {
    const { maxRecords = 100, minRecords = 1, maxWaitMs = 0 } = opts
    if (!(maxRecords >= 1)) throw new RangeError('maxRecords must be at least 1')
    const home = this.#partition(partition)
    const enough = Math.min(minRecords, maxRecords)
    const records = this.#read(home, offset, maxRecords)
    if (records.length > 0) home.start = (records.at(-1)?.offset ?? 0) + 1
    if (records.length >= enough || !(maxWaitMs > 0)) return records
    await this.#untilThere(home, offset, enough, maxWaitMs)
    return this.#read(home, Math.max(offset, home.start), maxRecords)
  }

  /** The first offset at or after a time. */
  offsetForTime(partition: number, timestamp: number): number | null {
    const { segments } = this.#partition(partition)
    const older = findLast(segments, ({ records }) => (records.at(-1)?.timestamp ?? -Infinity) < timestamp)
    const segment = segments[older + 1]
    if (segment === undefined) return null
    const entry = segment.index[findLast(segment.index, (one) => one.timestamp < timestamp)]
    for (let at = entry?.at ?? 0; at < segment.records.length; at++) {
      const record = segment.records[at]
      this.#scanned++
      if (record !== undefined && record.timestamp >= timestamp) return record.offset
    }
    return null
  }

  /** Deletes or compacts what is old. */
  clean(): void {
    for (const partition of this.#partitions) {
      if (this.#opts.cleanup === 'compact') this.#compact(partition)
      else this.#deleteOld(partition)
    }
  }

  bounds(partition: number): { start: number; end: number; segments: number } {
    const { start, end, segments } = this.#partition(partition)
    return { start, end, segments: segments.length }
  }

  /** How many records have been looked at. */
  get scanned(): number {
    return this.#scanned
  }

  #partition(number: number): Partition {
    const partition = this.#partitions[number]
    if (partition === undefined) throw new RangeError(`there is no partition ${number}`)
    return partition
  }

  #partitionFor(key: string | null): number {
    // >>> 0 makes the hash unsigned: the remainder of a negative number would be negative.
    const number = key === null ? this.#turn++ : this.#opts.hash(key) >>> 0
    return number % this.#partitions.length
  }

  #segment(base: number, records: readonly Rec[]): Segment {
    const segment: Segment = { base, records: [], index: [] }
    for (const record of records) this.#append(segment, record)
    return segment
  }

  #append({ records, index }: Segment, record: Rec): void {
    const at = records.length
    if (at % this.#opts.indexEvery === 0) index.push({ offset: record.offset, timestamp: record.timestamp, at })
    records.push(record)
  }

  /** Segment by binary search, place in the segment by its index, and from there by scanning. */
  #read({ segments, start, end }: Partition, offset: number, count: number): Rec[] {
    if (!(offset >= start && offset <= end)) throw new OffsetOutOfRangeError(`${offset} is not in ${start}..${end}`)
    const found: Rec[] = []
    const first = Math.max(0, findLast(segments, ({ base }) => base <= offset))
    const index = segments[first]?.index ?? []
    let at = index[findLast(index, (entry) => entry.offset <= offset)]?.at ?? 0
    for (const { records } of segments.slice(first)) {
      for (const record of records.slice(at, at + this.#opts.indexEvery + count)) {
        if (found.length === count) return found
        this.#scanned++
        if (record.offset >= offset) found.push({ ...record })
      }
      at = 0
    }
    return found
  }

  /** Resolves when so many records are there, or when the time is up. */
  #untilThere(home: Partition, offset: number, count: number, maxWaitMs: number): Promise<void> {
    const { timers } = this.#opts
    return new Promise((resolve) => {
      const end = (): void => {
        home.waiters.delete(check)
        timers.clearTimeout(timer)
        resolve()
      }
      const check = (): void => {
        if (offset < home.start || this.#read(home, offset, count).length === count) end()
      }
      home.waiters.add(check)
      const timer = timers.setTimeout(end, maxWaitMs)
    })
  }

  #deleteOld(partition: Partition): void {
    const { retentionMs = Infinity, retentionRecords = Infinity, timers } = this.#opts
    const now = timers.now()
    const { segments } = partition
    let left = segments.reduce((sum, { records }) => sum + records.length, 0)
    for (;;) {
      const [oldest, next] = segments
      if (oldest === undefined || next === undefined) break
      left -= oldest.records.length
      const isOld = now - (oldest.records.at(-1)?.timestamp ?? now) > retentionMs
      if (!isOld && left < retentionRecords) break
      segments.shift()
      partition.start = next.base
    }
  }

  #compact(partition: Partition): void {
    const active = activeOf(partition)
    const closed = partition.segments.slice(0, -1)
    const latest = new Map<string | null, number>()
    for (const { records } of closed) for (const { key, offset } of records) latest.set(key, offset)
    const stays = ({ key, value, offset }: Rec): boolean =>
      latest.get(key) === offset && (value !== null || offset >= partition.compactedTo)
    const compacted = closed.map(({ base, records }) => this.#segment(base, records.filter(stays)))
    partition.segments = [...compacted.filter(({ records }) => records.length > 0), active]
    partition.compactedTo = active.base
  }
}

function activeOf({ segments }: Partition): Segment {
  const active = segments.at(-1)
  if (active === undefined) throw new Error('a partition has at least one segment')
  return active
}

/** Where the last entry is for which a condition holds that holds for all before it; -1: none. Binary search. */
function findLast<T>(list: readonly T[], holds: (entry: T) => boolean): number {
  let [low, high] = [-1, list.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const entry = list[middle]
    if (entry !== undefined && holds(entry)) low = middle
    else high = middle - 1
  }
  return low
}
