import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { grade } from '@/tests/http/support/grading'
import { useSite } from '@/tests/http/support/site'
import { PASSWORD, type Visitor } from '@/tests/http/support/visitor'
import { useBrowser, watchComplaints } from '@/tests/pages/support/browser'
import { cursorLine, EXERCISE, focusEditor, read, untilReady, untilRun, write } from './support/workspace'

const site = useSite()
const browser = useBrowser(site)
const folder = path.resolve(import.meta.dirname, '../../exercises/caches-and-eviction/lru-cache')
const SOLUTION = readFileSync(path.join(folder, 'solution.ts'), 'utf8')
const WRONG = readFileSync(path.join(folder, 'wrong/first-in-first-out.ts'), 'utf8')

/** One profile for all who are not signed in, so that the editor's files are loaded once; each begins without drafts. */
let visitors: Promise<BrowserContext> | undefined

async function open(as?: Visitor): Promise<Page> {
  visitors ??= browser.profile({ width: 1440 })
  const context = as ? await browser.profile({ width: 1440, as }) : await visitors
  const page = await context.newPage()
  if (!as) {
    await page.goto('/api/health')
    await page.evaluate(() => localStorage.clear())
    await context.clearCookies()
    await context.addCookies([{ name: 'locale', value: 'en', url: site.origin }])
  }
  await page.goto(EXERCISE)
  await untilReady(page)
  return page
}

interface Listed {
  id: string
}
/** The submissions of whoever this page is signed in as. */
async function submissionsOf(page: Page): Promise<Listed[]> {
  return page.evaluate(async () => (await (await fetch('/api/submissions?exercise=lru-cache')).json()) as Listed[])
}
async function gradeLatest(page: Page, outcome: 'passed' | 'failed'): Promise<void> {
  const [latest] = await submissionsOf(page)
  await grade(latest?.id ?? '', outcome)
}

describe('writing and running', () => {
  it('runs nothing by itself, not even after a reload with an endless loop in the editor', async () => {
    const page = await open()
    await write(page, 'for (;;);\nexport class LRUCache {}')
    await page.getByText('Saved in this browser').waitFor()
    await page.reload()
    await untilReady(page)
    expect(await read(page)).toContain('for (;;);')
    await page.getByText('Nothing has run yet').waitFor()
    expect(await page.locator('[data-run]').count()).toBe(0)
  })

  it('runs by Ctrl+Enter, shows the difference, and leads from a failure to its line', async () => {
    const page = await open()
    const complaints = watchComplaints(page)
    await write(page, WRONG)
    await focusEditor(page)
    await page.keyboard.press('Control+Enter')
    await untilRun(page, 1)
    await page.getByRole('group', { name: 'Difference between expected and received' }).waitFor()
    const place = page.getByRole('button', { name: /Go to visible\.test\.ts:\d+/ }).first()
    const line = Number(/ts:(\d+)/.exec((await place.textContent()) ?? '')?.[1])
    await place.click()
    await page.getByRole('tab', { name: 'visible.test.ts', selected: true }).waitFor()
    expect(await cursorLine(page)).toBe(line)
    expect(await read(page)).toBe(WRONG)
    expect(complaints).toEqual([])
  })

  it('runs the learner’s own tests once there are some', async () => {
    const page = await open()
    await write(page, SOLUTION)
    await page.getByRole('button', { name: 'Run' }).click()
    await untilRun(page, 1)
    expect(await page.getByText('Your tests').count()).toBe(0)
    await write(page, "import { it } from 'vitest'\nit('is mine', () => {})", 'own.test.ts')
    await page.getByRole('button', { name: 'Run' }).click()
    await untilRun(page, 2)
    await page.getByText('Your tests').waitFor()
    await page.getByText('is mine').waitFor()
  })

  it('shows what does not compile at its line', async () => {
    const page = await open()
    await write(page, 'export class LRUCache {\n  constructor() {\n    const x = ;\n  }\n}')
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByRole('button', { name: 'Go to solution.ts:3:15' }).click()
    expect(await cursorLine(page)).toBe(3)
    await page.waitForSelector('.squiggly-error')
  })

  it('ends an endless loop at its limit while the page goes on', async () => {
    const page = await open()
    await write(page, 'for (;;);\nexport class LRUCache {}')
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByRole('tab', { name: 'Hints' }).click()
    await page.getByText('Hint 1').waitFor()
    await page.getByRole('button', { name: 'Stop' }).waitFor()
    await untilRun(page, 1)
    await page.getByText(/Stopped after 3 s/).waitFor()
  })

  it('checks types strictly and carries the solution’s into the tests', async () => {
    const page = await open()
    await write(page, 'export class LRUCache {\n  use(value) { return value }\n}')
    await page.getByRole('button', { name: '1 type problem' }).waitFor()
    await page.getByRole('tab', { name: 'visible.test.ts' }).click()
    await page.getByRole('button', { name: /type problems?$/ }).waitFor()
    await write(page, SOLUTION)
    await page.getByRole('button', { name: /type problems?$/ }).waitFor({ state: 'detached' })
  })

  it('lets the keyboard out of the editor and says how', async () => {
    const page = await open()
    await focusEditor(page)
    const before = await read(page)
    await page.keyboard.press('Tab')
    expect(await read(page)).not.toBe(before)
    await page.getByText('Press Escape, then Tab, to leave the editor.').last().waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Tab now leaves the editor').waitFor()
    const typed = await read(page)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('.monaco-editor'))).toBeNull()
    expect(await read(page)).toBe(typed)
  })

  it('starts over and takes that back', async () => {
    const page = await open()
    const starter = await read(page)
    await write(page, WRONG)
    await page.getByRole('button', { name: 'Start over' }).click()
    expect(await read(page)).toBe(starter)
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await read(page)).toBe(WRONG)
  })

  it('remembers the sizes of its panes', async () => {
    const page = await open()
    const width = () => page.evaluate(() => document.getElementById('guide')?.offsetWidth)
    await page.getByRole('separator', { name: 'Resize the task pane' }).focus()
    await page.keyboard.press('ArrowRight')
    const changed = await width()
    expect(changed).toBeGreaterThan(1440 * 0.41)
    await page.reload()
    expect(await width()).toBe(changed)
  })

  it('works on a phone, one part at a time', async () => {
    const page = await open()
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: 'Code' }).click()
    await untilReady(page)
    await write(page, SOLUTION)
    await page.getByRole('button', { name: 'Run' }).click()
    await untilRun(page, 1)
    await page.getByText(/All \d+ tests pass/).waitFor()
  })
})

