import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { setRole } from '@/lib/learn/accounts'
import { grade } from '@/tests/http/support/grading'
import { useSite } from '@/tests/http/support/site'
import type { Visitor } from '@/tests/http/support/visitor'
import { useBrowser, watchComplaints } from './support/browser'

const site = useSite()
const browser = useBrowser(site)

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Both themes in both languages; phones and wide windows take turns. */
const LOOKS = [
  { theme: 'light', locale: 'en', width: 1440 },
  { theme: 'light', locale: 'zh', width: 390 },
  { theme: 'dark', locale: 'en', width: 390 },
  { theme: 'dark', locale: 'zh', width: 1440 },
] as const

const FOR_VISITORS = [
  '/', '/?q=queue', '/?q=xyzzyplugh', '/topics', '/topics/caches-and-eviction', '/progress', '/sign-in',
  '/sign-in?error=too-many-requests', '/sign-up?next=/progress', '/claim?token=guessed', '/nothing-here',
  '/topics/nothing-here', '/exercises/nothing-here',
]
const FOR_ADMINS = ['/', '/topics', '/topics/caches-and-eviction', '/progress', '/submissions', '/settings', '/admin',
  '/admin/people']

let admin: Visitor
let submission: string

beforeAll(async () => {
  admin = site.visitor()
  const { id } = await admin.signUp({ name: 'Grace Hopper' })
  await setRole(id, 'admin')
  const sent = await admin.call('/api/submissions', { body: { exercise: 'lru-cache', source: 'export class A {}' } })
  submission = `/submissions/${(sent.json as { id: string }).id}`
  await grade(submission.split('/')[2] ?? '', 'failed')
})

/** What is wrong with a page as it stands. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(STANDARDS).analyze()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  const missing = await page.evaluate(() => {
    return document.body.innerText.match(/\b(?:common|home|topics|progress|account|errors|settings|admin)\.[\w.]+/g) ?? []
  })
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ...(wide > 0 ? [`wider than the window by ${wide} px`] : []),
    ...missing.map((key) => `no text for ${key}`),
  ]
}

describe.each(LOOKS)('in the $theme theme, in $locale, $width px wide', (look) => {
  it.each(FOR_VISITORS)('a visitor meets no fault at %s', async (path) => {
    await expectFaultless(path, look)
  })

  it.each(FOR_ADMINS)('somebody signed in meets no fault at %s', async (path) => {
    await expectFaultless(path, { ...look, as: admin })
  })

  it('somebody signed in meets no fault at a submission', async () => {
    await expectFaultless(submission, { ...look, as: admin })
  })
})

async function expectFaultless(path: string, look: Parameters<typeof browser.profile>[0]): Promise<void> {
  const profile = await browser.profile(look)
  const page = await profile.newPage()
  const complaints = watchComplaints(page)
  await page.goto(path, { waitUntil: 'networkidle' })
  expect([...(await faultsOf(page)), ...complaints]).toEqual([])
  await profile.close()
}
