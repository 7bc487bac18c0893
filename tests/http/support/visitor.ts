import { randomUUID } from 'node:crypto'
import { Viewer } from '@/lib/contract/account'
import { ProblemBody } from '@/lib/contract/problem'

/** A password that follows the rules. */
export const PASSWORD = 'a quiet workshop'

/** An answer, read to its end. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body as JSON, or null when it is none. */
  json: unknown
}

export interface Call {
  method?: string
  headers?: Record<string, string>
  /** Sent as JSON, unless it is a string or a form. */
  body?: unknown
}

/** Somebody with a browser's cookies and a browser's headers, but no browser. */
export class Visitor {
  readonly cookies = new Map<string, string>()

  constructor(readonly origin: string) {}

  /** Calls a path of the site. Redirects are answers like all others. */
  async call(path: string, { method, headers = {}, body }: Call = {}): Promise<Answer> {
    const response = await this.open(path, { method, headers, body })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: parseJson(text) }
  }

  /** Like call, for an answer that is read as it comes. */
  async open(path: string, { method, headers = {}, body }: Call = {}, signal?: AbortSignal): Promise<Response> {
    const raw = body === undefined || typeof body === 'string' || body instanceof URLSearchParams
    const response = await fetch(this.origin + path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        origin: this.origin,
        'sec-fetch-site': 'same-origin',
        ...(raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: raw ? (body as string | URLSearchParams | undefined) : JSON.stringify(body),
      signal,
    })
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie)
    return response
  }

  /** Makes an account and signs in to it. */
  async signUp(account: { email?: string; name?: string; password?: string } = {}): Promise<Account> {
    const { email = `${randomUUID()}@example.com`, name = 'Ada', password = PASSWORD } = account
    const made = await this.call('/api/account', { body: { email, name, password } })
    if (made.status !== 201) throw new Error(`Signing up failed: ${made.status} ${made.text}`)
    const signedIn = await this.signIn(email, password)
    if (signedIn.status !== 200) throw new Error(`Signing in failed: ${signedIn.status} ${signedIn.text}`)
    return { ...Viewer.parse(made.json), password }
  }

  async signIn(email: string, password: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#post('/api/auth/callback/credentials', { email, password }, headers)
  }

  async signOut(): Promise<Answer> {
    return this.#post('/api/auth/signout', { callbackUrl: '/' }, {})
  }

  /** Sends one of next-auth's forms, with the token that it wants. */
  async #post(path: string, fields: Record<string, string>, headers: Record<string, string>): Promise<Answer> {
    const { csrfToken } = (await this.call('/api/auth/csrf')).json as { csrfToken: string }
    return this.call(path, { body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }), headers })
  }

  #keep(setCookie: string): void {
    const [pair = '', ...attributes] = setCookie.split('; ')
    const name = pair.slice(0, pair.indexOf('='))
    const value = pair.slice(pair.indexOf('=') + 1)
    if (value === '' || attributes.includes('Max-Age=0')) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}

export type Account = Viewer & { password: string }

/** The problem that an answer names; throws when it names none. */
export function problemOf({ json }: Answer): ProblemBody['error'] {
  return ProblemBody.parse(json).error
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
