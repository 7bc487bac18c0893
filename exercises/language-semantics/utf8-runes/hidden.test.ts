import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import {
  decodeLastRune,
  decodeRune,
  encodeRune,
  fromRunes,
  RUNE_ERROR,
  runeCount,
  toRunes,
  validUtf8,
} from './solution'

type Solution = typeof import('./solution')

const bytes = (hex: string) => Uint8Array.from(hex.split(' ').filter(Boolean), (byte) => Number.parseInt(byte, 16))
const hex = (b: Uint8Array) => [...b].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
const ERROR = { rune: 0xfffd, size: 1 }

/** What one function gives for each of many inputs, asked in one go; the inputs in hexadecimal. */
function each<N extends 'decodeRune' | 'decodeLastRune' | 'toRunes' | 'validUtf8'>(name: N, inputs: readonly string[]) {
  const driver = (solution: Solution, asked: N, texts: readonly string[]) => {
    return texts.map((text) => {
      const b = Uint8Array.from(text.split(' ').filter(Boolean), (byte) => Number.parseInt(byte, 16))
      return solution[asked](b)
    })
  }
  return inGuest(driver, name, inputs)
}

/** What the encoder gives for each code point, in hexadecimal. */
function encodeEach(runes: readonly number[]): string[] {
  const driver = (solution: Solution, asked: readonly number[]) => asked.map((rune) => [...solution.encodeRune(rune)])
  return inGuest(driver, runes).map((b) => hex(Uint8Array.from(b)))
}

/** Bytes of a code point by the table of the prompt, in arithmetic without bits. */
function encoded(rune: number): number[] {
  const low = (shift: number) => 0x80 + (Math.floor(rune / 64 ** shift) % 64)
  if (rune < 0x80) return [rune]
  if (rune < 0x800) return [0xc0 + Math.floor(rune / 64), low(0)]
  if (rune < 0x10000) return [0xe0 + Math.floor(rune / 4096), low(1), low(0)]
  return [0xf0 + Math.floor(rune / 262144), low(2), low(1), low(0)]
}

/** A rune of any size. */
function someRune(): number {
  return random.pick([
    () => random.int(0, 0x7f),
    () => random.int(0x80, 0x7ff),
    () => random.int(0x4e00, 0x9fff),
    () => random.int(0xe000, 0xffff),
    () => random.int(0x10000, 0x10ffff),
  ])()
}

const someRunes = (count: number) => Array.from({ length: count }, someRune)
const BOUNDARIES = [0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x10ffff]
const SURROGATES = [0xd800, 0xdbff, 0xdc00, 0xdfff]

describe('Encoding', () => {
  it('takes the fewest bytes at every boundary', () => {
    expect(encodeEach(BOUNDARIES)).toEqual(BOUNDARIES.map((rune) => hex(Uint8Array.from(encoded(rune)))))
    expect([...encodeRune(0x1f4be)]).toEqual([0xf0, 0x9f, 0x92, 0xbe])
  })

  it('writes any rune as the table says', () => {
    const runes = someRunes(60)
    expect(encodeEach(runes)).toEqual(runes.map((rune) => hex(Uint8Array.from(encoded(rune)))))
  })

  it('writes U+FFFD for surrogates', () => {
    const bad = [...SURROGATES, random.int(0xd801, 0xdffe)]
    expect(encodeEach(bad)).toEqual(bad.map(() => 'ef bf bd'))
  })

  it('writes U+FFFD for what is no code point at all', () => {
    const bad = [-1, 0x110000, 2 ** 31, 2 ** 32 + 0x41, 65.5, Number.NaN, Number.POSITIVE_INFINITY]
    expect(encodeEach(bad)).toEqual(bad.map(() => 'ef bf bd'))
  })

  it('joins the encodings of many runes', () => {
    const runes = someRunes(random.int(10, 40))
    expect([...fromRunes(runes)]).toEqual(runes.flatMap(encoded))
    expect([...fromRunes([])]).toEqual([])
    expect(hex(fromRunes([0x41, 0xd800, 0x42]))).toBe('41 ef bf bd 42')
  })
})

