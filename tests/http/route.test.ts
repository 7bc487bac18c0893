import { NextRequest } from 'next/server'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Viewer } from '@/lib/contract/account'
import { ProblemBody, ProblemError } from '@/lib/contract/problem'
import { FORM, SOURCES } from '@/lib/http/body'
import { createRoute, type RouteHandler, type RouteServices } from '@/lib/http/create-route'

const learner: Viewer = { id: 'u1', name: 'Ada', email: 'ada@example.com', role: 'learner', locale: 'en' }

/** A route factory whose visitor is `viewer`; it keeps what was counted. */
function setUp(viewer: Viewer | null, overrides: Partial<RouteServices> = {}) {
  const counted: string[] = []
  const route = createRoute({
    findViewer: async () => viewer,
    renewSession: async (_, response) => {
      response.headers.append('Set-Cookie', 'renewed=1')
      return response
    },
    countEvent: async (key) => {
      counted.push(key)
      return { retryAfterSeconds: 0 }
    },
    ...overrides,
  })
  return { route, counted }
}

async function call(handler: RouteHandler, path = '/api/x', init: RequestInit = {}, params: unknown = {}) {
  const request = new NextRequest(`http://localhost:4150${path}`, init as never)
  const response = await handler(request, { params: Promise.resolve(params) })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
}

function send(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }
}

describe('who may call a route', () => {
  it('asks visitors without a session to sign in, with 401', async () => {
    const { route } = setUp(null)
    const { status, body } = await call(route({ auth: 'viewer' }, () => new Response('secret')))
    expect(status).toBe(401)
    expect(ProblemBody.parse(body).error.code).toBe('sign-in-required')
  })

  it('keeps a learner out of an admin route, with 403', async () => {
    const { route } = setUp(learner)
    const { status, body } = await call(route({ auth: 'admin' }, () => new Response('secret')))
    expect([status, body.error.code]).toEqual([403, 'forbidden'])
  })

  it('admits a role above the one that is asked for', async () => {
    const { route } = setUp({ ...learner, role: 'admin' })
    const { status } = await call(route({ auth: 'instructor' }, () => undefined))
    expect(status).toBe(204)
  })

  it('does not even read the session of a route that needs none', async () => {
    const { route } = setUp(null, { findViewer: () => Promise.reject(new Error('asked')) })
    const { status } = await call(route({ auth: 'none' }, ({ viewer }) => Response.json({ viewer })))
    expect(status).toBe(200)
  })

  it('gives an optional route the viewer, or null', async () => {
    const handler = (viewer: Viewer | null) =>
      setUp(viewer).route({ auth: 'optional' }, ({ viewer: seen }) => Response.json({ id: seen?.id ?? null }))
    expect((await call(handler(learner))).body).toEqual({ id: 'u1' })
    expect((await call(handler(null))).body).toEqual({ id: null })
  })

  it('keeps the session of a viewer going, on success only', async () => {
    const { route } = setUp(learner)
    const good = await call(route({ auth: 'viewer' }, () => undefined))
    const bad = await call(route({ auth: 'admin' }, () => undefined))
    expect(good.headers.get('set-cookie')).toBe('renewed=1')
    expect(bad.headers.get('set-cookie')).toBeNull()
  })
})

