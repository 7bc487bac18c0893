import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { base64urlDecode, base64urlEncode, JwtError, type Mac, sign, verify } from './solution'

type Solution = typeof import('./solution')
type Rules = Parameters<typeof verify>[1]

const NOW_SEC = 1_700_000_000
const KEY = Uint8Array.of(7, 0, 255, 3)

const utf8 = (text: string) => new TextEncoder().encode(text)
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

function base64url(bytes: Uint8Array | readonly number[]): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** No real hash: eight bytes that depend on algorithm, key and every byte of the data. */
const mac: Mac = (alg, key, data) => {
  const all = [...utf8(alg), 0, ...key, 0, ...data]
  return Uint8Array.from({ length: 8 }, (_, i) => {
    let sum = i + 1
    for (const byte of all) sum = (sum * (31 + 2 * i) + byte) % 65_521
    return sum & 255
  })
}

const rules = (over: Partial<Rules> = {}): Rules => {
  return { algs: ['HS256'], keyFor: () => KEY, now: () => NOW_SEC * 1000, mac, ...over }
}

/** A token with the right signature, made of any header and payload; texts are taken as they are. */
function tokenOf(header: unknown, payload: unknown, key = KEY): string {
  const [head, body] = [header, payload].map((part) => {
    if (part instanceof Uint8Array) return base64url(part)
    return base64url(utf8(typeof part === 'string' ? part : JSON.stringify(part)))
  })
  const alg = typeof header === 'object' && header !== null && 'alg' in header ? String(header.alg) : 'HS256'
  return `${head}.${body}.${base64url(mac(alg, key, utf8(`${head}.${body}`)))}`
}

const HEADER = { alg: 'HS256', typ: 'JWT' }

function codeOf(fn: () => unknown): string {
  try {
    fn()
  } catch (error) {
    return error instanceof JwtError ? error.code : `no JwtError: ${String(error)}`
  }
  return 'accepted'
}

const check = (token: string, over?: Partial<Rules>) => codeOf(() => verify(token, rules(over)))

/** A token and what is different from the usual rules when it is verified. */
interface Case {
  token: string
  /** Milliseconds. */
  at?: number
  noKey?: boolean
  /** The keyed hash gives no bytes at all. */
  noMac?: boolean
  rules?: { algs?: string[]; leewaySec?: number; issuer?: string; audience?: string }
}

/** What becomes of many tokens: all are verified beside the solution, by the rules and with the hash of above. */
function checkAll(cases: readonly Case[]): string[] {
  const driver = (solution: Solution, key: number[], now: number, text: string) => {
    const macOf: Mac = (alg, secret, data) => {
      const all = [...new TextEncoder().encode(alg), 0, ...secret, 0, ...data]
      return Uint8Array.from({ length: 8 }, (_, i) => {
        let sum = i + 1
        for (const byte of all) sum = (sum * (31 + 2 * i) + byte) % 65_521
        return sum & 255
      })
    }
    const outcome = ({ token, at = now, noKey, noMac, rules: over }: Case) => {
      try {
        solution.verify(token, {
          algs: ['HS256'],
          keyFor: () => (noKey ? null : Uint8Array.from(key)),
          now: () => at,
          mac: noMac ? () => new Uint8Array(0) : macOf,
          ...over,
        })
        return 'accepted'
      } catch (error) {
        return error instanceof solution.JwtError ? error.code : 'no JwtError'
      }
    }
    return (JSON.parse(text) as Case[]).map(outcome).join()
  }
  return inGuest(driver, [...KEY], NOW_SEC * 1000, JSON.stringify(cases)).split(',')
}

/** What becomes of well-signed tokens with these claims. */
function claims(payloads: readonly unknown[], over: Omit<Case, 'token'> = {}): string[] {
  return checkAll(payloads.map((payload) => ({ token: tokenOf(HEADER, payload), ...over })))
}

const all = (outcome: string, count: number) => Array<string>(count).fill(outcome)

