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

/** The log of one topic. */
export class TopicLog {
  constructor(opts: LogOpts) {
    throw new Error('not implemented')
  }

  produce(record: NewRecord): { partition: number; offset: number } {
    throw new Error('not implemented')
  }

  async fetch(partition: number, offset: number, opts: FetchOpts = {}): Promise<Rec[]> {
    throw new Error('not implemented')
  }

  /** The first offset at or after a time. */
  offsetForTime(partition: number, timestamp: number): number | null {
    throw new Error('not implemented')
  }

  /** Deletes or compacts what is old. */
  clean(): void {
    throw new Error('not implemented')
  }

  bounds(partition: number): { start: number; end: number; segments: number } {
    throw new Error('not implemented')
  }

  /** How many records have been looked at. */
  get scanned(): number {
    throw new Error('not implemented')
  }
}