describe('input', () => {
  const Body = z.strictObject({ name: z.string().min(2), age: z.number() })

  it('reaches the handler parsed', async () => {
    const { route } = setUp(learner)
    const handler = route(
      {
        auth: 'viewer',
        params: z.object({ id: z.coerce.number() }),
        query: z.strictObject({ page: z.coerce.number().default(1) }),
        body: Body,
        output: z.unknown(),
      },
      ({ params, query, body }) => ({ params, query, body }),
    )
    const { body } = await call(handler, '/api/x?page=3', send({ name: 'Ada', age: 36 }), { id: '7' })
    expect(body).toEqual({ params: { id: 7 }, query: { page: 3 }, body: { name: 'Ada', age: 36 } })
  })

  it('that is wrong is refused with every field and rule, and the handler never runs', async () => {
    let ran = false
    const { route } = setUp(learner)
    const handler = route({ auth: 'viewer', body: Body }, () => {
      ran = true
    })
    const { status, body } = await call(handler, '/api/x', send({ name: 'A', age: 'old', extra: 1 }))
    expect(status).toBe(400)
    expect(body.error.code).toBe('bad-request')
    expect(body.error.issues.map(({ path, rule }: { path: string; rule: string }) => [path, rule])).toEqual([
      ['name', 'too_small'], ['age', 'invalid_type'], ['', 'unrecognized_keys'],
    ])
    expect(body.error.message).toMatch(/^The body is not right\. name: .*; age: /)
    expect(ran).toBe(false)
  })

  it('names the rule of a refinement', async () => {
    const Rare = z.strictObject({ word: z.string().refine(() => false, { message: 'no', params: { rule: 'common' } }) })
    const { route } = setUp(learner)
    const { body } = await call(route({ auth: 'viewer', body: Rare }, () => undefined), '/', send({ word: 'x' }))
    expect(body.error.issues).toEqual([{ path: 'word', rule: 'common', message: 'no' }])
  })

  it.each([
    ['not JSON', send('{"name":'), 'The body is not valid JSON.'],
    ['empty', send(''), 'The body is empty; send JSON.'],
    ['a form', { method: 'POST', body: new URLSearchParams({ name: 'Ada' }) }, /Content-Type: application\/json/],
    ['not UTF-8', { ...send(''), body: new Uint8Array([0x22, 0xff, 0x22]) }, 'The body is not valid UTF-8.'],
  ])('that is %s is refused with what to do', async (_, init, message) => {
    const { route } = setUp(learner)
    const { status, body } = await call(route({ auth: 'viewer', body: Body }, () => undefined), '/api/x', init)
    expect([status, body.error.code]).toEqual([400, 'bad-request'])
    expect(body.error.message).toMatch(message)
  })

  it('that breaks off is no fault of ours', async () => {
    const { route } = setUp(learner)
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('aborted')) })
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
    const answer = await call(route({ auth: 'viewer', body: Body }, () => undefined), '/', init)
    expect([answer.status, answer.body.error.code]).toEqual([400, 'bad-request'])
  })

  it('with an unknown query parameter is refused', async () => {
    const { route } = setUp(learner)
    const handler = route({ auth: 'viewer', query: z.strictObject({}) }, () => undefined)
    expect((await call(handler, '/api/x?drop=table')).status).toBe(400)
  })

  it('with a path parameter of the wrong form names nothing that exists', async () => {
    const { route } = setUp(learner)
    const handler = route({ auth: 'viewer', params: z.object({ id: z.uuid() }) }, () => undefined)
    const { status, body } = await call(handler, '/api/x', {}, { id: "1' or '1'='1" })
    expect([status, body.error.code]).toEqual([404, 'not-found'])
  })
})

