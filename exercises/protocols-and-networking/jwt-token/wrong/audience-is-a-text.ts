/** A keyed hash: `alg` is the name in the header, `data` what is signed. */
export type Mac = (alg: string, key: Uint8Array, data: Uint8Array) => Uint8Array

type Code = 'malformed' | 'alg' | 'signature' | 'expired' | 'not-yet' | 'issuer' | 'audience' | 'key'

/** Why a token is refused. */
export class JwtError extends Error {
  readonly code: Code

  constructor(code: Code, message: string) {
    super(message)
    this.code = code
  }
}

export interface SignOptions {
  alg: string
  key: Uint8Array
  kid?: string
  mac: Mac
}

export interface VerifyOptions {
  /** Algorithms that are accepted, whatever the token says. */
  algs: readonly string[]
  keyFor: (kid: string | undefined) => Uint8Array | null
  /** Milliseconds. */
  now: () => number
  leewaySec?: number
  issuer?: string
  audience?: string
  mac: Mac
}

type Json = Record<string, unknown>

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Base64 with `-` and `_`, without padding: RFC 4648, section 5. */
export function base64urlEncode(b: Uint8Array): string {
  let text = ''
  for (let i = 0; i < b.length; i += 3) {
    const [first = 0, second = 0, third = 0] = b.subarray(i, i + 3)
    const bits = (first << 16) | (second << 8) | third
    const chars = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((bits >> shift) & 63))
    // One byte needs two characters, two need three.
    text += chars.slice(0, b.length - i + 1).join('')
  }
  return text
}

/** Strict: every text has one reading, and every byte string one text. */
export function base64urlDecode(s: string): Uint8Array {
  const bytes: number[] = []
  let bits = 0
  let count = 0
  for (const char of s) {
    const value = ALPHABET.indexOf(char)
    if (value < 0) throw new JwtError('malformed', 'not a character of base64url')
    bits = (bits << 6) | value
    count += 6
    if (count >= 8) {
      count -= 8
      bytes.push(bits >> count)
      bits &= 2 ** count - 1
    }
  }
  // Six bits are no byte, and left-over bits that are set would be a second spelling of the same bytes.
  if (count === 6 || bits !== 0) throw new JwtError('malformed', 'base64url that nobody encodes')
  return Uint8Array.from(bytes)
}

export function sign(payload: Readonly<Json>, opts: SignOptions): string {
  const { alg, key, kid, mac } = opts
  if (isNone(alg)) throw new JwtError('alg', 'a token must be signed')
  const header = kid === undefined ? { alg, typ: 'JWT' } : { alg, typ: 'JWT', kid }
  const signed = `${encodeJson(header)}.${encodeJson(payload)}`
  return `${signed}.${base64urlEncode(mac(alg, key, encodeText(signed)))}`
}

/** The payload of a token that passes all checks; they are made from the outside in. */
export function verify(token: string, opts: VerifyOptions): Json {
  const [headerPart, payloadPart, signaturePart, ...more] = token.split('.')
  if (headerPart === undefined || payloadPart === undefined || signaturePart === undefined || more.length > 0) {
    throw new JwtError('malformed', 'a token has three parts')
  }
  const { alg, kid } = readHeader(headerPart)
  const signature = base64urlDecode(signaturePart)
  // The token may not choose how it is checked.
  if (isNone(alg) || !opts.algs.includes(alg)) throw new JwtError('alg', `${alg} is not accepted`)
  const key = opts.keyFor(kid)
  if (key === null) throw new JwtError('key', 'no such key')
  const expected = opts.mac(alg, key, encodeText(`${headerPart}.${payloadPart}`))
  if (!isSame(signature, expected)) throw new JwtError('signature', 'the signature is wrong')
  // Only now is the content worth reading.
  const payload = decodeJson(payloadPart)
  checkTimes(payload, opts)
  checkParties(payload, opts)
  return payload
}

function readHeader(part: string): { alg: string; kid: string | undefined } {
  const { alg, kid, crit } = decodeJson(part)
  if (typeof alg !== 'string') throw new JwtError('malformed', 'no algorithm')
  if (kid !== undefined && typeof kid !== 'string') throw new JwtError('malformed', 'the key id is no text')
  if (crit !== undefined) throw new JwtError('malformed', 'an extension that must be understood is not')
  return { alg, kid }
}

function checkTimes(payload: Json, { now, leewaySec = 0 }: VerifyOptions): void {
  const time = now()
  const leeway = leewaySec * 1000
  const expires = millisOf(payload, 'exp')
  const begins = millisOf(payload, 'nbf')
  if (expires !== undefined && time >= expires + leeway) throw new JwtError('expired', 'the token has expired')
  if (begins !== undefined && time < begins - leeway) throw new JwtError('not-yet', 'the token is not valid yet')
}

/** A claim that is a time in seconds, in milliseconds. */
function millisOf(payload: Json, claim: string): number | undefined {
  const seconds = payload[claim]
  if (seconds === undefined) return undefined
  if (typeof seconds !== 'number') throw new JwtError('malformed', `${claim} is no number`)
  return seconds * 1000
}

function checkParties({ iss, aud }: Json, { issuer, audience }: VerifyOptions): void {
  if (issuer !== undefined && iss !== issuer) throw new JwtError('issuer', 'issued by somebody else')
  if (audience === undefined) return
  const isMeant = aud === audience
  if (!isMeant) throw new JwtError('audience', 'meant for somebody else')
}

/** Some libraries once accepted it in any spelling. */
function isNone(alg: string): boolean {
  return alg.toLowerCase() === 'none'
}

/** Takes the same time wherever the first difference is. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (const [i, byte] of a.entries()) difference |= byte ^ (b[i] ?? 0)
  return difference === 0
}

function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function encodeJson(value: Readonly<Json>): string {
  return base64urlEncode(encodeText(JSON.stringify(value)))
}

/** A JSON object in UTF-8 in base64url. */
function decodeJson(part: string): Json {
  const bytes = base64urlDecode(part)
  const value = parse(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new JwtError('malformed', 'not a JSON object')
  }
  return value as Json
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new JwtError('malformed', 'not JSON in UTF-8')
  }
}
