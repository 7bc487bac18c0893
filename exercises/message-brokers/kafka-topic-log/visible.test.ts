import { describe, expect, it } from 'vitest'
import { type LogOpts, OffsetOutOfRangeError, type Rec, TopicLog } from './solution'

function setup(opts: Partial<LogOpts> = {}) {
  const clock = { now: 0, timers: new Map<number, () => void>() }
  const timers = {
    now: () => clock.now,
    setTimeout: (fn: () => void) => clock.timers.set(clock.timers.size + 1, fn).size,
    clearTimeout: (id: number) => void clock.timers.delete(id),
  }
  const log = new TopicLog({ partitions: 2, segmentRecords: 2, indexEvery: 4, hash: () => -1, timers, ...opts })
  return { log, clock }
}

const values = (records: readonly Rec[]) => records.map(({ value }) => value)

describe('TopicLog', () => {
  it('chooses partitions and numbers records', () => {
    const { log } = setup()
    expect(log.produce({ value: 'a' })).toEqual({ partition: 0, offset: 0 })
    expect(log.produce({ value: 'b' })).toEqual({ partition: 1, offset: 0 })
    expect(log.produce({ key: 'k', value: 'c' })).toEqual({ partition: 1, offset: 1 })
    expect(log.produce({ key: 'k', value: 'd', partition: 0 })).toEqual({ partition: 0, offset: 1 })
  })

  it('reads from any offset, and can do so again', async () => {
    const { log, clock } = setup()
    for (const value of ['a', 'b', 'c', 'd', 'e']) {
      log.produce({ value, partition: 1 })
      clock.now += 10
    }
    expect(values(await log.fetch(1, 3))).toEqual(['d', 'e'])
    expect(await log.fetch(1, 1, { maxRecords: 1 })).toEqual([{ offset: 1, timestamp: 10, key: null, value: 'b' }])
    expect(await log.fetch(1, 5)).toEqual([])
    await expect(log.fetch(1, 6)).rejects.toThrow(OffsetOutOfRangeError)
    expect(log.offsetForTime(1, 11)).toBe(2)
  })

  it('removes old segments as a whole', async () => {
    const { log } = setup({ retentionRecords: 2 })
    for (const value of ['a', 'b', 'c', 'd', 'e']) log.produce({ value, partition: 0 })
    expect(log.bounds(0)).toEqual({ start: 0, end: 5, segments: 3 })
    log.clean()
    expect(log.bounds(0)).toEqual({ start: 2, end: 5, segments: 2 })
    await expect(log.fetch(0, 0)).rejects.toThrow(OffsetOutOfRangeError)
  })

  it('keeps the latest record of each key', async () => {
    const { log } = setup({ cleanup: 'compact' })
    for (const value of ['a', 'b', 'c', 'd', 'e']) log.produce({ key: value === 'b' ? 'x' : 'k', value, partition: 0 })
    log.clean()
    expect((await log.fetch(0, 0)).map(({ offset, value }) => `${offset} ${value}`)).toEqual(['1 b', '3 d', '4 e'])
  })

  it('waits for records that are to come', async () => {
    const { log, clock } = setup()
    const waiting = log.fetch(0, 0, { maxWaitMs: 500 })
    expect(clock.timers.size).toBe(1)
    log.produce({ value: 'a' })
    expect(values(await waiting)).toEqual(['a'])
    expect(clock.timers.size).toBe(0)
  })
})