describe('Decoding', () => {
  it('reads every size of sequence', () => {
    const runes = [...BOUNDARIES, ...someRunes(30)]
    const texts = runes.map((rune) => hex(Uint8Array.from(encoded(rune))))
    expect(each('decodeRune', texts)).toEqual(runes.map((rune) => ({ rune, size: encoded(rune).length })))
    expect(each('validUtf8', texts)).toEqual(runes.map(() => true))
  })

  it('reads at an offset and leaves the rest alone', () => {
    const runes = someRunes(8)
    const b = Uint8Array.from(runes.flatMap(encoded))
    let offset = 0
    for (const rune of runes) {
      expect(decodeRune(b, offset)).toEqual({ rune, size: encoded(rune).length })
      offset += encoded(rune).length
    }
    expect(offset).toBe(b.length)
  })

  it('gives size 0 where nothing is left', () => {
    const b = bytes('41 c3 a9')
    expect(decodeRune(b, 3)).toEqual({ rune: RUNE_ERROR, size: 0 })
    expect(decodeRune(b, 10)).toEqual({ rune: RUNE_ERROR, size: 0 })
    expect(decodeRune(new Uint8Array(0))).toEqual({ rune: 0xfffd, size: 0 })
  })

  it('decodes all runes and counts each once', () => {
    const runes = [0x1f4be, ...someRunes(random.int(10, 40)), 0x1f600]
    const b = Uint8Array.from(runes.flatMap(encoded))
    expect(toRunes(b)).toEqual(runes)
    expect(runeCount(b)).toBe(runes.length)
    const none = new Uint8Array(0)
    expect([toRunes(none), runeCount(none), validUtf8(none)]).toEqual([[], 0, true])
  })

  it('reads a U+FFFD that was written as such', () => {
    expect(decodeRune(bytes('ef bf bd'))).toEqual({ rune: 0xfffd, size: 3 })
    expect(validUtf8(bytes('61 ef bf bd 62'))).toBe(true)
  })

  it('reads bytes that are part of a larger buffer', () => {
    const whole = bytes('ff ff e7 bc 96 ff')
    const part = whole.subarray(2, 5)
    expect(toRunes(part)).toEqual([0x7f16])
    expect(validUtf8(part)).toBe(true)
    expect(decodeLastRune(part)).toEqual({ rune: 0x7f16, size: 3 })
  })

  it('does it without the codecs of the platform', () => {
    const result = inGuest((solution: Solution) => {
      const { encode } = TextEncoder.prototype
      const { decode } = TextDecoder.prototype
      const refuse = () => {
        throw new Error('must not be called')
      }
      Object.assign(TextEncoder.prototype, { encode: refuse })
      Object.assign(TextDecoder.prototype, { decode: refuse })
      try {
        const b = solution.fromRunes([0x41, 0xe9, 0x7f16, 0x1f4be])
        return [...solution.toRunes(b), solution.runeCount(b), solution.validUtf8(b), solution.decodeLastRune(b).size]
      } finally {
        Object.assign(TextEncoder.prototype, { encode })
        Object.assign(TextDecoder.prototype, { decode })
      }
    })
    expect(result).toEqual([0x41, 0xe9, 0x7f16, 0x1f4be, 4, true, 4])
  })
})

