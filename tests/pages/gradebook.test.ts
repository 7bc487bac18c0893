import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeClassSite, type ClassSite } from '@/tests/http/support/class-site'
import { grade } from '@/tests/http/support/grading'
import { useSite } from '@/tests/http/support/site'
import { useBrowser, watchComplaints } from './support/browser'

const site = useSite()
const browser = useBrowser(site)

let place: ClassSite
let gradebook: string
let cell: string

beforeAll(async () => {
  place = await makeClassSite(() => site.visitor())
  const { ids } = place
  gradebook = `/classes/${ids.class}/gradebook`
  cell = `${gradebook}/${ids.student}/${ids.item}`
  await grade(ids.submission, 'passed')
})

const open = (path: string, as: keyof ClassSite['askers'], look = {}) => browser.open(path, { as: place.askers[as], ...look })
const standing = (page: Page) => page.evaluate(() => {
  const cell = document.activeElement?.closest('[data-row]')
  return cell && [cell.getAttribute('data-row'), cell.getAttribute('data-column')].map(Number)
})

describe('the gradebook', () => {
  it('is walked with the arrow keys as a grid, and Enter opens a cell', async () => {
    const page = await open(gradebook, 'instructor')
    const grid = page.getByRole('grid', { name: 'Gradebook' })
    await grid.getByRole('rowheader', { name: 'student' }).focus()
    for (const [key, place] of [
      ['ArrowRight', [1, 1]], ['ArrowRight', [1, 2]], ['ArrowUp', [0, 2]], ['ArrowDown', [1, 2]], ['End', [1, 3]],
      ['Home', [1, 0]], ['ArrowLeft', [1, 0]], ['Control+Home', [0, 0]], ['Control+End', [1, 3]], ['ArrowLeft', [1, 2]],
    ] as const) {
      await page.keyboard.press(key)
      await expect.poll(() => standing(page), { message: key }).toEqual(place)
    }
    expect(await page.evaluate(() => document.querySelectorAll('[role=grid] [tabindex="0"]').length)).toBe(1)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${cell}`)
  })

  it('is sorted and filtered, and its address says how', async () => {
    const page = await open(gradebook, 'assistant')
    await page.getByRole('columnheader', { name: 'Total', exact: true }).getByRole('button').click()
    await page.waitForURL('**?sort=total&order=down')
    expect(await page.getByRole('columnheader', { name: 'Total', exact: true }).getAttribute('aria-sort')).toBe('descending')
    await page.getByLabel('Name, e-mail or id').fill('nobody at all')
    await page.getByText('Nobody fits').waitFor()
    await page.getByRole('button', { name: 'Show all' }).first().click()
    await page.getByRole('rowheader', { name: 'student' }).waitFor()
    await page.reload()
    expect(await page.getByRole('button', { name: 'Export' }).count()).toBe(0)
  })

  it('is a file for instructors', async () => {
    const page = await open(gradebook, 'instructor')
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'), page.getByRole('menuitem', { name: /Marks as CSV/ }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^Back ends gradebook \d{4}-\d\d-\d\d\.csv$/)
  })

  it('does not exist for students', async () => {
    for (const path of [gradebook, cell]) {
      const answer = await place.askers.student.call(path)
      expect(answer.status).toBe(404)
    }
  })
})

describe('a cell', () => {
  it('takes a comment on a line, which its author rewords and the student reads', async () => {
    const page = await open(cell, 'assistant')
    await page.getByRole('button', { name: 'Comment on line 1' }).click()
    await page.keyboard.type('Where is get?')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('article').getByText('Where is get?').waitFor()
    await page.getByRole('button', { name: 'Edit comment' }).click()
    await page.getByRole('textbox', { name: 'Edit comment' }).fill('Where are get and put?')
    await page.getByRole('button', { name: 'Save comment' }).click()
    await page.getByText('edited').waitFor()
    await page.getByRole('textbox', { name: 'Comment on the submission as a whole' }).fill('A good start')
    await page.getByRole('button', { name: 'Add comment' }).click()
    await page.getByRole('article').getByText('A good start').waitFor()
    expect(await page.getByRole('button', { name: 'Change the mark' }).count()).toBe(0)

    const own = await open(`/submissions/${place.ids.submission}`, 'student')
    await own.getByText('2 comments from your class').waitFor()
    expect(await own.locator('#line-1').innerText()).toContain('Where are get and put?')
    await own.getByText('A good start').waitFor()
    expect(await own.getByRole('button', { name: 'Edit comment' }).count()).toBe(0)

    await page.getByRole('article').filter({ hasText: 'A good start' }).getByRole('button', { name: 'Delete comment' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete comment' }).click()
    await expect.poll(() => page.getByText('A good start').count()).toBe(0)
  })

  it('takes a mark by hand with a reason, and lets it be undone', async () => {
    const page = await open(cell, 'instructor')
    await page.getByRole('button', { name: 'Change the mark' }).click()
    await page.getByLabel('Points').fill('72,5')
    await page.getByLabel('Reason').fill('Oral exam')
    await page.getByRole('button', { name: 'Give this mark' }).click()
    await page.getByText('Given by hand').waitFor()
    await page.getByText('Computed from the submissions: 100').waitFor()
    await page.getByText('72.5 points').waitFor()
    await page.getByRole('button', { name: 'Undo the last change' }).click()
    await page.getByLabel('Reason').fill('A slip')
    await page.getByRole('button', { name: 'Undo the last change' }).click()
    await page.getByText('Back to the computed mark').waitFor()
    await expect.poll(() => page.getByText('Given by hand').count()).toBe(0)
  })

  it('shows what changed since the starter', async () => {
    const page = await open(cell, 'instructor')
    await page.getByRole('link', { name: 'Changes since the starter' }).click()
    await page.waitForURL('**?submission=*&view=starter')
    await page.getByText(/\d+ added, \d+ removed/).waitFor()
    await page.getByRole('link', { name: 'Changes since the one before' }).click()
    await page.getByText('This is the first submission.').waitFor()
  })
})

describe.each([
  { theme: 'light', locale: 'en', width: 1440 }, { theme: 'dark', locale: 'zh', width: 390 },
] as const)('in the $theme theme, in $locale', (look) => {
  it.each([['gradebook', () => gradebook], ['cell', () => cell], ['changes', () => `${cell}?view=starter`]])(
    'the %s is accessible, fits, and the browser complains of nothing', async (_, path) => {
      const page = await open('/classes', 'instructor', look)
      const complaints = watchComplaints(page)
      await page.goto(path(), { waitUntil: 'load' })
      await page.locator('#content h1').waitFor()
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
      expect(complaints).toEqual([])
    },
  )
})
