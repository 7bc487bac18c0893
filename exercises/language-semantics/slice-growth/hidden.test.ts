import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { nextCap, roundedCap } from './solution'

const RULES = ['pre1.18', '1.18+'] as const
/** The first size classes of Go's allocator. */
const CLASSES = [8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384]

/** One step of a rule, in exact integers. */
function step(cap: number, rule: (typeof RULES)[number]): number {
  const wide = BigInt(cap)
  return Number(wide + (wide + (rule === 'pre1.18' ? 0n : 768n)) / 4n)
}

function stepsUntil(cap: number, needed: number, rule: (typeof RULES)[number]): number {
  return cap >= needed ? cap : stepsUntil(step(cap, rule), needed, rule)
}

describe('Requests', () => {
  it('gives exactly what is asked for if that is more than double', () => {
    for (const rule of RULES) {
      for (const old of [1, 2, 255, 256, 1023, 1024, random.int(3, 5000)]) {
        for (const more of [1, 2, random.int(3, 10_000)]) {
          expect(nextCap(old, 2 * old + more, rule)).toBe(2 * old + more)
        }
      }
    }
  })

  it('gives an empty slice exactly what it asks for', () => {
    for (const rule of RULES) {
      for (const needed of [1, 2, 3, random.int(4, 3000)]) expect(nextCap(0, needed, rule)).toBe(needed)
    }
  })

  it('refuses what is no growth or no number of elements', () => {
    const bad = [[4, 4], [4, 3], [-1, 3], [-2, -1], [1.5, 3], [2, 3.5], [Number.NaN, 3], [3, Number.NaN], [0, 0]] as const
    for (const rule of RULES) {
      for (const [old, needed] of bad) expect(() => nextCap(old, needed, rule)).toThrow(RangeError)
      expect(() => nextCap(3, Number.POSITIVE_INFINITY, rule)).toThrow(RangeError)
      expect(() => roundedCap(4, 4, 8, rule, CLASSES)).toThrow(RangeError)
    }
  })
})

describe('Doubling', () => {
  it('doubles below 256 under both rules', () => {
    for (const rule of RULES) {
      for (const old of [1, 2, 3, 100, random.int(4, 127)]) {
        expect(nextCap(old, old + 1, rule)).toBe(2 * old)
        expect(nextCap(old, 2 * old, rule)).toBe(2 * old)
      }
    }
  })

  it('doubles below 1024 under the old rule', () => {
    for (const old of [256, 257, 511, random.int(258, 510)]) expect(nextCap(old, old + 1, 'pre1.18')).toBe(2 * old)
  })

  it('decides by the old capacity, not by the request', () => {
    for (const old of [255, random.int(190, 254)]) {
      for (const needed of [256, 2 * old - 1]) expect(nextCap(old, needed, '1.18+')).toBe(2 * old)
    }
    for (const old of [1023, random.int(800, 1022)]) {
      for (const needed of [1024, 2 * old - 1]) expect(nextCap(old, needed, 'pre1.18')).toBe(2 * old)
    }
  })
})

describe('Steps', () => {
  it('grows by a quarter from 1024 on under the old rule', () => {
    for (const old of [1024, 1028, 4 * random.int(258, 5000)]) expect(nextCap(old, old + 1, 'pre1.18')).toBe(old * 1.25)
  })

  it('passes smoothly from doubling to a quarter under the new rule, from 256 on', () => {
    for (const old of [512, 1000, 4 * random.int(100, 250)]) {
      expect(nextCap(old, old + 1, '1.18+')).toBe(step(old, '1.18+'))
    }
  })

  it('grows by a quarter and 192 above 1024 under the new rule', () => {
    for (const old of [1024, 4 * random.int(258, 5000)]) expect(nextCap(old, old + 1, '1.18+')).toBe(old * 1.25 + 192)
  })

  it('repeats the step until the request fits', () => {
    expect(nextCap(1024, 2000, '1.18+')).toBe(2032)
    for (const rule of RULES) {
      for (const old of [1024, 2048, 4096, 256 * random.int(5, 40)]) {
        for (const needed of [2 * old, 2 * old - 1, Math.ceil(old * 1.6)]) {
          expect(nextCap(old, needed, rule)).toBe(stepsUntil(old, needed, rule))
        }
      }
    }
  })

  it('stops as soon as the request fits exactly', () => {
    for (const old of [1024, 4 * random.int(260, 3000)]) {
      for (const rule of RULES) expect(nextCap(old, step(old, rule), rule)).toBe(step(old, rule))
    }
    expect(nextCap(1024, 2000, 'pre1.18')).toBe(2000)
  })

  it('divides integers in every step', () => {
    for (const old of [1025, 1026, 1027, 4 * random.int(300, 3000) + 3]) {
      for (const rule of RULES) {
        expect(nextCap(old, old + 1, rule)).toBe(step(old, rule))
        expect(nextCap(old, 2 * old, rule)).toBe(stepsUntil(old, 2 * old, rule))
      }
    }
  })

  it('is exact for capacities beyond 32 bits', () => {
    for (const old of [3_000_000_000, 2 ** 33 + 5, 2 ** 38 + random.int(0, 2 ** 30)]) {
      for (const rule of RULES) expect(nextCap(old, old + 1, rule)).toBe(step(old, rule))
    }
  })
})