describe('Malformed input', () => {
  it('refuses forms that are longer than necessary', () => {
    const bad = ['c0 80', 'c1 bf', 'e0 80 80', 'e0 9f bf', 'f0 80 80 80', 'f0 8f bf bf', 'c0 af', 'e0 80 af']
    expect(each('decodeRune', bad)).toEqual(bad.map(() => ERROR))
    expect(each('validUtf8', bad.map((text) => `41 ${text} 42`))).toEqual(bad.map(() => false))
  })

  it('refuses surrogates', () => {
    const bad = ['ed a0 80', 'ed af bf', 'ed b0 80', 'ed bf bf', 'ed a0 bd ed b2 be']
    expect(each('decodeRune', bad)).toEqual(bad.map(() => ERROR))
    expect(each('validUtf8', bad.map((text) => `41 ${text} 42`))).toEqual(bad.map(() => false))
    expect(validUtf8(bytes('ed 9f bf ee 80 80'))).toBe(true)
  })

  it('refuses numbers above U+10FFFF', () => {
    const bad = ['f4 90 80 80', 'f5 80 80 80', 'f7 bf bf bf']
    expect(each('decodeRune', bad)).toEqual(bad.map(() => ERROR))
    expect(each('validUtf8', bad.map((text) => `41 ${text} 42`))).toEqual(bad.map(() => false))
    expect(decodeRune(bytes('f4 8f bf bf'))).toEqual({ rune: 0x10ffff, size: 4 })
  })

  it('refuses bytes that begin no sequence', () => {
    const lone = ['80', 'bf', '87 bc 96', '81 80 80 80']
    const bad = [...lone, 'f8 88 80 80 80', 'f8 90 80 80', 'fc 84 80 80 80 80', 'fe', 'ff']
    expect(each('decodeRune', bad)).toEqual(bad.map(() => ERROR))
    expect(each('validUtf8', bad.map((text) => `41 ${text} 42`))).toEqual(bad.map(() => false))
  })

  it('refuses a sequence with anything but continuation bytes in it', () => {
    const bad = ['c3 28', 'c3 e9', 'e7 28 96', 'e7 bc 41', 'e7 bc c3', 'f0 9f 92 41', 'f0 9f 41 be', 'f0 41 92 be']
    expect(each('decodeRune', bad)).toEqual(bad.map(() => ERROR))
    expect(each('validUtf8', bad.map((text) => `41 ${text} 42`))).toEqual(bad.map(() => false))
  })

  it('goes on with the very next byte after an error', () => {
    expect(toRunes(bytes('e7 41'))).toEqual([0xfffd, 0x41])
    expect(toRunes(bytes('f0 9f c3 a9'))).toEqual([0xfffd, 0xfffd, 0xe9])
    expect(toRunes(bytes('e7 e7 bc 96'))).toEqual([0xfffd, 0x7f16])
    expect(toRunes(bytes('c3 f0 9f 92 be 80'))).toEqual([0xfffd, 0x1f4be, 0xfffd])
  })

  it('counts each byte of a truncated character', () => {
    const whole = [0xe9, 0x7f16, 0x1f4be, random.int(0x10000, 0x10ffff)].map(encoded)
    const cut = whole.flatMap((b) => b.slice(1).map((_, i) => [0x41, ...b.slice(0, i + 1)]))
    const texts = cut.map((b) => hex(Uint8Array.from(b)))
    expect(each('toRunes', texts)).toEqual(cut.map(([first, ...rest]) => [first, ...rest.map(() => 0xfffd)]))
    expect(each('validUtf8', texts)).toEqual(cut.map(() => false))
    expect(runeCount(bytes('41 f0 9f 92'))).toBe(4)
  })

  it('counts each byte of a forged character', () => {
    expect(runeCount(bytes('ed a0 80'))).toBe(3)
    expect(toRunes(bytes('f4 90 80 80 41'))).toEqual([0xfffd, 0xfffd, 0xfffd, 0xfffd, 0x41])
    expect(runeCount(bytes('c0 80'))).toBe(2)
  })

  it('is right about any bytes', () => {
    const pool = [0x41, 0x7f, 0x80, 0xa0, 0x9f, 0xbf, 0xc0, 0xc3, 0xe0, 0xed, 0xe7, 0xf0, 0xf4, 0xf5, 0xff]
    const forged = [0xc0, 0x80, 0x41, 0xed, 0xa0, 0x80, 0x41, 0xf4, 0x90, 0x80, 0x80, 0xe7, 0x41, 0xc3, 0x41]
    const inputs = Array.from({ length: 6 }, () => [...forged, ...Array.from({ length: 30 }, () => random.pick(pool))])
    const texts = inputs.map((b) => hex(Uint8Array.from(b)))
    expect(each('toRunes', texts)).toEqual(inputs.map((b) => modelRunes(b).map(({ rune }) => rune)))
  })
})

