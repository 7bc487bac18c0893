import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { pseudonym } from '@/app/_leaderboard/pseudonym'
import { BoardView, type ClassBoardsBody } from '@/lib/contract/leaderboard'
import { refreshClassBoards } from '@/lib/db/boards/refresh'
import { addMember } from '@/lib/db/class-members'
import { database } from '@/lib/db/client'
import { makeClassSite, type ClassAsker, type ClassSite } from '@/tests/http/support/class-site'
import { grade } from '@/tests/http/support/grading'
import { useSite } from '@/tests/http/support/site'
import { openBoards, solve } from './support/boards'
import { useBrowser } from './support/browser'

const site = useSite()
const browser = useBrowser(site)

let classes: ClassSite
let path: string

beforeAll(async () => {
  await openBoards()
  classes = await makeClassSite(site.visitor)
  path = `/classes/${classes.ids.class}/leaderboard`
  await grade(classes.ids.submission, 'passed')
}, 120_000)

async function choose(body: ClassBoardsBody): Promise<void> {
  const answer = await classes.askers.instructor.call(`/api${path}/settings`, { method: 'PUT', body })
  expect(answer.status, answer.text).toBeLessThan(300)
}

const open = (asker: ClassAsker, query = ''): Promise<Page> => browser.open(path + query, { as: classes.askers[asker] })
const table = (page: Page) => page.getByRole('table', { name: 'Places' })
const tab = (page: Page) => page.getByRole('navigation', { name: 'Pages of the class' }).getByRole('link', { name: 'Leaderboard' })

describe('a class without leaderboards', () => {
  it('tells students that there are none, and staff where to switch them on', async () => {
    await choose({ mode: 'off', top: null })
    const student = await open('student')
    await student.getByText('This class has no leaderboard').waitFor()
    expect(await tab(student).count()).toBe(0)
    const instructor = await open('instructor')
    await instructor.getByRole('link', { name: 'Choose in the settings' }).waitFor()
    const assistant = await open('assistant')
    await assistant.getByText('Leaderboards are switched off').waitFor()
    expect(await assistant.getByRole('link', { name: 'Choose in the settings' }).count()).toBe(0)
  })
})

describe('a class with pseudonyms', () => {
  it('shows them to students, and both to staff', async () => {
    await choose({ mode: 'pseudonyms', top: null })
    const board = BoardView.parse((await classes.askers.instructor.call(`/api${path}`)).json)
    const alias = board.rows[0]?.alias ?? -1
    const staff = await open('instructor')
    await table(staff).getByText('student', { exact: true }).waitFor()
    await table(staff).getByText(`students see ${pseudonym(alias, 'en')}`).waitFor()

    const own = await open('student')
    await table(own).getByText(`others see ${pseudonym(alias, 'en')}`).waitFor()
    await tab(own).waitFor()
    await own.getByLabel('Do not show my name').waitFor()
    expect(board.timeZone).toBe('Europe/Berlin')
  })

  it('has a page for what a row rests on, for everybody in the class and nobody else', async () => {
    const { rows } = BoardView.parse((await classes.askers.instructor.call(`/api${path}`)).json)
    const address = `${path}/${rows[0]?.id}`
    const status = async (asker: ClassAsker) => (await classes.askers[asker].call(address)).status
    expect(await Promise.all((['student', 'assistant', 'instructor', 'admin'] as const).map(status))).toEqual([200, 200, 200, 200])
    expect(await Promise.all((['outsider', 'elsewhere', 'elsewhereStaff', 'removed'] as const).map(status))).toEqual([404, 404, 404, 404])
    expect(await status('nobody')).toBe(307)
    for (const none of ['x', '-1', '01', '1e3', '999999']) {
      expect((await classes.askers.instructor.call(`${path}/${none}`)).status).toBe(404)
    }
    const page = await browser.open(address, { as: classes.askers.student })
    const counted = page.getByRole('table', { name: 'Exercises that count' })
    await counted.getByRole('link', { name: 'O(1) LRU cache', exact: true }).waitFor()
  })
})

describe('a class that shows the first places only', () => {
  it('shows students these and their own place, says so, and shows staff all of them', async () => {
    const second = classes.askers.outsider
    const { id } = await second.call('/api/auth/session').then(({ json }) => (json as { user: { id: string } }).user)
    const member = { classId: classes.ids.class, userId: id, role: 'student' as const }
    await database().$transaction(async (db) => {
      await addMember(db, member)
      await refreshClassBoards(db, member.classId)
    })
    await solve(second, 'lru-cache')
    await choose({ mode: 'names', top: 1 })
    const page = await browser.open(path, { as: second })
    await page.getByText('Shown is the first place, and your own.').waitFor()
    await page.getByRole('region', { name: 'Your place' }).getByText('2nd', { exact: true }).waitFor()
    // Behind the head, one row.
    expect(await table(page).getByRole('row').count()).toBe(2)
    const staff = await open('assistant')
    expect(await table(staff).getByRole('row').count()).toBe(3)
    await page.goto(`${path}?from=2`)
    await page.getByText('Places that far down are not shown').waitFor()
    await page.getByRole('region', { name: 'Your place' }).getByRole('link', { name: /points$/ }).click()
    await page.getByRole('link', { name: 'To the leaderboard' }).click()
    await page.waitForURL(`**${path}`)
  })
})

describe('the boards of a class', () => {
  it('are those of all of it and of its sets, and of no set that is a draft', async () => {
    await choose({ mode: 'names', top: null })
    const page = await open('student')
    await page.getByText('Problem set', { exact: true }).click()
    expect(await page.getByRole('link', { name: 'Not yet' }).count()).toBe(0)
    await page.getByRole('link', { name: 'Caches', exact: true }).click()
    await page.waitForURL(`**${path}?set=${classes.ids.set}`)
    await table(page).getByText('You', { exact: true }).waitFor()
    expect((await classes.askers.student.call(`${path}?set=${classes.ids.draft}`)).status).toBe(404)
  })

  it('let go of whom staff keeps off them, at once, who still sees the own place', async () => {
    const keepOff = async (offBoards: boolean) => {
      const member = `/api/classes/${classes.ids.class}/members/${classes.ids.student}/leaderboard`
      const answer = await classes.askers.instructor.call(member, { method: 'PUT', body: { offBoards } })
      expect(answer.status, answer.text).toBeLessThan(300)
    }
    const page = await open('assistant')
    await page.getByText('Live', { exact: true }).waitFor()
    await table(page).getByText('student', { exact: true }).waitFor()
    await keepOff(true)
    await table(page).getByText('student', { exact: true }).waitFor({ state: 'detached' })
    const own = await open('student')
    await own.getByText('the staff keeps you off the leaderboards of this class').waitFor()
    await keepOff(false)
    await table(page).getByText('student', { exact: true }).waitFor()
  })
})