describe('Size classes', () => {
  it('rounds the bytes up to the next class', () => {
    // 5 elements of 8 bytes are 40, which lies between 32 and 48; 130 is much nearer to 128 than to 144.
    expect(roundedCap(2, 5, 8, '1.18+', CLASSES)).toBe(6)
    expect(roundedCap(60, 130, 1, '1.18+', CLASSES)).toBe(144)
    expect(roundedCap(60, 161, 1, 'pre1.18', CLASSES)).toBe(176)
    for (const needed of random.shuffle([9, 17, 33, 49, 65, 81, 97])) {
      expect(roundedCap(1, needed, 1, '1.18+', CLASSES)).toBe(CLASSES.find((size) => size >= needed))
    }
  })

  it('keeps a size that is a class', () => {
    for (const needed of [...random.shuffle(CLASSES).slice(0, 5), 384]) {
      expect(roundedCap(0, needed, 1, '1.18+', CLASSES)).toBe(needed)
    }
  })

  it('counts only elements that fit whole', () => {
    // 5 * 5 = 25 bytes become 32: 6 elements. 7 * 3 = 21 become 24: 8. 3 * 24 = 72 become 80: 3.
    expect(roundedCap(0, 5, 5, '1.18+', CLASSES)).toBe(6)
    expect(roundedCap(0, 7, 3, '1.18+', CLASSES)).toBe(8)
    expect(roundedCap(1, 3, 24, 'pre1.18', CLASSES)).toBe(3)
  })

  it('rounds what is larger than every class to whole pages', () => {
    for (const rule of RULES) expect(roundedCap(0, 49, 8, rule, CLASSES)).toBe(1024)
    const needed = random.int(2000, 9000)
    expect(roundedCap(0, needed, 24, '1.18+', CLASSES)).toBe(Math.floor((Math.ceil((needed * 24) / 8192) * 8192) / 24))
    expect(roundedCap(0, 8192, 3, '1.18+', CLASSES)).toBe(8192)
  })

  it('takes the size of a page that it is given', () => {
    const page = random.pick([512, 1000, 4096])
    expect(roundedCap(0, 5001, 1, '1.18+', CLASSES, page)).toBe(Math.ceil(5001 / page) * page)
    expect(roundedCap(0, 1, 8, '1.18+', [], page)).toBe(page / 8)
  })

  it('grows by the rule before it rounds', () => {
    expect(roundedCap(4, 5, 8, '1.18+', CLASSES)).toBe(8)
    expect(roundedCap(3, 4, 12, 'pre1.18', CLASSES)).toBe(6)
    for (const rule of RULES) {
      const bytes = step(1100, rule) * 8
      expect(roundedCap(1100, 1101, 8, rule, CLASSES)).toBe(Math.ceil(bytes / 8192) * 1024)
    }
  })

  it('refuses sizes that are no positive number of bytes', () => {
    for (const size of [0, -8, 1.5, Number.NaN]) {
      expect(() => roundedCap(1, 2, size, '1.18+', CLASSES)).toThrow(RangeError)
      expect(() => roundedCap(1, 2, 8, '1.18+', CLASSES, size)).toThrow(RangeError)
    }
  })
})
