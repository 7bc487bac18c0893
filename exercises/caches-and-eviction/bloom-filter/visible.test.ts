import { describe, expect, it } from 'vitest'
import { BloomFilter } from './solution'

describe('BloomFilter', () => {
  it('derives its size from the number of keys and the rate of false positives', () => {
    const filter = new BloomFilter({ expected: 1000, falsePositiveRate: 0.01 })
    expect([filter.bits, filter.hashes]).toEqual([9586, 7])
  })

  it('finds what was added', () => {
    const filter = new BloomFilter({ bits: 1000, hashes: 3 })
    expect(filter.mightContain('user:17')).toBe(false)
    filter.add('user:17')
    expect(filter.mightContain('user:17')).toBe(true)
  })

  it('has three bits set for three hashes of one key', () => {
    const filter = new BloomFilter({ bits: 100_000, hashes: 3 })
    expect(filter.fillRatio()).toBe(0)
    filter.add('user:17')
    expect(filter.fillRatio()).toBeLessThanOrEqual(3 / 100_000)
    expect(filter.fillRatio()).toBeGreaterThan(0)
  })

  it('can be saved and restored', () => {
    const filter = new BloomFilter({ bits: 1001, hashes: 3 })
    filter.add('user:17')
    const data = filter.export()
    expect(data.length).toBe(126)
    expect(BloomFilter.from(1001, 3, data).mightContain('user:17')).toBe(true)
  })

  it('refuses what makes no sense', () => {
    expect(() => new BloomFilter({ expected: 1000, falsePositiveRate: 1 })).toThrow(RangeError)
    expect(() => new BloomFilter({ bits: 0, hashes: 3 })).toThrow(RangeError)
  })
})
