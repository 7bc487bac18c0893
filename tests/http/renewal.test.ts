import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { NextRequest } from 'next/server'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'

const folder = mkdtempSync(path.join(tmpdir(), 'handroll-renewal-'))
process.env.HANDROLL_DATA = folder

const { decodeSession, encodeSession } = await import('@/lib/auth/session-token')
const { renewSession } = await import('@/lib/http/renew-session')
const { proxy } = await import('@/proxy')

const START = Date.parse('2026-03-01T08:00:00Z')
const claims = { sub: 'u1', epoch: 3, signedInAt: START / 1000 }

beforeEach(() => void vi.useFakeTimers({ now: START, toFake: ['Date'] }))
afterAll(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true })
})

/** A request that carries a session which is this many minutes old. */
async function requestAfter(minutes: number): Promise<NextRequest> {
  const cookie = `handroll.session=${await encodeSession(claims)}`
  vi.setSystemTime(START + minutes * 60_000)
  return new NextRequest('http://localhost:3000/topics', { headers: { cookie, host: 'localhost:3000' } })
}

function cookieOf({ headers }: Response): string | undefined {
  return /^handroll\.session=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1]
}

describe('an active session', () => {
  it('is kept going by answers of the API, which stay as they are', async () => {
    const answer = Response.json({ ok: true }, { status: 202, headers: { 'Cache-Control': 'no-store' } })
    const response = await renewSession(await requestAfter(20), answer)
    expect([response.status, response.headers.get('cache-control')]).toEqual([202, 'no-store'])
    expect(await response.json()).toEqual({ ok: true })
    expect(await decodeSession(cookieOf(response))).toMatchObject(claims)
  })

  it('is kept going by pages, whose nonce still reaches Next', async () => {
    const response = await proxy(await requestAfter(20))
    expect(await decodeSession(cookieOf(response))).toMatchObject(claims)
    const nonce = /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1]
    expect(response.headers.get('x-middleware-next')).toBe('1')
    expect(response.headers.get('x-middleware-request-x-nonce')).toBe(nonce)
  })

  it('is left alone while it is young, and when there is none', async () => {
    expect(cookieOf(await proxy(await requestAfter(5)))).toBeUndefined()
    expect(cookieOf(await proxy(new NextRequest('http://localhost:3000/')))).toBeUndefined()
  })

  it('is not brought back after it has ended', async () => {
    expect(cookieOf(await proxy(await requestAfter(9 * 60)))).toBeUndefined()
  })
})
