import { describe, expect, it } from 'vitest'
import { base64urlDecode, base64urlEncode, JwtError, type Mac, sign, verify } from './solution'

const KEY = Uint8Array.of(1, 2, 3)

/** No real hash: two bytes that depend on everything they should depend on. */
const mac: Mac = (alg, key, data) => {
  let sum = alg.length
  for (const byte of [...key, ...data]) sum = (sum * 31 + byte) % 65_521
  return Uint8Array.of(sum >> 8, sum & 255)
}

const rules = { algs: ['HS256'], keyFor: () => KEY, now: () => 1_700_000_000_000, mac }

describe('JSON Web Tokens', () => {
  it('are written in base64url', () => {
    const header = new TextEncoder().encode('{"alg":"HS256","typ":"JWT"}')
    expect(base64urlEncode(header)).toBe('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9')
    expect([...base64urlDecode('-_8')]).toEqual([0xfb, 0xff])
  })

  it('are verified by whoever has the key', () => {
    const token = sign({ sub: '42' }, { alg: 'HS256', key: KEY, mac })
    expect(token.startsWith('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiJ9.')).toBe(true)
    expect(verify(token, rules)).toEqual({ sub: '42' })
  })

  it('are refused when they were changed', () => {
    const [header, , signature] = sign({ sub: '42' }, { alg: 'HS256', key: KEY, mac }).split('.')
    const forged = `${header}.${base64urlEncode(new TextEncoder().encode('{"sub":"1"}'))}.${signature}`
    expect(() => verify(forged, rules)).toThrow(JwtError)
  })

  it('expire', () => {
    const token = sign({ exp: 1_700_000_060 }, { alg: 'HS256', key: KEY, mac })
    expect(verify(token, rules)).toEqual({ exp: 1_700_000_060 })
    expect(() => verify(token, { ...rules, now: () => 1_700_000_060_000 })).toThrow(JwtError)
  })
})