describe('the size of a body', () => {
  const bodyLimit = { ...FORM, bytes: 100 }
  const limited = () => setUp(learner).route({ auth: 'viewer', body: z.unknown(), bodyLimit }, () => undefined)

  it('is refused by its Content-Length before a byte is read', async () => {
    let read = 0
    const body = new ReadableStream({ pull: () => void read++ }, { highWaterMark: 0 })
    const headers = { 'content-type': 'application/json', 'content-length': '101' }
    const result = await call(limited(), '/', { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
    expect([result.status, result.body.error.code, read]).toEqual([413, 'body-too-large', 0])
  })

  it('of a source is named with the limit for sources', async () => {
    const handler = setUp(learner).route({ auth: 'viewer', body: z.unknown(), bodyLimit: SOURCES }, () => undefined)
    const { body } = await call(handler, '/', send('x'.repeat(1024 * 1024), { 'content-length': String(1024 * 1024) }))
    expect(body.error).toEqual({
      code: 'source-too-large', message: 'A source may have at most 64 KiB; this request has 1024 KiB.',
    })
  })

  it('is refused while reading when it was not announced, and the rest is left unread', async () => {
    let chunks = 0
    const body = new ReadableStream(
      {
        pull(controller) {
          chunks++
          controller.enqueue(new Uint8Array(60).fill(0x20))
        },
      },
      { highWaterMark: 0 },
    )
    const headers = { 'content-type': 'application/json' }
    const result = await call(limited(), '/', { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
    expect([result.status, result.body.error.code, chunks]).toEqual([413, 'body-too-large', 2])
  })

  it('may be exactly the limit', async () => {
    expect((await call(limited(), '/', send(`"${'x'.repeat(98)}"`))).status).toBe(204)
    expect((await call(limited(), '/', send(`"${'x'.repeat(99)}"`))).status).toBe(413)
  })
})

describe('requests made by pages of other sites', () => {
  const handler = setUp(learner).route({ auth: 'viewer', body: z.unknown() }, () => undefined)
  const status = async (headers: Record<string, string>) => (await call(handler, '/', send({}, headers))).status

  it.each(['cross-site', 'same-site'])('are refused when the browser says %s', async (site) => {
    expect(await status({ 'sec-fetch-site': site, origin: 'http://localhost:4150', host: 'localhost:4150' })).toBe(403)
  })

  it.each(['http://evil.example', 'null', 'http://localhost:9999', 'http://localhost:41500', 'http://evil:4150'])(
    'are refused by their Origin %s where the browser says nothing else',
    async (origin) => {
      expect(await status({ origin, host: 'localhost:4150' })).toBe(403)
    },
  )

  it('pass from the own origin, and without either header: no browser sends that', async () => {
    expect(await status({ 'sec-fetch-site': 'same-origin' })).toBe(204)
    expect(await status({ origin: 'http://localhost:4150', host: 'localhost:4150' })).toBe(204)
    expect(await status({})).toBe(204)
  })

  it('may read: the answer stays with the browser', async () => {
    const read = setUp(learner).route({ auth: 'viewer' }, () => undefined)
    expect((await call(read, '/', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(204)
  })
})

describe('a rate limit', () => {
  const rule = { name: 'submit', per: 'viewer', limit: 2, windowSeconds: 60 } as const

  it('counts a person by id, and an address where nobody is signed in', async () => {
    const signedIn = setUp(learner)
    await call(signedIn.route({ auth: 'viewer', rateLimit: rule }, () => undefined))
    const signedOut = setUp(null)
    const headers = { 'x-forwarded-for': '2001:db8:1:2:3:4:5:6' }
    const byAddress = signedOut.route({ auth: 'none', rateLimit: { ...rule, per: 'address' } }, () => undefined)
    await call(byAddress, '/', { headers })
    expect(signedIn.counted).toEqual(['submit:user:u1'])
    expect(signedOut.counted).toEqual(['submit:address:2001:db8:1:2::/64'])
  })

  it('answers 429 with the seconds to wait, before any input is read', async () => {
    const { route } = setUp(learner, { countEvent: async () => ({ retryAfterSeconds: 41.2 }) })
    const handler = route({ auth: 'viewer', rateLimit: rule, body: z.strictObject({}) }, () => undefined)
    const { status, headers, body } = await call(handler, '/', send('not json'))
    expect([status, body.error.code, headers.get('retry-after')]).toEqual([429, 'too-many-requests', '42'])
  })
})

describe('an answer', () => {
  it('that its schema does not allow is never sent', async () => {
    const { route } = setUp(learner)
    const handler = route({ auth: 'viewer', output: z.strictObject({ title: z.string() }) }, () => {
      return { title: 'LRU', hiddenTests: 'expect(answer).toBe(secret)' } as { title: string }
    })
    const { status, body } = await call(handler)
    expect([status, body.error.code]).toEqual([500, 'internal-error'])
    expect(JSON.stringify(body)).not.toContain('secret')
  })

  it('is not stored by any cache', async () => {
    const { route } = setUp(learner)
    const handler = route({ auth: 'viewer', output: z.string(), status: 201 }, () => 'made')
    const { status, headers } = await call(handler)
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store'])
  })
})

describe('an error', () => {
  it('that was foreseen is told as it stands, with the status of its code', async () => {
    const { route } = setUp(learner)
    const handler = route({ auth: 'viewer' }, () => {
      throw new ProblemError('service-unavailable', 'The database is away.', { retryAfterSeconds: 5 })
    })
    const { status, headers, body } = await call(handler)
    expect([status, headers.get('retry-after')]).toEqual([503, '5'])
    expect(ProblemBody.parse(body).error).toEqual({
      code: 'service-unavailable', message: 'The database is away.', retryAfterSeconds: 5,
    })
  })

  it('that nobody foresaw says nothing but one sentence and an id', async () => {
    const { route } = setUp(learner)
    const handler = route({ auth: 'viewer' }, () => {
      throw new Error('password of ada@example.com is hunter2')
    })
    const { status, body } = await call(handler)
    expect(status).toBe(500)
    expect(body.error.id).toMatch(/^[0-9a-f-]{36}$/)
    expect(JSON.stringify(body)).not.toMatch(/ada|hunter2/)
  })
})
