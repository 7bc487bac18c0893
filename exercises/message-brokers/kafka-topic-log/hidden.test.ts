import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { type LogOpts, OffsetOutOfRangeError, type Rec, TopicLog } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** Timers that go off only when told to. */
class FakeTimers {
  #ms = 0
  #serial = 0
  readonly #pending = new Map<number, { at: number; fn: () => void }>()

  now(): number {
    return this.#ms
  }

  setTimeout(fn: () => void, ms: number): number {
    this.#pending.set(++this.#serial, { at: this.#ms + ms, fn })
    return this.#serial
  }

  clearTimeout(id: number): void {
    this.#pending.delete(id)
  }

  get pending(): number {
    return this.#pending.size
  }

  /** Lets time pass, with all that is due on the way in its order. */
  async advance(ms: number): Promise<void> {
    const end = this.#ms + ms
    for (;;) {
      const due = [...this.#pending].filter(([, { at }]) => at <= end).sort(([a, x], [b, y]) => x.at - y.at || a - b)
      const [first] = due
      if (first === undefined) break
      this.#pending.delete(first[0])
      this.#ms = first[1].at
      first[1].fn()
      await settle()
    }
    this.#ms = end
    await settle()
  }
}

/** Lets everything happen that can happen without the clock moving. */
async function settle(): Promise<void> {
  for (let i = 0; i < 30; i++) await null
}

/** The timers as the solution gets them: three functions. */
function asTimers(clock: FakeTimers) {
  return {
    now: () => clock.now(),
    setTimeout: (fn: () => void, ms: number) => clock.setTimeout(fn, ms),
    clearTimeout: (id: number) => clock.clearTimeout(id),
  }
}

const values = (records: readonly Rec[]) => records.map(({ value }) => value)
const offsets = (records: readonly Rec[]) => records.map(({ offset }) => offset)

/** A log with one partition unless told otherwise. */
function setup(opts: Partial<LogOpts> = {}) {
  const clock = new FakeTimers()
  const log = new TopicLog({
    partitions: 1,
    segmentRecords: 4,
    indexEvery: 4,
    hash: (key) => key.length,
    timers: asTimers(clock),
    ...opts,
  })
  /** Writes this many records, v0, v1, ..., to partition 0. */
  const fill = (count: number) => {
    for (const i of numbers(count)) log.produce({ value: `v${i}`, partition: 0 })
  }
  return { clock, log, fill }
}

type Sizes = Pick<LogOpts, 'segmentRecords' | 'indexEvery' | 'cleanup'>

/** A long log, written beside the solution: a record for each of the keys, at these times. */
function longLog(sizes: Sizes, keys: ReadonlyArray<string | null>, times: readonly number[] = []): TopicLog {
  return inGuest(
    (
      solution: typeof import('./solution'),
      sizes: Sizes,
      keys: ReadonlyArray<string | null>,
      times: readonly number[],
    ) => {
      let time = 0
      const timers = { now: () => time, setTimeout: () => 0, clearTimeout: () => {} }
      const log = new solution.TopicLog({ ...sizes, partitions: 1, hash: () => 0, timers })
      keys.forEach((key, i) => {
        time = times[i] ?? time
        log.produce({ key, value: `v${i}` })
      })
      return log
    },
    sizes,
    keys,
    times,
  )
}

const noKeys = (count: number): null[] => numbers(count).map(() => null)

/** What a promise has come to so far. */
function track(promise: Promise<Rec[]>) {
  const seen: { records?: Rec[]; error?: unknown } = {}
  promise.then(
    (records) => {
      seen.records = records
    },
    (error: unknown) => {
      seen.error = error
    },
  )
  return seen
}

describe('Partitions and offsets', () => {
  it('takes the hash of the key for an unsigned number', () => {
    const partitions = random.int(3, 7)
    const hashes = [0, 1, 7, 2 ** 31 - 1, -1, -5, -(2 ** 31), random.int(-1e9, -1)]
    const hash = vi.fn((key: string) => hashes[Number(key)] ?? 0)
    const { log } = setup({ partitions, hash })
    hashes.forEach((one, i) => {
      const expected = (one < 0 ? one + 2 ** 32 : one) % partitions
      expect(log.produce({ key: String(i), value: 'v' }).partition).toBe(expected)
    })
    expect(hash.mock.calls.flat()).toEqual(numbers(hashes.length).map(String))
  })

  it('lets records without a key go around, and no others move that on', () => {
    const { log } = setup({ partitions: 3 })
    const chosen: number[] = []
    for (const i of numbers(7)) {
      if (i % 2 === 0) log.produce({ key: 'kk', value: 'v' })
      if (i % 3 === 0) log.produce({ value: 'v', partition: 1 })
      chosen.push(log.produce(i % 2 === 0 ? { value: 'v' } : { key: null, value: 'v' }).partition)
    }
    expect(chosen).toEqual([0, 1, 2, 0, 1, 2, 0])
  })

  it('obeys the producer, also for records with a key', () => {
    const { log } = setup({ partitions: 4, hash: () => 1 })
    for (const partition of random.shuffle([0, 1, 2, 3])) {
      expect(log.produce({ key: 'k', value: 'v', partition })).toEqual({ partition, offset: 0 })
    }
  })

  it('numbers the records of each partition without gaps', () => {
    const { log } = setup({ partitions: 3 })
    const next = [0, 0, 0]
    for (const _ of numbers(20)) {
      const partition = random.int(0, 2)
      const offset = next[partition] ?? 0
      expect(log.produce({ value: 'v', partition })).toEqual({ partition, offset })
      next[partition] = offset + 1
    }
    expect(numbers(3).map((i) => log.bounds(i).end)).toEqual(next)
  })

  it('begins a new segment for the record after a full one', () => {
    const segmentRecords = random.int(2, 5)
    const { log, fill } = setup({ segmentRecords })
    expect(log.bounds(0)).toEqual({ start: 0, end: 0, segments: 1 })
    fill(segmentRecords)
    expect(log.bounds(0)).toEqual({ start: 0, end: segmentRecords, segments: 1 })
    fill(1)
    expect(log.bounds(0).segments).toBe(2)
    fill(2 * segmentRecords - 1)
    expect(log.bounds(0)).toEqual({ start: 0, end: 3 * segmentRecords, segments: 3 })
  })

  it('keeps the time, the key and the value', async () => {
    const { clock, log } = setup()
    await clock.advance(random.int(1, 1e6))
    log.produce({ key: 'k', value: 'v' })
    log.produce({ value: null })
    const timestamp = clock.now()
    expect(await log.fetch(0, 0)).toEqual([
      { offset: 0, timestamp, key: 'k', value: 'v' },
      { offset: 1, timestamp, key: null, value: null },
    ])
  })

  it('refuses partitions and sizes that make no sense', async () => {
    const { log } = setup({ partitions: 2 })
    for (const partition of [2, -1, 0.5]) {
      expect(() => log.produce({ value: 'v', partition })).toThrow(RangeError)
      expect(() => log.bounds(partition)).toThrow(RangeError)
      expect(() => log.offsetForTime(partition, 0)).toThrow(RangeError)
      await expect(log.fetch(partition, 0)).rejects.toThrow(RangeError)
    }
    await expect(log.fetch(0, 0, { maxRecords: 0 })).rejects.toThrow(RangeError)
    expect(log.produce({ value: 'v' })).toEqual({ partition: 0, offset: 0 })
    for (const size of [0, -1, 1.5, Number.NaN]) {
      expect(() => setup({ partitions: size })).toThrow(RangeError)
      expect(() => setup({ segmentRecords: size })).toThrow(RangeError)
      expect(() => setup({ indexEvery: size })).toThrow(RangeError)
    }
  })
})

describe('Finding records', () => {
  it('reads from any offset, over segments, as much as is asked for', async () => {
    const total = random.int(17, 23)
    const { log, fill } = setup({ indexEvery: 3 })
    fill(total)
    for (const _ of numbers(8)) {
      const [offset, maxRecords] = [random.int(0, total), random.int(1, 9)]
      const expected = numbers(total).slice(offset, offset + maxRecords)
      expect(offsets(await log.fetch(0, offset, { maxRecords }))).toEqual(expected)
    }
    expect(values(await log.fetch(0, 0))).toEqual(numbers(total).map((i) => `v${i}`))
  })

  it('gives a hundred records unless told otherwise', async () => {
    const log = longLog({ segmentRecords: 30, indexEvery: 4 }, noKeys(103))
    expect(await log.fetch(0, 1)).toHaveLength(100)
    expect(await log.fetch(0, 5)).toHaveLength(98)
  })

  it('can be read again and again', async () => {
    const { log, fill } = setup()
    fill(9)
    const first = await log.fetch(0, 2)
    const copy = first.map((record) => ({ ...record }))
    ;(first[0] as Rec).value = 'changed'
    expect(await log.fetch(0, 2)).toEqual(copy)
    expect(log.bounds(0)).toEqual({ start: 0, end: 9, segments: 3 })
  })

  it('refuses offsets outside the log, but not its end', async () => {
    const { log, fill } = setup()
    expect(await log.fetch(0, 0)).toEqual([])
    fill(6)
    expect(await log.fetch(0, 6)).toEqual([])
    for (const offset of [7, -1, 100]) {
      await expect(log.fetch(0, offset, { maxWaitMs: 10 })).rejects.toThrow(OffsetOutOfRangeError)
    }
  })

  it('looks at few records besides those it returns', async () => {
    const indexEvery = random.int(4, 8)
    const log = longLog({ segmentRecords: 50, indexEvery }, noKeys(180))
    for (const offset of [49, 50, 149, 180, ...numbers(6).map(() => random.int(0, 179))]) {
      const before = log.scanned
      const { length } = await log.fetch(0, offset, { maxRecords: random.int(1, 5) })
      const looked = log.scanned - before
      expect(looked).toBeGreaterThanOrEqual(length)
      expect(looked).toBeLessThanOrEqual(length + indexEvery)
    }
  })

  it('looks at one record besides those it returns when every record is indexed', async () => {
    const log = longLog({ segmentRecords: 50, indexEvery: 1 }, noKeys(60), numbers(60))
    for (const offset of [20, 49, 55]) {
      const before = log.scanned
      expect(offsets(await log.fetch(0, offset, { maxRecords: 2 }))).toEqual([offset, offset + 1])
      expect(log.scanned - before).toBeLessThanOrEqual(3)
    }
    const before = log.scanned
    expect(log.offsetForTime(0, 30)).toBe(30)
    expect(log.scanned - before).toBeLessThanOrEqual(2)
  })

  it('finds the first offset at or after a time', async () => {
    const indexEvery = random.int(2, 4)
    const times = [random.int(0, 5)]
    for (const i of numbers(27)) times.push((times[i] ?? 0) + (random.next() < 0.6 ? random.int(1, 5) : 0))
    const log = longLog({ segmentRecords: 5, indexEvery }, noKeys(28), times)
    const last = times[times.length - 1] ?? 0
    for (const time of [0, last, last + 1, -5, ...numbers(8).map(() => random.int(0, last))]) {
      const expected = times.findIndex((one) => one >= time)
      const before = log.scanned
      expect(log.offsetForTime(0, time)).toBe(expected === -1 ? null : expected)
      expect(log.scanned - before).toBeLessThanOrEqual(indexEvery + 1)
      expect(log.scanned - before).toBeGreaterThanOrEqual(0)
    }
    expect(setup().log.offsetForTime(0, 0)).toBe(null)
  })

  it('looks at nothing where there is nothing', () => {
    const { log } = setup()
    expect([log.offsetForTime(0, Number.NEGATIVE_INFINITY), log.scanned]).toEqual([null, 0])
  })

  it('finds records by time in a long segment with few looks', async () => {
    const times = numbers(120).map((i) => 100 * Math.floor(i / 12))
    const log = longLog({ segmentRecords: 200, indexEvery: 5 }, noKeys(120), times)
    for (const i of random.shuffle(numbers(10)).slice(0, 4)) {
      const before = log.scanned
      expect(log.offsetForTime(0, i * 100 - 50)).toBe(12 * i)
      expect(log.scanned - before).toBeLessThanOrEqual(6)
    }
  })

  it('keeps its index when the log has been compacted', async () => {
    const keys = numbers(130).map((i) => (i % 3 === 0 ? 'same' : `k${i}`))
    const log = longLog({ segmentRecords: 40, indexEvery: 5, cleanup: 'compact' }, keys)
    log.clean()
    const left = numbers(130).filter((i) => i >= 120 || i % 3 !== 0 || i === 117)
    for (const offset of [0, 40, 117, 118, ...numbers(5).map(() => random.int(0, 129))]) {
      const before = log.scanned
      const found = await log.fetch(0, offset, { maxRecords: 4 })
      expect(offsets(found)).toEqual(left.filter((i) => i >= offset).slice(0, 4))
      expect(log.scanned - before).toBeLessThanOrEqual(found.length + 5)
    }
  })
})

describe('Waiting', () => {
  it('answers at once if enough is there, or if it may not wait', async () => {
    const { clock, log, fill } = setup()
    fill(3)
    expect(values(await log.fetch(0, 1, { minRecords: 2, maxWaitMs: 100 }))).toEqual(['v1', 'v2'])
    expect(await log.fetch(0, 1, { minRecords: 5 })).toHaveLength(2)
    expect(await log.fetch(0, 3)).toEqual([])
    expect(await log.fetch(0, 3, { minRecords: 0, maxWaitMs: 100 })).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('waits until as many records are there as are worth an answer', async () => {
    const { clock, log, fill } = setup()
    fill(2)
    const minRecords = random.int(3, 6)
    const seen = track(log.fetch(0, 1, { minRecords, maxWaitMs: 1000 }))
    for (const _ of numbers(minRecords - 2)) {
      fill(1)
      await settle()
      expect(seen).toEqual({})
    }
    fill(1)
    await settle()
    expect(seen.records).toHaveLength(minRecords)
    expect(clock.pending).toBe(0)
  })

  it('waits for one record unless told otherwise', async () => {
    const { log, fill } = setup()
    const seen = track(log.fetch(0, 0, { maxWaitMs: 1000 }))
    await settle()
    expect(seen).toEqual({})
    fill(1)
    await settle()
    expect(seen.records).toHaveLength(1)
  })

  it('never waits for more than it may return', async () => {
    const { clock, log, fill } = setup()
    fill(3)
    const there = track(log.fetch(0, 0, { minRecords: 50, maxRecords: 2, maxWaitMs: 100 }))
    await settle()
    expect(values(there.records ?? [])).toEqual(['v0', 'v1'])
    const seen = track(log.fetch(0, 2, { minRecords: 50, maxRecords: 2, maxWaitMs: 100 }))
    fill(1)
    await settle()
    expect([seen.records?.length, clock.pending]).toEqual([2, 0])
  })

  it('gives what there is when its time is up', async () => {
    const maxWaitMs = random.int(10, 5000)
    const { clock, log, fill } = setup()
    fill(1)
    const some = track(log.fetch(0, 0, { minRecords: 3, maxWaitMs }))
    const none = track(log.fetch(0, 1, { minRecords: 3, maxWaitMs }))
    await clock.advance(maxWaitMs - 1)
    expect([some, none]).toEqual([{}, {}])
    await clock.advance(1)
    expect([some.records?.length, none.records]).toEqual([1, []])
    fill(5)
    await settle()
    expect([some.records?.length, clock.pending]).toEqual([1, 0])
  })

  it('listens to its own partition only', async () => {
    const { log } = setup({ partitions: 2 })
    const [one, other] = [0, 1].map((partition) => track(log.fetch(partition, 0, { maxWaitMs: 1000 })))
    log.produce({ value: 'v', partition: 1 })
    await settle()
    expect([one?.records, other?.records?.length]).toEqual([undefined, 1])
  })

  it('serves all who wait', async () => {
    const { clock, log, fill } = setup()
    const seen = [1, 2, 2, 3].map((minRecords) => track(log.fetch(0, 0, { minRecords, maxWaitMs: 1000 })))
    fill(1)
    await settle()
    expect(seen.map(({ records }) => records?.length)).toEqual([1, undefined, undefined, undefined])
    fill(1)
    await settle()
    expect(seen.map(({ records }) => records?.length)).toEqual([1, 2, 2, undefined])
    expect(clock.pending).toBe(1)
  })

  it('rejects when its offset has been cleaned away', async () => {
    const { clock, log, fill } = setup({ retentionRecords: 1 })
    fill(4)
    const seen = track(log.fetch(0, 2, { minRecords: 5, maxWaitMs: 1000 }))
    fill(1)
    log.clean()
    expect(log.bounds(0).start).toBe(4)
    await clock.advance(1000)
    expect(seen.error).toBeInstanceOf(OffsetOutOfRangeError)
    expect(clock.pending).toBe(0)
  })

  it('keeps the trouble of a reader from the producer', async () => {
    const { clock, log, fill } = setup({ retentionRecords: 1 })
    fill(4)
    const seen = track(log.fetch(0, 2, { minRecords: 5, maxWaitMs: 1000 }))
    fill(1)
    log.clean()
    expect(log.produce({ value: 'v' })).toEqual({ partition: 0, offset: 5 })
    await clock.advance(1000)
    expect(seen.error).toBeInstanceOf(OffsetOutOfRangeError)
    expect(clock.pending).toBe(0)
  })
})

describe('Cleaning', () => {
  it('keeps everything if nothing is to be removed', () => {
    const { log, fill } = setup()
    fill(18)
    log.clean()
    expect(log.bounds(0)).toEqual({ start: 0, end: 18, segments: 5 })
  })

  it('removes segments whose newest record is too old', async () => {
    const { clock, log, fill } = setup({ retentionMs: 100 })
    fill(3)
    await clock.advance(50)
    fill(1)
    await clock.advance(10)
    fill(4)
    await clock.advance(10)
    fill(1)
    await clock.advance(80)
    log.clean()
    expect(log.bounds(0)).toEqual({ start: 0, end: 9, segments: 3 })
    await clock.advance(1)
    log.clean()
    expect(log.bounds(0)).toEqual({ start: 4, end: 9, segments: 2 })
    await clock.advance(10)
    log.clean()
    expect(log.bounds(0)).toEqual({ start: 8, end: 9, segments: 1 })
  })

  it('removes segments that are not needed for the number of records', () => {
    const cases = [[14, 0, 4], [10, 4, 3], [9, 4, 3], [6, 8, 2], [1, 12, 1]] as const
    for (const [retentionRecords, start, segments] of cases) {
      const { log, fill } = setup({ retentionRecords })
      fill(14)
      log.clean()
      expect(log.bounds(0)).toEqual({ start, end: 14, segments })
    }
  })

  it('never removes the active segment, also when it is full', async () => {
    const { clock, log, fill } = setup({ retentionMs: 10, retentionRecords: 0 })
    fill(8)
    await clock.advance(1000)
    log.clean()
    expect(log.bounds(0)).toEqual({ start: 4, end: 8, segments: 1 })
    expect(values(await log.fetch(0, 4))).toEqual(['v4', 'v5', 'v6', 'v7'])
    fill(1)
    log.clean()
    expect(log.bounds(0)).toEqual({ start: 8, end: 9, segments: 1 })
  })

  it('goes on from the first segment that stays', async () => {
    const { clock, log, fill } = setup({ retentionRecords: 4 })
    await clock.advance(50)
    fill(10)
    log.clean()
    expect(log.bounds(0).start).toBe(4)
    await expect(log.fetch(0, 3)).rejects.toThrow(OffsetOutOfRangeError)
    expect(offsets(await log.fetch(0, 4))).toEqual([4, 5, 6, 7, 8, 9])
    expect(log.offsetForTime(0, 0)).toBe(4)
    expect(log.produce({ value: 'v' }).offset).toBe(10)
  })

  it('cleans every partition by itself', () => {
    const { log } = setup({ partitions: 2, segmentRecords: 2, retentionRecords: 3 })
    for (const _ of numbers(6)) log.produce({ value: 'v', partition: 0 })
    for (const _ of numbers(3)) log.produce({ value: 'v', partition: 1 })
    log.clean()
    expect([log.bounds(0), log.bounds(1)]).toEqual([
      { start: 2, end: 6, segments: 2 },
      { start: 0, end: 3, segments: 2 },
    ])
  })

  it('keeps the latest record of each key, where it is', async () => {
    const { log } = setup({ cleanup: 'compact', segmentRecords: 5 })
    const all = ['a', 'b', 'c', 'd']
    const keys = [...random.shuffle(all), ...numbers(19).map(() => random.pick(all))]
    keys.forEach((key, i) => log.produce({ key, value: `v${i}` }))
    log.clean()
    const left = numbers(23).filter((i) => i >= 20 || !keys.slice(i + 1, 20).includes(keys[i] ?? ''))
    const found = await log.fetch(0, 0)
    expect(found.map(({ offset, key, value }) => [offset, key, value])).toEqual(left.map((i) => [i, keys[i], `v${i}`]))
    expect(log.bounds(0).end).toBe(23)
    log.clean()
    expect(offsets(await log.fetch(0, 0))).toEqual(left)
  })

  it('leaves the active segment alone, and does not count it', async () => {
    const { log } = setup({ cleanup: 'compact', segmentRecords: 3 })
    for (const key of ['a', 'b', 'b', 'a', 'a', 'a']) log.produce({ key, value: 'v' })
    log.clean()
    expect(offsets(await log.fetch(0, 0))).toEqual([0, 2, 3, 4, 5])
    log.produce({ key: 'c', value: 'v' })
    log.clean()
    expect(offsets(await log.fetch(0, 0))).toEqual([2, 5, 6])
  })

  it('removes what is empty, and begins with the next that is there', async () => {
    const { log } = setup({ cleanup: 'compact', segmentRecords: 2 })
    for (const key of ['a', 'a', 'a', 'a', 'a', 'b', 'c']) log.produce({ key, value: 'v' })
    log.clean()
    expect(log.bounds(0)).toEqual({ start: 0, end: 7, segments: 2 })
    for (const offset of [0, 1, 2, 3, 4]) expect(offsets(await log.fetch(0, offset))).toEqual([4, 5, 6])
    expect(offsets(await log.fetch(0, 5))).toEqual([5, 6])
    expect(log.produce({ key: 'd', value: 'v' }).offset).toBe(7)
    expect(log.produce({ key: 'd', value: 'v' }).offset).toBe(8)
    expect(log.bounds(0).segments).toBe(3)
  })

  it('keeps a tombstone for one cleaning, and removes it with the next', async () => {
    const { log } = setup({ cleanup: 'compact', segmentRecords: 2 })
    const write = (key: string, value: string | null) => log.produce({ key, value })
    write('a', '1')
    write('b', '2')
    write('a', null)
    log.clean()
    expect(offsets(await log.fetch(0, 0))).toEqual([0, 1, 2])
    write('c', '3')
    write('c', '4')
    log.clean()
    expect(offsets(await log.fetch(0, 0))).toEqual([1, 2, 3, 4])
    log.clean()
    expect(offsets(await log.fetch(0, 0))).toEqual([1, 3, 4])
  })

  it('lets a key live again after a tombstone', async () => {
    const { log } = setup({ cleanup: 'compact', segmentRecords: 1 })
    for (const value of ['1', null, '2', '3']) log.produce({ key: 'a', value })
    log.clean()
    log.clean()
    expect(values(await log.fetch(0, 0))).toEqual(['2', '3'])
  })

  it('does not delete by age or number when it compacts', async () => {
    const { clock, log } = setup({ cleanup: 'compact', segmentRecords: 1, retentionMs: 1, retentionRecords: 1 })
    for (const key of ['a', 'b', 'c']) log.produce({ key, value: 'v' })
    await clock.advance(1000)
    log.clean()
    expect([offsets(await log.fetch(0, 0)), log.bounds(0).start]).toEqual([[0, 1, 2], 0])
    expect(log.offsetForTime(0, 1)).toBe(null)
  })

  it('wants keys for a log that is compacted', () => {
    const { log } = setup({ cleanup: 'compact' })
    expect(() => log.produce({ value: 'v' })).toThrow(RangeError)
    expect(() => log.produce({ key: null, value: 'v', partition: 0 })).toThrow(RangeError)
    expect(log.produce({ key: '', value: 'v' })).toEqual({ partition: 0, offset: 0 })
  })
})