/** What these texts decode to, as hexadecimal digits, or the code of the error. */
function decodeAll(texts: readonly string[]): string[] {
  const driver = (solution: Solution, list: string) => {
    const outcome = (encoded: string) => {
      try {
        const bytes = solution.base64urlDecode(encoded)
        return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
      } catch (error) {
        return error instanceof solution.JwtError ? error.code : 'no JwtError'
      }
    }
    return (JSON.parse(list) as string[]).map(outcome).join()
  }
  return inGuest(driver, JSON.stringify(texts)).split(',')
}

const hex = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
const someBytes = (length: number) => Array.from({ length }, () => random.int(0, 255))

describe('Base64url', () => {
  it('encodes with - and _, without padding', () => {
    expect(base64urlEncode(Uint8Array.of(0xfb, 0xff))).toBe('-_8')
    for (const length of [0, 1, 2, 3, random.int(4, 20)]) {
      const bytes = someBytes(length)
      expect(base64urlEncode(Uint8Array.from(bytes))).toBe(base64url(bytes))
    }
    expect(base64urlEncode(utf8('{"alg":"HS256","typ":"JWT"}'))).toBe('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9')
  })

  it('decodes what was encoded', () => {
    const several = [0, 1, 2, 3, 4, 5, 6, 30].map(someBytes)
    expect(decodeAll(several.map(base64url))).toEqual(several.map(hex))
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    expect(base64url(base64urlDecode(alphabet))).toBe(alphabet)
  })

  it('refuses every other character', () => {
    const bad = ['ab+d', 'ab/d', 'abc=', 'QQ==', 'ab d', 'abc\n', 'ab.d', 'abc\u00e9', 'ab\u{1f600}']
    expect(decodeAll(bad)).toEqual(all('malformed', bad.length))
  })

  it('refuses a length that no bytes have', () => {
    expect(decodeAll(['A', 'AAAAA', 'AAAAAAAAA'])).toEqual(all('malformed', 3))
  })

  it('refuses bits that are left over at the end and not 0', () => {
    expect(decodeAll(['AB', 'AP', 'AAB', 'AAC', '-_9'])).toEqual(all('malformed', 5))
    expect(decodeAll(['AQ', 'AAE'])).toEqual(['01', '0001'])
  })
})

describe('Signing', () => {
  it('writes algorithm, type and key id into the header, in this order', () => {
    const [header] = sign({}, { alg: 'HS256', key: KEY, mac }).split('.')
    expect(text(base64urlDecode(header ?? ''))).toBe('{"alg":"HS256","typ":"JWT"}')
    const [named] = sign({}, { alg: 'HS384', key: KEY, kid: 'k-7', mac }).split('.')
    expect(text(base64urlDecode(named ?? ''))).toBe('{"alg":"HS384","typ":"JWT","kid":"k-7"}')
  })

  it('writes the payload as JSON in UTF-8', () => {
    const payload = { name: 'Zoë', city: '上海', mood: '😀', n: random.int(1, 1e6), roles: ['a', { b: null }] }
    const [, body] = sign(payload, { alg: 'HS256', key: KEY, mac }).split('.')
    expect(body).toBe(base64url(utf8(JSON.stringify(payload))))
  })

  it('signs header and payload as they stand in the token', () => {
    const key = Uint8Array.from({ length: 5 }, () => random.int(0, 255))
    const spy = vi.fn(mac)
    const token = sign({ sub: 'x' }, { alg: 'HS512', key, mac: spy })
    const [head, body, signature] = token.split('.')
    expect(token.split('.')).toHaveLength(3)
    expect(signature).toBe(base64url(mac('HS512', key, utf8(`${head}.${body}`))))
    expect(spy).toHaveBeenCalledTimes(1)
  })

  it('refuses to leave a token unsigned', () => {
    for (const alg of ['none', 'None', 'NONE']) {
      const spy = vi.fn(mac)
      expect(codeOf(() => sign({}, { alg, key: KEY, mac: spy }))).toBe('alg')
      expect(spy).not.toHaveBeenCalled()
    }
  })
})

/** The token that the JWT site shows. */
const SAMPLE = [
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
  'eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ',
  'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
].join('.')

