import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the provider knows of the person who signs in next. */
export interface Person {
  sub: string
  name?: string
  email?: string
  email_verified?: boolean
}

export interface OidcProvider {
  issuer: string
  /** Whoever is sent to the provider is this person, and agrees at once. */
  person: Person
  /** Claims of the next id token that are not what they should be. */
  forged: Record<string, unknown>
  close(): void
}

export const CLIENT = { id: 'handroll', secret: 'the secret of this site' }

/**
 * An OpenID Connect provider with the authorization code flow, as strict as real ones are: it checks the client's
 * secret, that a code is used once, its redirect address and the PKCE verifier (RFC 7636).
 */
export async function startOidcProvider(): Promise<OidcProvider> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const codes = new Map<string, URLSearchParams>()
  const provider: OidcProvider = { issuer: '', person: { sub: '1' }, forged: {}, close: () => server.close() }

  const answers: Record<string, (request: IncomingMessage, url: URL) => Promise<unknown>> = {
    '/.well-known/openid-configuration': async () => ({
      issuer: provider.issuer,
      authorization_endpoint: `${provider.issuer}/authorize`,
      token_endpoint: `${provider.issuer}/token`,
      jwks_uri: `${provider.issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/jwks': async () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] }),
    '/authorize': async (_, { searchParams }) => {
      const code = randomUUID()
      codes.set(code, searchParams)
      const back = new URL(searchParams.get('redirect_uri') ?? '')
      back.search = new URLSearchParams({ code, state: searchParams.get('state') ?? '' }).toString()
      return { back: back.href }
    },
    '/token': async (request) => {
      const form = new URLSearchParams(Buffer.concat(await request.toArray()).toString())
      const asked = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      if (!asked || !isClient(request) || !isSameBrowser(asked, form)) return null
      return { access_token: randomUUID(), token_type: 'Bearer', expires_in: 60, id_token: idToken(asked.get('nonce')) }
    },
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://provider')
    void Promise.resolve(answers[url.pathname]?.(request, url)).then((answer) => {
      response.writeHead(answer ? 200 : 400, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer ?? { error: 'invalid_grant' }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  provider.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return provider

  function idToken(nonce: string | null): string {
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: provider.issuer, aud: CLIENT.id, iat: now, exp: now + 60, nonce, ...provider.person }
    const parts = [{ alg: 'RS256', kid: 'k' }, { ...claims, ...provider.forged }]
    const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`
  }
}

function isClient({ headers }: IncomingMessage): boolean {
  const [id, secret] = Buffer.from(headers.authorization?.split(' ')[1] ?? '', 'base64').toString().split(':')
  const decode = (text = '') => decodeURIComponent(text.replaceAll('+', ' '))
  return decode(id) === CLIENT.id && decode(secret) === CLIENT.secret
}

function isSameBrowser(asked: URLSearchParams, form: URLSearchParams): boolean {
  const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url')
  return asked.get('code_challenge_method') === 'S256' && asked.get('code_challenge') === challenge
    && asked.get('redirect_uri') === form.get('redirect_uri')
}
