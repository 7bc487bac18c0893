import { describe, expect, it } from 'vitest'
import { ProfileSettings } from '@/lib/contract/profile'
import { useSite } from '../support/site'
import { problemOf, type Visitor } from '../support/visitor'

const site = useSite()

async function somebody(): Promise<Visitor> {
  const visitor = site.visitor()
  await visitor.signUp()
  return visitor
}

const choose = (visitor: Visitor, body: unknown) => visitor.call('/api/account/profile', { method: 'PUT', body })
const move = (visitor: Visitor, timeZone: unknown) => visitor.call('/api/account/time-zone', { method: 'PUT', body: { timeZone } })
const look = async (visitor: Visitor, handle: string) => (await visitor.call(`/people/${handle}`)).status

describe('the profile of an account', () => {
  it('is seen by nobody else until it is public, and is found in any case then', async () => {
    const [owner, other, nobody] = [await somebody(), await somebody(), site.visitor()]
    expect((await choose(owner, { handle: 'Grace-H', public: false })).json).toEqual({
      handle: 'grace-h', public: false, timeZone: null, onBoards: false, barred: false,
    })
    expect([await look(owner, 'grace-h'), await look(other, 'grace-h'), await look(nobody, 'grace-h')]).toEqual([200, 404, 404])
    await choose(owner, { handle: 'grace-h', public: true })
    expect([await look(other, 'grace-h'), await look(nobody, 'GRACE-H')]).toEqual([200, 200])
    await choose(owner, { handle: 'grace-h', public: false })
    expect(await look(nobody, 'grace-h')).toBe(404)
  })

  it('is told of on the page of one\'s own progress: who sees it, and who sees the points', async () => {
    const owner = await somebody()
    const told = async () => (await owner.call('/progress')).text.replaceAll(/<!--.*?-->|<[^>]+>/gs, '')
    await choose(owner, { handle: 'open-book', public: true })
    expect(await told()).toContain('as open-book; tries, attempts and points stay with you.')
    await owner.call('/api/account/leaderboard', { method: 'PUT', body: { onBoards: true } })
    expect(await told()).toContain('your points on the leaderboard as open-book; tries and attempts stay with you.')
    await choose(owner, { handle: 'open-book', public: false })
    expect(await told()).toContain('Only you see this page. Your points, and the exercises that gave them, everybody can see')
    await owner.call('/api/account/leaderboard', { method: 'PUT', body: { onBoards: false } })
    expect(await told()).toContain('Only you see this page. You can make a profile public.')
  })

  it('answers a private handle and one that nobody has with the same page', async () => {
    const owner = await somebody()
    await choose(owner, { handle: 'hidden-one', public: false })
    const [one, two] = await Promise.all(['hidden-one', 'hidden-two'].map(async (handle) => {
      const { status, headers, text } = await site.visitor().call(`/people/${handle}`)
      // What differs from request to request.
      const nonce = /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? ''
      return { status, text: text.replaceAll(handle, 'it').replaceAll(nonce, '') }
    }))
    expect(one?.text).toContain('No such profile')
    expect(one).toEqual(two)
  })

  it('takes a handle that somebody else gave up, and none that somebody has', async () => {
    const [ada, ben] = [await somebody(), await somebody()]
    await choose(ada, { handle: 'first-come', public: true })
    const taken = await choose(ben, { handle: 'FIRST-come', public: true })
    expect([taken.status, problemOf(taken).code]).toEqual([409, 'handle-taken'])
    await choose(ada, { handle: null, public: false })
    expect((await choose(ben, { handle: 'first-come', public: true })).status).toBe(200)
  })

  it.each([
    [{ handle: 'admin', public: false }, 'handle', 'reserved'],
    [{ handle: 'ab', public: false }, 'handle', 'too_small'],
    [{ handle: 'a b c', public: false }, 'handle', 'invalid_format'],
    [{ handle: null, public: true }, 'handle', 'missing'],
    [{ handle: 'ada-l' }, 'public', 'invalid_type'],
  ])('is refused as %j', async (body, path, rule) => {
    const answer = await choose(await somebody(), body)
    expect([answer.status, problemOf(answer).code]).toEqual([400, 'bad-request'])
    expect(problemOf(answer).issues).toContainEqual(expect.objectContaining({ path, rule }))
  })
})

describe('the time zone of an account', () => {
  it('comes with the first submission from the browser, and can be changed', async () => {
    const visitor = await somebody()
    visitor.cookies.set('time-zone', 'Asia%2FTokyo')
    const sent = await visitor.call('/api/submissions', { body: { exercise: 'lru-cache', source: 'export class A {}' } })
    expect(sent.status).toBe(202)
    const settings = ProfileSettings.parse((await choose(visitor, { handle: null, public: false })).json)
    expect(settings.timeZone).toBe('Asia/Tokyo')
    expect((await move(visitor, 'Europe/Berlin')).json).toMatchObject({ timeZone: 'Europe/Berlin' })
  })

  it.each(['Moon/Crater', '+05:00', '', 7])('cannot be %j', async (zone) => {
    expect((await move(await somebody(), zone)).status).toBe(400)
  })
})

describe('the export of an account', () => {
  it('is a file of JSON for its owner alone, and is not kept by anybody on the way', async () => {
    const visitor = await somebody()
    await visitor.call('/api/submissions', { body: { exercise: 'lru-cache', source: 'export class Mine {}' } })
    const answer = await visitor.call('/api/account/export')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="handroll-\d{4}-\d\d-\d\d\.json"/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.json).toMatchObject({ submissions: [{ source: 'export class Mine {}' }], complete: true })
    expect((await site.visitor().call('/api/account/export')).status).toBe(401)
  })

  it('is not to be had again and again', async () => {
    const visitor = await somebody()
    const statuses = []
    for (let count = 0; count < 11; count++) statuses.push((await visitor.call('/api/account/export')).status)
    expect(statuses.toSorted()).toEqual([...Array<number>(10).fill(200), 429])
  })
})
