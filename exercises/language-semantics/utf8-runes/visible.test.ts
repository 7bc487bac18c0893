import { describe, expect, it } from 'vitest'
import { decodeLastRune, decodeRune, encodeRune, RUNE_ERROR, runeCount, toRunes, validUtf8 } from './solution'

const bytes = (hex: string) => Uint8Array.from(hex.split(' ').filter(Boolean), (byte) => Number.parseInt(byte, 16))

describe('UTF-8', () => {
  it('writes common Chinese in three bytes', () => {
    expect([...encodeRune(0x7f16)]).toEqual([0xe7, 0xbc, 0x96])
    expect(decodeRune(bytes('e7 bc 96'))).toEqual({ rune: 0x7f16, size: 3 })
  })

  it('counts runes, not bytes', () => {
    const text = bytes('48 69 e7 bc 96 f0 9f 92 be')
    expect(runeCount(text)).toBe(4)
    expect(toRunes(text)).toEqual([0x48, 0x69, 0x7f16, 0x1f4be])
  })

  it('gives one error for each byte of a truncated character', () => {
    expect(toRunes(bytes('41 e7 bc 42'))).toEqual([0x41, RUNE_ERROR, RUNE_ERROR, 0x42])
  })

  it('refuses an overlong form', () => {
    expect(validUtf8(bytes('c0 80'))).toBe(false)
    expect(decodeRune(bytes('c0 80'))).toEqual({ rune: RUNE_ERROR, size: 1 })
  })

  it('finds the last rune', () => {
    expect(decodeLastRune(bytes('41 c3 a9'))).toEqual({ rune: 0xe9, size: 2 })
  })
})
