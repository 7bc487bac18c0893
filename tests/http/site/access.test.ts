import { beforeAll, describe, expect, it } from 'vitest'
import { ROLES } from '@/lib/contract/account'
import { ProblemBody } from '@/lib/contract/problem'
import { setRole } from '@/lib/learn/accounts'
import { DOORS, type Asker, type Door } from '../support/access-table'
import { listRoutes } from '../support/routes'
import { useSite } from '../support/site'
import type { Visitor } from '../support/visitor'

const site = useSite()
const askers = {} as Record<Asker, Visitor>

beforeAll(async () => {
  askers.nobody = site.visitor()
  for (const role of ROLES) {
    askers[role] = site.visitor()
    await setRole((await askers[role].signUp()).id, role)
  }
})

const label = ({ method, route }: Door) => `${method} ${route}`

it('the table of doors lists every route of the API, and no other', () => {
  const routes = listRoutes().filter((route) => !/ api\/classes\/\[class\](\/|$)/.test(route))
  expect([...new Set(DOORS.map(label))].sort()).toEqual(routes.sort())
})

describe.each(DOORS.map((door) => [label(door), door] as const))('%s', (_, door) => {
  const { method, path, body, headers, answers, changes, cache = 'no-store' } = door

  it.each(Object.entries(answers) as [Asker, number][])('answers %s with %i', async (asker, status) => {
    const answer = await askers[asker].call(path, { method, body, headers })
    expect(answer.status).toBe(status)
    if (status >= 400) expect(() => ProblemBody.parse(answer.json)).not.toThrow()
  })

  it('is kept by no cache that is not named, and cannot be framed, sniffed or scripted', async () => {
    const { headers: answered } = await askers.learner.call(path, { method, body, headers })
    expect(answered.get('cache-control')).toContain(cache)
    expect(answered.get('content-security-policy')).toContain("default-src 'none'")
    expect(answered.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(answered.get('x-content-type-options')).toBe('nosniff')
    expect(answered.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(answered.get('access-control-allow-origin')).toBeNull()
    expect(answered.has('x-powered-by')).toBe(false)
  })

  if (!changes) return
  it('is shut to pages of other sites, even with a session', async () => {
    for (const headers of [
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { origin: site.origin, 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await askers.admin.call(path, { method, body, headers })
      expect(answer.status).toBe(403)
      expect(answer.text).toContain('another site')
    }
  })
})
