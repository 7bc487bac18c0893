import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setRole } from '@/lib/learn/accounts'
import { grade } from '@/tests/http/support/grading'
import { useSite } from '@/tests/http/support/site'
import type { Visitor } from '@/tests/http/support/visitor'
import { openBoards } from './support/boards'
import { useBrowser } from './support/browser'
import { faultsAt, LOOKS } from './support/faults'

const site = useSite()
const browser = useBrowser(site)

const FOR_VISITORS = [
  '/', '/exercises', '/exercises?q=queue', '/exercises?q=xyzzyplugh&topic=nothing-here', '/topics',
  '/topics/caches-and-eviction', '/progress', '/sign-in', '/sign-in?error=too-many-requests',
  '/sign-up?next=/progress', '/claim?token=guessed', '/nothing-here', '/topics/nothing-here',
  '/exercises/nothing-here', '/exercises/nothing-here/solutions', '/people/grace', '/people/nothing-here',
  '/leaderboard', '/leaderboard?span=week&topic=caches-and-eviction', '/leaderboard?span=month&day=2020-01-01',
  '/leaderboard/grace', '/leaderboard/nothing-here',
]
const FOR_ADMINS = [
  '/', '/exercises', '/topics', '/topics/caches-and-eviction', '/progress', '/submissions',
  '/submissions?exercise=no-such-exercise', '/exercises/lru-cache/solutions', '/exercises/lru-cache/solutions?page=9',
  '/exercises/bloom-filter/solutions', '/exercises/lru-cache/solutions?sort=nothing-like-it',
  '/submissions/nothing-here', '/settings', '/people/grace', '/leaderboard', '/leaderboard?span=week', '/leaderboard/grace', '/admin', '/admin/people', '/admin/people?q=nobody-at-all',
  '/admin/submissions', '/admin/submissions/nothing-here', '/admin/regrades', '/admin/regrades/nothing-here',
]

let admin: Visitor
let submissions: { passed: string; failed: string; queued: string }

beforeAll(async () => {
  admin = site.visitor()
  const { id } = await admin.signUp({ name: 'Grace Hopper' })
  await setRole(id, 'admin')
  await openBoards()
  await admin.call('/api/account/profile', { method: 'PUT', body: { handle: 'grace', public: true } })
  await admin.call('/api/account/leaderboard', { method: 'PUT', body: { onBoards: true } })
  submissions = { passed: await submit(), failed: await submit(), queued: await submit() }
  await grade(submissions.passed, 'passed')
  await grade(submissions.failed, 'failed')
  await admin.call('/api/exercises/lru-cache/solutions/own', { method: 'PUT', body: { submission: submissions.passed, signed: true } })
})

async function submit(): Promise<string> {
  const sent = await admin.call('/api/submissions', { body: { exercise: 'lru-cache', source: 'export class A {}' } })
  return (sent.json as { id: string }).id
}

describe.each(LOOKS)('in the $theme theme, in $locale', (look) => {
  let visitors: BrowserContext
  let admins: BrowserContext
  beforeAll(async () => {
    visitors = await browser.profile(look)
    admins = await browser.profile({ ...look, as: admin })
  })
  afterAll(() => Promise.all([visitors.close(), admins.close()]))

  it.each(FOR_VISITORS)('a visitor meets no fault at %s', async (path) => {
    expect(await faultsAt(path, visitors)).toBe('')
  })

  it.each(FOR_ADMINS)('somebody signed in meets no fault at %s', async (path) => {
    expect(await faultsAt(path, admins)).toBe('')
  })

  it.each(['passed', 'failed', 'queued'] as const)('its owner meets no fault at a %s submission', async (of) => {
    expect(await faultsAt(`/submissions/${submissions[of]}`, admins)).toBe('')
  })
})