/** What becomes of these tokens with HS256 of exactly that sample; any other data gets other bytes. */
function verifySamples(tokens: readonly string[]): unknown[] {
  const driver = (solution: Solution, sample: string, secret: string, list: string) => {
    const toText = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
    const known = atob('SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV/adQssw5c=')
    const sampleMac: Mac = (alg, key, data) => {
      const isSample = alg === 'HS256' && toText(key) === secret && sample.startsWith(`${toText(data)}.`)
      return Uint8Array.from(known, (char) => char.charCodeAt(0) ^ (isSample ? 0 : 0x55))
    }
    const keyFor = () => new TextEncoder().encode(secret)
    const outcome = (token: string) => {
      try {
        return solution.verify(token, { algs: ['HS256'], keyFor, now: () => 1_700_000_000_000, mac: sampleMac })
      } catch {
        return 'refused'
      }
    }
    return JSON.stringify((JSON.parse(list) as string[]).map(outcome))
  }
  return JSON.parse(inGuest(driver, SAMPLE, 'your-256-bit-secret', JSON.stringify(tokens))) as unknown[]
}

describe('Verification', () => {
  it('gives back what was signed', () => {
    const payload = { sub: String(random.int(1, 1e9)), name: 'Zoë 上海 😀', nested: { list: [1, null, true] } }
    expect(verify(sign(payload, { alg: 'HS256', key: KEY, mac }), rules())).toEqual(payload)
    expect(verify(tokenOf({ typ: 'JWT', alg: 'HS256', more: 1 }, payload), rules())).toEqual(payload)
    expect(verify(tokenOf({ alg: 'HS256' }, '{ "a" : 1 }'), rules())).toEqual({ a: 1 })
  })

  it('accepts the token of a real library', () => {
    const payload = { sub: '1234567890', name: 'John Doe', iat: 1516239022 }
    expect(verifySamples([SAMPLE])).toEqual([payload])
  })

  it('refuses a token with any one character changed', () => {
    const ends = [SAMPLE.indexOf('.') - 1, SAMPLE.lastIndexOf('.') - 1, SAMPLE.length - 1]
    const others = Array.from({ length: 6 }, () => random.int(0, SAMPLE.length - 1))
    const places = [...ends, SAMPLE.indexOf('MjM0'), ...others]
    const changed = places.map((place) => {
      return `${SAMPLE.slice(0, place)}${SAMPLE[place] === 'd' ? 'e' : 'd'}${SAMPLE.slice(place + 1)}`
    })
    expect(verifySamples(changed)).toEqual(all('refused', places.length))
  })

  it('accepts only algorithms on the list, before any key is used', () => {
    const tokens = ['HS512', 'hs256', 'RS256', ''].map((alg) => ({ token: tokenOf({ alg }, {}) }))
    expect(checkAll(tokens)).toEqual(all('alg', 4))
    const keyFor = vi.fn(() => KEY)
    const spy = vi.fn(mac)
    expect(check(tokenOf({ alg: 'RS256' }, {}), { keyFor, mac: spy })).toBe('alg')
    expect(keyFor).not.toHaveBeenCalled()
    expect(spy).not.toHaveBeenCalled()
  })

  it('checks with the algorithm of the header if it is on the list', () => {
    const over = { rules: { algs: ['HS256', 'HS384'] } }
    const tokens = ['HS256', 'HS384', 'HS512'].map((alg) => ({ token: tokenOf({ alg }, {}), ...over }))
    expect(checkAll(tokens)).toEqual(['accepted', 'accepted', 'alg'])
    expect(claims([{}], { rules: { algs: [] } })).toEqual(['alg'])
  })

  it('never accepts an unsigned token', () => {
    const unsigned = (alg: string) => tokenOf({ alg }, { sub: 'admin' }).replace(/[^.]*$/, '')
    const names = ['none', 'None', 'NONE']
    expect(checkAll(names.map((alg) => ({ token: unsigned(alg) })))).toEqual(all('alg', 3))
    const listed = names.map((alg) => ({ token: unsigned(alg), noMac: true, rules: { algs: ['HS256', alg] } }))
    expect(checkAll(listed)).toEqual(all('alg', 3))
    expect(check(unsigned('HS256'))).toBe('signature')
  })

  it('asks for the key of the key id', () => {
    const keys = new Map([['a', Uint8Array.of(1)], ['b', Uint8Array.of(2)]])
    const keyFor = vi.fn((kid: string | undefined) => keys.get(kid ?? 'b') ?? null)
    const token = (kid: string | undefined, key: number) => tokenOf({ alg: 'HS256', kid }, {}, Uint8Array.of(key))
    expect(check(token('a', 1), { keyFor })).toBe('accepted')
    expect(check(token(undefined, 2), { keyFor })).toBe('accepted')
    expect(keyFor.mock.calls).toEqual([['a'], [undefined]])
    expect(check(token('a', 2), { keyFor })).toBe('signature')
    const spy = vi.fn(mac)
    expect(check(token('c', 1), { keyFor, mac: spy })).toBe('key')
    expect(spy).not.toHaveBeenCalled()
  })

  it('compares the whole signature', () => {
    const [head, body, signature] = tokenOf(HEADER, {}).split('.')
    const right = [...base64urlDecode(signature ?? '')]
    const signed = (bytes: readonly number[]) => ({ token: `${head}.${body}.${base64url(bytes)}` })
    const changed = [0, 7, random.int(1, 6)].map((place) => {
      return right.map((byte, i) => (i === place ? byte ^ (1 << random.int(0, 7)) : byte))
    })
    const twice = right.map((byte, i) => (i === 1 || i === 4 ? byte ^ 9 : byte))
    expect(checkAll([right].map(signed))).toEqual(['accepted'])
    expect(checkAll([...changed, twice, right.slice(0, -1), [...right, 0]].map(signed))).toEqual(all('signature', 6))
  })

  it('takes nothing for a token that has not three parts', () => {
    const token = tokenOf(HEADER, {})
    const unsigned = token.slice(0, token.lastIndexOf('.'))
    const bad = ['', 'abc', unsigned, `${token}.`, `.${token}`, token.replace('.', '')]
    expect(checkAll(bad.map((text) => ({ token: text })))).toEqual(all('malformed', 6))
  })

  it('refuses headers that are no object with an algorithm', () => {
    const bad: unknown[] = ['[]', '{', 'null', '"x"', '7', {}, { alg: 5 }, { alg: null }, { alg: 'HS256', kid: 5 }]
    bad.push({ alg: 'HS256', kid: null }, { alg: 'HS256', crit: ['x'], x: 1 })
    expect(checkAll(bad.map((header) => ({ token: tokenOf(header, {}) })))).toEqual(all('malformed', 11))
  })

  it('refuses what is not base64url', () => {
    const [head, body, signature] = tokenOf(HEADER, { sub: 'a' }).split('.')
    const bad = [`${head}=.${body}.${signature}`, `${head}.${body}.${signature}=`, ` ${head}.${body}.${signature}`]
    const unlisted = `${tokenOf({ alg: 'RS256' }, {})}=`
    const padded = `${head}.${body}==`
    const padding = `${padded}.${base64url(mac('HS256', KEY, utf8(padded)))}`
    expect(checkAll([...bad, unlisted, padding].map((token) => ({ token })))).toEqual(all('malformed', 5))
  })

  it('refuses payloads that are no object, although they are signed', () => {
    const latin1 = Uint8Array.from('{"name":"\u00ff"}', (char) => char.charCodeAt(0))
    const bad = ['[]', '{"a":', 'null', '"x"', '7', '', Uint8Array.of(0x7b, 0xff, 0x7d), latin1]
    expect(claims(bad)).toEqual(all('malformed', 8))
  })

  it('reads the payload only after the signature', () => {
    const wrongKey = ['{"a":', { exp: 1 }].map((payload) => tokenOf(HEADER, payload, Uint8Array.of(9)))
    const [head, , signature] = tokenOf(HEADER, {}).split('.')
    const tokens = [...wrongKey, `${head}.=.${signature}`]
    expect(checkAll(tokens.map((token) => ({ token })))).toEqual(all('signature', 3))
  })
})

