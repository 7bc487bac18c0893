import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, it } from 'vitest'
import { LOCALES } from '@/lib/contract/localized'
import { setRole } from '@/lib/learn/accounts'
import { catalogue } from '@/lib/learn/catalogue'
import { makeClassSite } from '@/tests/http/support/class-site'
import { dataOf, readEvents } from '@/tests/http/support/events'
import { grade } from '@/tests/http/support/grading'
import { useSite } from '@/tests/http/support/site'
import type { Answer, Visitor } from '@/tests/http/support/visitor'
import { apiAddresses, GUESSES, pageAddresses, partsOf, type Parts } from './support/addresses'
import { LeakFinder, listSecrets } from './support/secrets'

const site = useSite()
const finder = new LeakFinder(listSecrets())
const visitors = {} as Record<'nobody' | 'learner' | 'admin', Visitor>
let parts: Parts

beforeAll(async () => {
  visitors.nobody = site.visitor()
  visitors.learner = site.visitor()
  visitors.admin = site.visitor()
  await visitors.learner.signUp()
  await visitors.learner.call('/api/account/profile', { method: 'PUT', body: { handle: 'a-learner', public: true } })
  await setRole((await visitors.admin.signUp()).id, 'admin')
  // A class, whose staff sees more than its students; admins are staff everywhere.
  const { ids } = await makeClassSite(site.visitor)
  parts = partsOf(await catalogue(), await submitAndFail(visitors.learner), ids)
}, 120_000)

/** Somebody who has not passed sees no editorial, and no more of the tests than their names. */
async function submitAndFail(visitor: Visitor): Promise<string> {
  const sent = await visitor.call('/api/submissions', { body: { exercise: 'lru-cache', source: 'export class A {}' } })
  expect(finder.find(sent.text)).toEqual([])
  const { id } = sent.json as { id: string }
  await grade(id, 'failed')
  return id
}

/**
 * What an address answers. Next sends those who fetch a page while browsing on to an address with a hash of what they
 * asked for. Of a stream without an end its first event is read, which holds all that later ones do.
 */
async function open(visitor: Visitor, address: string, headers: Record<string, string>): Promise<Answer> {
  if (address.endsWith('/leaderboard/events')) return openStream(visitor, address, headers)
  const answer = await visitor.call(address, { headers })
  const location = answer.headers.get('location')
  return location?.startsWith(`${address}?_rsc`) ? visitor.call(location, { headers }) : answer
}

async function openStream(visitor: Visitor, address: string, headers: Record<string, string>): Promise<Answer> {
  const stop = new AbortController()
  const response = await visitor.open(address, { headers }, stop.signal)
  const answer = { status: response.status, headers: response.headers, json: null }
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    return { ...answer, text: await response.text() }
  }
  for await (const event of readEvents(response)) {
    if (dataOf(event) === undefined) continue
    stop.abort()
    return { ...answer, text: event }
  }
  throw new Error(`${address} tells nothing`)
}

/** What is given away by answers to all these addresses, page by page. */
async function leaksOf(visitor: Visitor, addresses: string[], headers: Record<string, string>): Promise<string[]> {
  const leaks: string[] = []
  for (const address of addresses) {
    const answer = await open(visitor, address, headers)
    expect(answer.status, address).toBeLessThan(500)
    const sent = `${answer.text}\n${JSON.stringify([...answer.headers])}`
    leaks.push(...finder.find(sent).map((leak) => `${address} gives away ${leak}`))
  }
  return leaks
}

const WHO = ['nobody', 'learner', 'admin'] as const
/** A page for each exercise, on a busy machine. */
const ALL_PAGES_MS = 300_000

/** Rows E9 and E11 of the list of attacks (docs/attacks.md). */
describe.each(WHO.flatMap((who) => LOCALES.map((locale) => ({ who, locale }))))('$who, reading $locale', ({ who, locale }) => {
  beforeAll(() => void visitors[who].cookies.set('locale', locale))

  it('is sent no hidden test and no solution by any page', async () => {
    expect(await leaksOf(visitors[who], pageAddresses(parts), { accept: 'text/html' })).toEqual([])
  }, ALL_PAGES_MS)

  it('is sent none by any page that is fetched while browsing', async () => {
    const page = await open(visitors[who], '/exercises/lru-cache', { rsc: '1' })
    expect(page.headers.get('content-type')).toBe('text/x-component')
    expect(await leaksOf(visitors[who], pageAddresses(parts), { rsc: '1' })).toEqual([])
  }, ALL_PAGES_MS)

  it('is sent none by any route of the API', async () => {
    expect(await leaksOf(visitors[who], apiAddresses(parts), {})).toEqual([])
  }, ALL_PAGES_MS)
})

it.each(GUESSES)('nothing is served at %s', async (address) => {
  const { hostname, port } = new URL(site.origin)
  const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
    // Sent as it stands: a browser or fetch would resolve the dots before.
    request({ hostname, port, path: address }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject)
    }).once('error', reject).end()
  })
  expect(answer.status).not.toBe(200)
  expect(finder.find(answer.body)).toEqual([])
})
