import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setRole } from '@/lib/learn/accounts'
import { grade } from '@/tests/http/support/grading'
import { useSite } from '@/tests/http/support/site'
import type { Visitor } from '@/tests/http/support/visitor'
import { untilAlive, useBrowser, watchComplaints } from './support/browser'

const site = useSite()
const browser = useBrowser(site)

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Each theme with a language and the width at which axe looks. */
const LOOKS = [
  { theme: 'light', locale: 'en', width: 1440 },
  { theme: 'dark', locale: 'zh', width: 390 },
] as const
const WIDTHS = [1440, 1024, 390]

const FOR_VISITORS = [
  '/', '/exercises', '/exercises?q=queue', '/exercises?q=xyzzyplugh&topic=nothing-here', '/topics',
  '/topics/caches-and-eviction', '/progress', '/sign-in', '/sign-in?error=too-many-requests',
  '/sign-up?next=/progress', '/claim?token=guessed', '/nothing-here', '/topics/nothing-here',
  '/exercises/nothing-here',
]
const FOR_ADMINS = [
  '/', '/exercises', '/topics', '/topics/caches-and-eviction', '/progress', '/submissions',
  '/submissions?exercise=no-such-exercise',
  '/submissions/nothing-here', '/settings', '/admin', '/admin/people', '/admin/people?q=nobody-at-all',
  '/admin/submissions', '/admin/submissions/nothing-here', '/admin/regrades', '/admin/regrades/nothing-here',
]

let admin: Visitor
let submissions: { passed: string; failed: string; queued: string }

beforeAll(async () => {
  admin = site.visitor()
  const { id } = await admin.signUp({ name: 'Grace Hopper' })
  await setRole(id, 'admin')
  submissions = { passed: await submit(), failed: await submit(), queued: await submit() }
  await grade(submissions.passed, 'passed')
  await grade(submissions.failed, 'failed')
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

/** What is wrong with a page, a line each: by axe, by the browser's console, in its words and at any of the widths. */
async function faultsAt(path: string, profile: BrowserContext): Promise<string> {
  const page = await profile.newPage()
  const complaints = watchComplaints(page)
  await page.goto(path, { waitUntil: 'load' })
  await untilAlive(page)
  // Without its legacy mode axe opens another page for each look.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(STANDARDS).analyze()
  const faults = [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ...(await wordlessKeys(page)),
    ...(await overflows(page)),
    ...complaints,
  ]
  await page.close()
  return faults.join('\n')
}

/** Keys of messages that stand on the page in the place of their words. */
async function wordlessKeys(page: Page): Promise<string[]> {
  const areas = 'catalogue|common|home|topics|progress|submissions|account|errors|settings|admin|workspace'
  const text = await page.evaluate(() => document.body.innerText)
  return (text.match(new RegExp(`\\b(?:${areas})\\.[a-z][\\w.]*`, 'g')) ?? []).map((key) => `no words for ${key}`)
}

/** At which widths the page as a whole scrolls sideways. */
async function overflows(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    const by = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (by > 0) found.push(`${by} px too wide for a window of ${width} px`)
  }
  return found
}