describe('Claims', () => {
  it('takes exp for seconds; from that moment on the token has expired', () => {
    const over = [0, NOW_SEC, NOW_SEC - random.int(1, 1e6)].map((exp) => ({ exp }))
    expect(claims(over)).toEqual(all('expired', 3))
    expect(claims([{ exp: NOW_SEC + random.int(1, 1e6) }])).toEqual(['accepted'])
    expect(claims([{ exp: NOW_SEC }], { at: NOW_SEC * 1000 - 1 })).toEqual(['accepted'])
    const half = [{ exp: NOW_SEC + 0.5 }]
    expect(claims(half, { at: NOW_SEC * 1000 + 499 })).toEqual(['accepted'])
    expect(claims(half, { at: NOW_SEC * 1000 + 500 })).toEqual(['expired'])
  })

  it('takes nbf for seconds; from that moment on the token is valid', () => {
    expect(claims([{ nbf: NOW_SEC }, { nbf: NOW_SEC - 5 }])).toEqual(['accepted', 'accepted'])
    expect(claims([{ nbf: NOW_SEC + random.int(1, 1e6) }])).toEqual(['not-yet'])
    expect(claims([{ nbf: NOW_SEC }], { at: NOW_SEC * 1000 - 1 })).toEqual(['not-yet'])
  })

  it('allows some leeway in both directions', () => {
    const leewaySec = random.int(10, 90)
    const inside = [{ exp: NOW_SEC - leewaySec + 1 }, { nbf: NOW_SEC + leewaySec }]
    expect(claims(inside, { rules: { leewaySec } })).toEqual(['accepted', 'accepted'])
    const outside = [{ exp: NOW_SEC - leewaySec }, { nbf: NOW_SEC + leewaySec + 1 }]
    expect(claims(outside, { rules: { leewaySec } })).toEqual(['expired', 'not-yet'])
  })

  it('refuses times that are no numbers', () => {
    const bad = [String(NOW_SEC + 60), null, [NOW_SEC + 60], true].flatMap((time) => [{ exp: time }, { nbf: time }])
    expect(claims(bad)).toEqual(all('malformed', 8))
  })

  it('wants exactly the issuer, if one is wanted', () => {
    const issuer = 'https://id.example'
    expect(claims([{ iss: issuer }], { rules: { issuer } })).toEqual(['accepted'])
    const others = [`${issuer}/`, 'https://id', '', [issuer], undefined].map((iss) => ({ iss }))
    expect(claims(others, { rules: { issuer } })).toEqual(all('issuer', 5))
    expect(claims([{ iss: 'anybody' }])).toEqual(['accepted'])
  })

  it('finds the audience in a list', () => {
    const over = { rules: { audience: 'shop' } }
    expect(claims([{ aud: ['shop'] }, { aud: ['bank', 'shop'] }], over)).toEqual(['accepted', 'accepted'])
    expect(claims([{ aud: ['bank'] }, { aud: [] }, { aud: [['shop']] }], over)).toEqual(all('audience', 3))
  })

  it('wants the audience as a whole, if one is wanted', () => {
    const over = { rules: { audience: 'shop' } }
    expect(claims([{ aud: 'shop' }], over)).toEqual(['accepted'])
    const others = ['shopping', 'a shop', { shop: 1 }, undefined].map((aud) => ({ aud }))
    expect(claims(others, over)).toEqual(all('audience', 4))
    expect(claims([{ aud: 'bank' }])).toEqual(['accepted'])
  })

  it('reports the first of several failures', () => {
    const over = { rules: { issuer: 'me', audience: 'us' } }
    const payloads = [{ exp: 1, nbf: 2 * NOW_SEC }, { nbf: 2 * NOW_SEC }, { aud: 'them' }, { iss: 'me', aud: 'them' }]
    expect(claims(payloads, over)).toEqual(['expired', 'not-yet', 'issuer', 'audience'])
    const outer = [
      { token: tokenOf({ alg: 'HS999' }, { exp: 1 }), noKey: true },
      { token: tokenOf(HEADER, { exp: 1 }, Uint8Array.of(9)), noKey: true },
    ]
    expect(checkAll(outer)).toEqual(['alg', 'key'])
  })
})
