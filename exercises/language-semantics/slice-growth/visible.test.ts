import { describe, expect, it } from 'vitest'
import { nextCap, roundedCap } from './solution'

describe('slice growth', () => {
  it('doubles a small slice', () => {
    expect(nextCap(4, 5, 'pre1.18')).toBe(8)
    expect(nextCap(4, 5, '1.18+')).toBe(8)
  })

  it('takes a request for more than double as it is', () => {
    expect(nextCap(2, 5, '1.18+')).toBe(5)
    expect(nextCap(0, 1, 'pre1.18')).toBe(1)
  })

  it('takes the steps of each rule', () => {
    expect(nextCap(1024, 1025, 'pre1.18')).toBe(1280)
    expect(nextCap(1024, 1025, '1.18+')).toBe(1472)
  })

  it('refuses a request that already fits', () => {
    expect(() => nextCap(8, 8, '1.18+')).toThrow(RangeError)
  })

  it('rounds up to a size class', () => {
    expect(roundedCap(2, 5, 8, '1.18+', [8, 16, 24, 32, 48, 64])).toBe(6)
  })
})