/** Decoding by trying all lengths against the encoder of the test. */
function modelRunes(b: number[]): Array<{ rune: number }> {
  const runes: Array<{ rune: number }> = []
  for (let at = 0; at < b.length; ) {
    const found = [1, 2, 3, 4].map((size) => candidate(b.slice(at, at + size), size)).find((rune) => rune !== null)
    runes.push({ rune: found ?? 0xfffd })
    at += found == null ? 1 : encoded(found).length
  }
  return runes
}

/** The rune whose encoding is exactly these bytes. */
function candidate(b: number[], size: number): number | null {
  if (b.length < size) return null
  const high = [0, 0x7f, 0x1f, 0x0f, 0x07][size] ?? 0
  const rune = b.slice(1).reduce((sum, byte) => sum * 64 + (byte % 64), (b[0] ?? 0) & high)
  const isRune = rune <= 0x10ffff && (rune < 0xd800 || rune > 0xdfff)
  return isRune && encoded(rune).join() === b.join() ? rune : null
}

describe('Backwards', () => {
  it('finds the last rune of every prefix', () => {
    const runes = someRunes(12)
    const prefixes = runes.map((_, i) => hex(Uint8Array.from(runes.slice(0, i + 1).flatMap(encoded))))
    expect(each('decodeLastRune', prefixes)).toEqual(runes.map((rune) => ({ rune, size: encoded(rune).length })))
    const b = Uint8Array.from([...encoded(0x7f16), ...encoded(0xe9)])
    expect([decodeLastRune(b), decodeLastRune(b, 3)]).toEqual([
      { rune: 0xe9, size: 2 },
      { rune: 0x7f16, size: 3 },
    ])
  })

  it('takes the last byte alone if no sequence ends there', () => {
    const cut = ['80', '41 80', 'e7 bc', 'f0 9f 92', 'c3 a9 a9', '80 80 80 80 80']
    const bad = [...cut, 'ed a0 80', 'c0 80', 'f4 90 80 80', 'ff']
    expect(each('decodeLastRune', bad)).toEqual(bad.map(() => ERROR))
    expect(decodeLastRune(bytes('e7 bc 41'))).toEqual({ rune: 0x41, size: 1 })
  })

  it('does not look beyond the end it is given', () => {
    const b = bytes('41 e7 bc 96')
    expect(decodeLastRune(b, 3)).toEqual(ERROR)
    expect(decodeLastRune(b, 1)).toEqual({ rune: 0x41, size: 1 })
  })

  it('does not complete a sequence with bytes from the end on', () => {
    expect(decodeLastRune(bytes('41 c3 a9'), 2)).toEqual(ERROR)
    expect(decodeLastRune(bytes('41 e7 bc 96'), 2)).toEqual(ERROR)
    expect(decodeLastRune(bytes('f0 9f 92 be'), 1)).toEqual(ERROR)
  })

  it('gives size 0 where nothing is before the end', () => {
    expect(decodeLastRune(new Uint8Array(0))).toEqual({ rune: 0xfffd, size: 0 })
    expect(decodeLastRune(bytes('41'), 0)).toEqual({ rune: 0xfffd, size: 0 })
  })

  it('takes the length for an end that lies beyond it', () => {
    expect(decodeLastRune(bytes('c3 a9'), random.int(3, 99))).toEqual({ rune: 0xe9, size: 2 })
  })

  it('walks back over a long text in linear time', () => {
    const steps = inGuest((solution: typeof import('./solution'), count: number) => {
      const b = solution.fromRunes(Array.from({ length: count }, (_, i) => (i % 2 ? 0x7f16 : 0x80)))
      let end = b.length
      let runes = 0
      while (end > 0 && runes <= count) {
        end -= solution.decodeLastRune(b, end).size
        runes++
      }
      return runes
    }, 4_000)
    expect(steps).toBe(4_000)
  })
})