describe('submitting', () => {
  it('leads a visitor through signing in, back to the same code, and submits it once', async () => {
    const { email } = await site.visitor().signUp()
    const page = await open()
    await write(page, `${SOLUTION}\n// typed by a visitor`)
    await page.getByRole('button', { name: 'Sign in and submit' }).click()
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${EXERCISE}**`)
    await untilReady(page)
    await page.getByText('It is graded as soon as a grader is free.').or(page.getByText('You are next.')).waitFor()
    expect(await read(page)).toContain('// typed by a visitor')
    await page.reload()
    await untilReady(page)
    expect(await submissionsOf(page)).toHaveLength(1)
  })

  it('shows the verdict when it comes, lists it, and opens the editorial after a pass', async () => {
    const visitor = site.visitor()
    await visitor.signUp()
    const page = await open(visitor)
    await page.getByRole('tab', { name: 'Editorial' }).click()
    await page.getByText('Opens when you pass').waitFor()
    await write(page, SOLUTION)
    await page.keyboard.press('Control+Shift+Enter')
    await page.locator('[aria-current=step]', { hasText: 'Queued' }).waitFor()
    await gradeLatest(page, 'failed')
    await page.getByText('0 of 20 points').first().waitFor()
    await page.getByText('Does not hold').first().waitFor()
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.locator('[aria-current=step]', { hasText: 'Queued' }).waitFor()
    await gradeLatest(page, 'passed')
    await page.getByText('All hidden tests pass.').waitFor()
    await page.getByRole('button', { name: 'Read the editorial' }).click()
    await page.getByText('Opens when you pass').waitFor({ state: 'detached' })
    await page.getByRole('tab', { name: 'Submissions' }).click()
    await expect.poll(() => page.getByRole('button', { name: 'Restore code' }).count()).toBe(2)
  })

  it('goes on to show a submission that was waiting when the page was left', async () => {
    const visitor = site.visitor()
    await visitor.signUp()
    const page = await open(visitor)
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.locator('[aria-current=step]', { hasText: 'Queued' }).waitFor()
    await page.reload()
    await page.getByRole('tab', { name: 'Submission', exact: true }).click()
    await page.locator('[aria-current=step]', { hasText: 'Queued' }).waitFor()
    await gradeLatest(page, 'passed')
    await page.getByText('All hidden tests pass.').waitFor()
  })
})

describe('two computers', () => {
  it('share a draft, and neither loses what was typed at the other', async () => {
    const visitor = site.visitor()
    await visitor.signUp()
    const here = await open(visitor)
    await write(here, '// from here')
    await here.getByText('Saved', { exact: true }).waitFor()
    const there = await open(visitor)
    expect(await read(there)).toBe('// from here')
    await write(there, '// from there')
    await there.getByText('Saved', { exact: true }).waitFor()
    // Long enough for the first one to have to ask before it writes.
    await here.waitForFunction((at) => Date.now() > at, Date.now() + 5_500)
    await write(here, '// from here again')
    await here.getByText('You also changed this exercise somewhere else').waitFor()
    expect(await read(here)).toBe('// from here again')
    await here.getByRole('button', { name: 'Exchange them' }).click()
    expect(await read(here)).toBe('// from there')
    await here.getByRole('button', { name: 'Keep this one' }).click()
    await here.getByText('You also changed this exercise somewhere else').waitFor({ state: 'detached' })
  })
})
