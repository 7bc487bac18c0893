/** A bit accumulator for base64url, and a verification that is a row of guards, each of which names its own refusal. */

/** A keyed hash: `alg` is the name in the header, `data` what is signed. */
export type Mac = (alg: string, key: Uint8Array, data: Uint8Array) => Uint8Array

type Code = 'malformed' | 'alg' | 'signature' | 'expired' | 'not-yet' | 'issuer' | 'audience' | 'key'

/** Why a token is refused. */
export class JwtError extends Error {
  readonly code: Code

  constructor(code: Code, message: string) {
    super(message)
    this.name = 'JwtError'
    this.code = code
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const DIGIT = new Map(Array.from(ALPHABET, (char, value): [string, number] => [char, value]))

/** Base64 with `-` and `_`, without padding. */
export function base64urlEncode(b: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of b) {
    bits = (bits << 8) | byte
    held += 8
    while (held >= 6) {
      held -= 6
      text += ALPHABET.charAt(bits >> held)
      bits &= (1 << held) - 1
    }
  }
  return held > 0 ? text + ALPHABET.charAt(bits << (6 - held)) : text
}

export function base64urlDecode(s: string): Uint8Array {
  ensure(s.length % 4 !== 1, 'malformed', 'no bytes have this length')
  const bytes = new Uint8Array(Math.floor((s.length * 3) / 4))
  let written = 0
  let bits = 0
  let held = 0
  for (const char of s) {
    const digit = DIGIT.get(char)
    ensure(digit !== undefined, 'malformed', 'not a character of base64url')
    bits = (bits << 6) | digit
    held += 6
    if (held >= 8) {
      held -= 8
      bytes[written++] = bits >> held
      bits &= (1 << held) - 1
    }
  }
  ensure(bits === 0, 'malformed', 'bits left over')
  return bytes
}

/** The token: header, payload and signature. */
export function sign(
  payload: Readonly<Record<string, unknown>>,
  opts: { alg: string; key: Uint8Array; kid?: string; mac: Mac },
): string {
  const { alg, key, kid, mac } = opts
  ensure(!isNone(alg), 'alg', 'a token must be signed')
  const header = kid === undefined ? { alg, typ: 'JWT' } : { alg, typ: 'JWT', kid }
  const signed = [header, payload].map((part) => base64urlEncode(utf8(JSON.stringify(part)))).join('.')
  return `${signed}.${base64urlEncode(mac(alg, key, utf8(signed)))}`
}

/** The payload of a token that passes all checks. `now` is in milliseconds. */
export function verify(
  token: string,
  opts: {
    algs: readonly string[]
    keyFor: (kid: string | undefined) => Uint8Array | null
    now: () => number
    leewaySec?: number
    issuer?: string
    audience?: string
    mac: Mac
  },
): Record<string, unknown> {
  const parts = token.split('.')
  const [headerPart, payloadPart, signaturePart] = parts
  ensure(
    parts.length === 3 && headerPart !== undefined && payloadPart !== undefined && signaturePart !== undefined,
    'malformed',
    'a token has three parts',
  )

  const header = jsonObject(headerPart)
  const { alg, kid } = header
  ensure(typeof alg === 'string', 'malformed', 'the header names no algorithm')
  ensure(!Object.hasOwn(header, 'kid') || typeof kid === 'string', 'malformed', 'the key id is no text')
  ensure(!Object.hasOwn(header, 'crit'), 'malformed', 'extensions are not understood')
  const signature = base64urlDecode(signaturePart)

  ensure(opts.algs.includes(alg) && !isNone(alg), 'alg', `algorithm ${alg} is not accepted`)

  const key = opts.keyFor(typeof kid === 'string' ? kid : undefined)
  ensure(key !== null, 'key', 'the key is unknown')

  const expected = opts.mac(alg, key, utf8(`${headerPart}.${payloadPart}`))
  ensure(sameBytes(signature, expected), 'signature', 'the signature is wrong')

  const claims = jsonObject(payloadPart)
  checkTimes(claims, opts.now() / 1000, opts.leewaySec ?? 0)
  const { issuer, audience } = opts
  if (issuer !== undefined) ensure(claims.iss === issuer, 'issuer', 'not from this issuer')
  if (audience !== undefined) {
    const { aud } = claims
    ensure(Array.isArray(aud) ? aud.includes(audience) : aud === audience, 'audience', 'not for this audience')
  }
  return claims
}

function checkTimes(claims: Record<string, unknown>, seconds: number, leeway: number): void {
  const exp = timeClaim(claims, 'exp')
  const nbf = timeClaim(claims, 'nbf')
  ensure(exp === undefined || seconds < exp + leeway, 'expired', 'no longer valid')
  ensure(nbf === undefined || seconds >= nbf - leeway, 'not-yet', 'not valid yet')
}

function timeClaim(claims: Record<string, unknown>, name: string): number | undefined {
  if (!Object.hasOwn(claims, name)) return undefined
  const value = claims[name]
  ensure(typeof value === 'number', 'malformed', `${name} is no number`)
  return value
}

function jsonObject(part: string): Record<string, unknown> {
  const bytes = base64urlDecode(part)
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    throw new JwtError('malformed', 'no JSON in UTF-8')
  }
  ensure(isRecord(value), 'malformed', 'no JSON object')
  return value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isNone(alg: string): boolean {
  return alg.toLowerCase() === 'none'
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < b.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function ensure(condition: boolean, code: Code, message: string): asserts condition {
  if (!condition) throw new JwtError(code, message)
}
