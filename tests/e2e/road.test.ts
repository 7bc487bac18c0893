import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import { LeakFinder, listSecrets } from '@/tests/leaks/support/secrets'
import { useBrowser, watchComplaints } from '@/tests/pages/support/browser'
import { ENDLESS_LOOP, FIRST_IN_FIRST_OUT, LRU_SOLUTION } from './support/solutions'
import { useWholeSite } from './support/whole-site'
import { PATIENCE_MS, signUp, Workspace } from './support/workspace'

vi.setConfig({ testTimeout: 2 * PATIENCE_MS })

const site = useWholeSite({ GRADER_CONCURRENCY: '2' })
const browser = useBrowser(site)
const newEmail = (): string => `${randomUUID()}@example.org`

/** A browser of somebody new. */
async function newLearner(path = '/'): Promise<{ page: Page; workspace: Workspace; complaints: string[] }> {
  const page = await (await browser.profile()).newPage()
  const complaints = watchComplaints(page)
  await page.goto(path)
  return { page, workspace: new Workspace(page), complaints }
}

/** Everything the page receives from now on that the server made for it. */
function collectAnswers(page: Page): () => Promise<string> {
  const bodies: Promise<string>[] = []
  page.on('requestfinished', (request) => {
    if (request.url().includes('/generated/') || request.url().includes('/_next/static/')) return
    bodies.push(request.response().then(async (response) => (await response?.text()) ?? '').catch(() => ''))
  })
  return async () => (await Promise.all(bodies)).join('\n')
}

describe('a learner', () => {
  it('signs up, runs, reads a diff, runs again, submits, and finds the result after a reload', async () => {
    const { page, workspace, complaints } = await newLearner('/sign-up')
    const answers = collectAnswers(page)
    await signUp(page, newEmail())
    await page.getByRole('button', { name: 'Account of Ada Lovelace' }).waitFor()
    await page.goto('/')
    await page.getByRole('link', { name: /LRU/ }).first().click()
    await page.waitForURL('**/exercises/lru-cache')
    await workspace.untilReady()

    await workspace.write(FIRST_IN_FIRST_OUT)
    await workspace.run()
    const diff = page.getByRole('group', { name: 'Difference between expected and received' }).first()
    expect(await diff.innerText()).toMatch(/Expected:\s+-\s+"a"/)
    expect(await diff.innerText()).toMatch(/Received:\s+\+\s+"b"/)
    await workspace.picture('1-run-wrong')

    await workspace.write(LRU_SOLUTION)
    await workspace.run()
    await page.getByText(/All \d+ tests pass/).waitFor()
    await workspace.picture('2-run-right')

    await workspace.submit()
    await workspace.says('All hidden tests pass.')
    await workspace.says(/^(\d+) of \1 points$/)
    await workspace.picture('3-passed')

    await page.getByText('Saved', { exact: true }).waitFor()
    await page.reload()
    await workspace.untilReady()
    expect(await workspace.text()).toBe(LRU_SOLUTION)
    await page.getByRole('tab', { name: 'Submissions' }).click()
    await page.getByRole('tabpanel', { name: 'Submissions' }).getByText('Passed', { exact: true }).waitFor()
    await page.goto('/progress')
    const row = page.getByRole('row').filter({ hasText: /LRU/ })
    await row.getByText('Passed', { exact: true }).waitFor()
    await workspace.picture('4-progress')
    await page.goto('/submissions')
    await page.getByRole('row').filter({ hasText: /LRU/ }).getByText('Passed', { exact: true }).waitFor()

    expect(complaints.join('\n')).toBe('')
    // A verdict names the rules that were checked; of the tests themselves nothing came this way.
    const finder = new LeakFinder(listSecrets().filter(({ kind, origin }) => kind !== 'title' && /hidden\.test/.test(origin)))
    expect(finder.find(await answers())).toEqual([])
  })

  it('is told which rules do not hold', async () => {
    const { page, workspace, complaints } = await newLearner('/sign-up?next=/exercises/lru-cache')
    await signUp(page, newEmail())
    await page.waitForURL('**/exercises/lru-cache')
    await workspace.untilReady()
    await workspace.write(FIRST_IN_FIRST_OUT)
    await workspace.submit()
    await workspace.says(/hidden tests? fails? out of/)
    await workspace.says('Does not hold')
    await workspace.picture('5-failed')
    expect(complaints.join('\n')).toBe('')
  })

  it('has the verdict while an endless loop of somebody else still runs, which ends at its limit', async () => {
    const [endless, right] = await Promise.all([newLearner('/sign-up'), newLearner('/sign-up')])
    for (const { page, workspace } of [endless, right]) {
      await signUp(page, newEmail())
      await page.getByRole('button', { name: 'Account of Ada Lovelace' }).waitFor()
      await workspace.open()
    }
    await endless.workspace.write(ENDLESS_LOOP)
    await right.workspace.write(LRU_SOLUTION)

    const order: string[] = []
    await endless.workspace.submit()
    await endless.workspace.says('The hidden tests are running.')
    const stopped = endless.workspace.says(/It was stopped at the time limit/).then(() => order.push('endless'))
    await right.workspace.submit()
    await right.workspace.says('All hidden tests pass.').then(() => order.push('right'))
    await stopped
    expect(order).toEqual(['right', 'endless'])
    await endless.workspace.picture('6-time-limit')
    expect([...endless.complaints, ...right.complaints]).toEqual([])
  })

  it('stops an endless loop of their own in the browser, and goes on', async () => {
    const { page, workspace, complaints } = await newLearner()
    await workspace.open()
    await workspace.write(ENDLESS_LOOP)
    await workspace.run()
    await page.getByText(/^Stopped after/).waitFor()
    await workspace.write(LRU_SOLUTION)
    await workspace.run()
    await page.getByText(/All \d+ tests pass/).waitFor()
    expect(complaints.join('\n')).toBe('')
  })

  it('who is not signed in runs, is asked to sign in when submitting, and comes back to a verdict', async () => {
    const { page, workspace, complaints } = await newLearner()
    const email = newEmail()
    await site.visitor().signUp({ email })
    await workspace.open()
    await workspace.write(LRU_SOLUTION)
    await workspace.run()
    await page.getByText(/All \d+ tests pass/).waitFor()
    await page.getByRole('button', { name: 'Sign in and submit' }).click()
    await page.waitForURL('**/sign-in?**')
    await page.getByText('Your code is kept. After signing in you are back at it.').waitFor()
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('a quiet workshop')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.waitForURL(/\/exercises\/lru-cache/)
    await workspace.untilReady()
    await workspace.says('All hidden tests pass.')
    expect(await workspace.text()).toBe(LRU_SOLUTION)
    expect(complaints.join('\n')).toBe('')
  })
})
