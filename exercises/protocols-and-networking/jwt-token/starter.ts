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

/** Base64 with `-` and `_`, without padding. */
export function base64urlEncode(b: Uint8Array): string {
  throw new Error('not implemented')
}

export function base64urlDecode(s: string): Uint8Array {
  throw new Error('not implemented')
}

/** The token: header, payload and signature. */
export function sign(
  payload: Readonly<Record<string, unknown>>,
  opts: { alg: string; key: Uint8Array; kid?: string; mac: Mac },
): string {
  throw new Error('not implemented')
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
  throw new Error('not implemented')
}
