import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setRole } from '@/lib/learn/accounts'
import { useWeb } from '@/tests/http/support/site'
import type { Visitor } from '@/tests/http/support/visitor'
import { useDatabase } from '@/tests/support/database'
import { useBrowser } from './support/browser'
import { headingOf } from './support/heading'
import { openWay, type Way } from './support/way'

const database = useDatabase()
let way: Way
beforeAll(async () => {
  way = await openWay(database.url)
})
const site = useWeb(() => ({ DATABASE_URL: way.url }))
const browser = useBrowser(site)

let admin: Visitor
beforeAll(async () => {
  admin = site.visitor()
  const { id } = await admin.signUp()
  await setRole(id, 'admin')
  await way.cut()
})
afterAll(() => way.cut())

describe('while the database is away', () => {
  it.each(['/progress', '/submissions', '/submissions?exercise=lru-cache', '/settings', '/admin', '/admin/people'])(
    '%s is answered 503 and says what happened and when to come back',
    async (path) => {
      const answer = await admin.call(path)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('5')
      expect(headingOf(answer.text)).toBe('The database does not answer')
    },
  )

  it.each(['/', '/topics', '/topics/caches-and-eviction'])('%s is shown all the same, and says so', async (path) => {
    const answer = await admin.call(path)
    expect(answer.status).toBe(200)
    expect(headingOf(answer.text)).not.toBe('The database does not answer')
    expect(/>Accounts and progress cannot be reached/.test(answer.text)).toBe(true)
  })

  it('a page that does not exist stays 404', async () => {
    expect((await admin.call('/settings/nothing-here')).status).toBe(404)
  })

  it.each(['/people/somebody', '/leaderboard', '/leaderboard/somebody'])('%s says so to everybody', async (path) => {
    const answer = await site.visitor().call(path)
    expect([answer.status, headingOf(answer.text)]).toEqual([503, 'The database does not answer'])
  })

  it('visitors are not bothered', async () => {
    const answer = await site.visitor().call('/progress')
    expect(answer.status).toBe(200)
    expect(headingOf(answer.text)).toBe('Progress')
  })

  it('a page comes back by its button', async () => {
    const page = await browser.open('/progress', { as: admin })
    await page.getByRole('heading', { name: 'The database does not answer' }).waitFor()
    await way.mend()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Graded attempts', { exact: true }).waitFor()
  })
})
