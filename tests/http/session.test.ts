import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { encode } from 'next-auth/jwt'
import { NextRequest } from 'next/server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const folder = mkdtempSync(path.join(tmpdir(), 'handroll-session-'))
process.env.HANDROLL_DATA = folder
delete process.env.NEXTAUTH_SECRET
delete process.env.NEXTAUTH_URL

const { sessionSecret } = await import('@/lib/auth/secret')
const tokens = await import('@/lib/auth/session-token')
const { renewedSession, sessionTokenOf } = await import('@/lib/auth/session-cookie')

const HOUR = 3600
const DAY = 24 * HOUR
const START = Date.parse('2026-03-01T08:00:00Z')
const claims = { sub: 'u1', epoch: 3, signedInAt: START / 1000 }

beforeAll(() => void vi.useFakeTimers({ now: START, toFake: ['Date'] }))
afterAll(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true })
})

const after = (seconds: number) => vi.setSystemTime(START + seconds * 1000)
const https = new Headers({ 'x-forwarded-proto': 'https' })

describe('a session', () => {
  it('holds who signed in, when, and in which epoch of the account', async () => {
    after(0)
    const session = await tokens.decodeSession(await tokens.encodeSession(claims))
    expect(session).toEqual({ ...claims, issuedAt: claims.signedInAt })
  })

  it('ends after eight hours without a request', async () => {
    after(0)
    const token = await tokens.encodeSession(claims)
    after(8 * HOUR - 60)
    expect(await tokens.decodeSession(token)).not.toBeNull()
    after(8 * HOUR + 60)
    expect(await tokens.decodeSession(token)).toBeNull()
  })

  it('lives on while it is used, but thirty days at most', async () => {
    after(0)
    let token = await tokens.encodeSession(claims)
    let elapsed = 0
    for (; elapsed < 31 * DAY; elapsed += 6 * HOUR) {
      after(elapsed)
      const session = await tokens.decodeSession(token)
      if (!session) break
      token = (await renewedSession(session, https))?.value ?? token
    }
    expect(elapsed).toBe(30 * DAY)
  })

  it('is renewed no more often than every quarter of an hour', async () => {
    after(0)
    const session = (await tokens.decodeSession(await tokens.encodeSession(claims)))!
    after(15 * 60 - 1)
    expect(await renewedSession(session, https)).toBeNull()
    after(15 * 60)
    expect(await renewedSession(session, https)).toMatchObject({ maxAge: 8 * HOUR, httpOnly: true, sameSite: 'lax' })
  })

  it.each([
    ['nothing', async () => undefined],
    ['noise', async () => 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1MSJ9.'],
    ['another secret', () => encode({ token: { ...claims }, secret: 'x'.repeat(40) })],
    ['a cookie of the sign-in itself', () => encode({ token: { ...claims }, secret: sessionSecret(), salt: 'state' })],
    ['other claims', () => encode({ token: { sub: 'u1' }, secret: sessionSecret() })],
    ['a changed letter', async () => flipLast(await tokens.encodeSession(claims))],
  ])('cannot be made of %s', async (_, make) => {
    after(0)
    expect(await tokens.decodeSession(await make())).toBeNull()
  })
})

describe('the cookie', () => {
  const tokenIn = (cookie: string, proto: string) => {
    const request = new NextRequest('http://x/', { headers: { cookie, 'x-forwarded-proto': proto } })
    return sessionTokenOf(request.cookies, request.headers)
  }

  it('is tied to the host and to https where there is https', async () => {
    after(0)
    const session = (await tokens.decodeSession(await tokens.encodeSession(claims)))!
    after(HOUR)
    const secure = { name: '__Host-handroll.session', secure: true, path: '/' }
    expect(await renewedSession(session, https)).toMatchObject(secure)
    expect(await renewedSession(session, new Headers())).toMatchObject({ name: 'handroll.session', secure: false })
  })

  it('without the prefix is not believed on https, where a subdomain could have planted it', () => {
    expect(tokenIn('handroll.session=planted', 'https')).toBeUndefined()
    expect(tokenIn('__Host-handroll.session=own', 'https')).toBe('own')
    expect(tokenIn('handroll.session=own', 'http')).toBe('own')
  })
})

describe('the secret', () => {
  it('is made once, long, and readable by its owner alone', () => {
    const file = path.join(folder, 'session-secret')
    expect(readFileSync(file, 'utf8')).toBe(sessionSecret())
    expect(Buffer.from(sessionSecret(), 'base64url')).toHaveLength(32)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})

function flipLast(token: string): string {
  const end = token.length - 3
  return token.slice(0, end) + (token[end] === 'A' ? 'B' : 'A') + token.slice(end + 1)
}
