import { describe, expect, it } from 'vitest'
import { decodeInt, encodeInt, type HeaderField, HpackDecoder, HpackEncoder, HpackError } from './solution'

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')

const FIRST: readonly HeaderField[] = [
  [':method', 'GET'],
  [':scheme', 'http'],
  [':path', '/'],
  [':authority', 'www.example.com'],
]

describe('HPACK', () => {
  it('writes integers with a prefix', () => {
    expect(hex(encodeInt(10, 5))).toBe('0a')
    expect(hex(encodeInt(1337, 5))).toBe('1f 9a 0a')
    expect(decodeInt(Uint8Array.of(0x1f, 0x9a, 0x0a), 0, 5)).toEqual({ value: 1337, next: 3 })
  })

  it('remembers a field and then names it by its index', () => {
    const encoder = new HpackEncoder()
    expect(hex(encoder.encode(FIRST))).toBe('82 86 84 41 0f 77 77 77 2e 65 78 61 6d 70 6c 65 2e 63 6f 6d')
    expect(hex(encoder.encode(FIRST))).toBe('82 86 84 be')
  })

  it('reads what was written', () => {
    const [encoder, decoder] = [new HpackEncoder(), new HpackDecoder()]
    for (let i = 0; i < 2; i++) expect(decoder.decode(encoder.encode(FIRST))).toEqual(FIRST)
    expect(decoder.dynamic).toEqual([[':authority', 'www.example.com']])
  })

  it('keeps a sensitive field out of the table', () => {
    const block = new HpackEncoder().encode([['authorization', 'x', { sensitive: true }]])
    expect(hex(block)).toBe('1f 08 01 78')
    const decoder = new HpackDecoder()
    expect(decoder.decode(block)).toEqual([['authorization', 'x']])
    expect(decoder.dynamic).toEqual([])
  })

  it('refuses an index that nothing has', () => {
    expect(() => new HpackDecoder().decode(Uint8Array.of(0xbe))).toThrow(HpackError)
  })
})
