import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { setRole } from '@/lib/learn/accounts'
import { createClass } from '@/lib/learn/classes/classes'
import { getJoin } from '@/lib/learn/classes/join-settings'
import { joinByCode } from '@/lib/learn/classes/join'
import { classBoards } from '@/lib/learn/leaderboards/class-board'
import { saveClassBoards } from '@/lib/learn/leaderboards/class-choices'
import { useSite } from '@/tests/http/support/site'
import type { Account, Visitor } from '@/tests/http/support/visitor'
import { untilAlive, useBrowser } from './support/browser'

const site = useSite()
const browser = useBrowser(site)

let teacher: Visitor
let grace: Account

beforeAll(async () => {
  teacher = site.visitor()
  grace = { ...(await teacher.signUp({ name: 'Grace Hopper' })), role: 'instructor' }
  await setRole(grace.id, 'instructor')
})

async function newClass(name: string) {
  const { id } = await createClass(grace, { name, term: '', timeZone: 'UTC', graceDays: 0 })
  return { id, code: (await getJoin(grace, id)).code }
}

async function newStudent(name: string, code?: string) {
  const visitor = site.visitor()
  const account = await visitor.signUp({ name })
  if (code) await joinByCode(account, code)
  return { visitor, account }
}

const line = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

describe('a class', () => {
  it('is made by an instructor, and joined by whoever opens its link', async () => {
    const page = await browser.open('/classes/new', { as: teacher })
    await page.getByRole('button', { name: 'Create class' }).click()
    await page.getByText('Enter a name.').waitFor()
    await page.getByLabel('Name', { exact: true }).fill('Networks')
    await page.getByLabel('Time zone').selectOption('Asia/Shanghai')
    await page.getByRole('button', { name: 'Create class' }).click()
    await page.getByRole('heading', { level: 1, name: 'Networks' }).waitFor()
    const link = await page.getByText(/\/join\//).innerText()

    const student = await newStudent('Ada Lovelace')
    const joining = await browser.open(new URL(link).pathname, { as: student.visitor })
    await joining.getByText('Taught by Grace Hopper').waitFor()
    await joining.getByRole('button', { name: 'Join the class' }).click()
    await joining.getByRole('heading', { level: 1, name: 'Networks', exact: true }).waitFor()
    expect(await joining.getByRole('link', { name: 'People' }).count()).toBe(0)

    await page.reload()
    await line(page, 'Ada Lovelace').getByText('Student').waitFor()
  })

  it('is not made by learners, and hidden from those who are not in it', async () => {
    const { visitor } = await newStudent('Mallory')
    const { id } = await newClass('Hidden')
    for (const path of ['/classes/new', `/classes/${id}/people`, `/classes/${id}/settings`, `/classes/${id}/people/import`]) {
      expect((await visitor.call(path)).status, path).toBe(404)
      const nobody = await site.visitor().call(path)
      expect([nobody.status, nobody.headers.get('location')?.includes('/sign-in')], path).toEqual([307, true])
    }
  })

  it('shows its students nothing of each other', async () => {
    const { id, code } = await newClass('Quiet')
    const { visitor } = await newStudent('Ada Lovelace', code)
    await newStudent('Zuse Konrad', code)
    expect((await visitor.call(`/classes/${id}/people`)).status).toBe(404)
    expect((await visitor.call(`/api/classes/${id}/members`)).status).toBe(403)
    for (const path of ['/classes', `/classes/${id}`]) expect((await visitor.call(path)).text).not.toContain('Zuse')
  })

  it('says why a code does not open it, and takes another one', async () => {
    const { visitor } = await newStudent('Alan Turing')
    const { id, code } = await newClass('Codes')
    const page = await browser.open('/classes', { as: visitor })
    await page.getByLabel('Code of a class').fill('not-a-code')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'This code opens no class' }).waitFor()
    await page.getByLabel('Code of a class').fill(code.toLowerCase())
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Join the class' }).click()
    await page.waitForURL(`**/classes/${id}`)
  })
})

describe('leaderboards of a class', () => {
  it('are switched on in its settings, which say what students will see', async () => {
    const { id } = await newClass('Boards')
    const page = await browser.open(`/classes/${id}/settings`, { as: teacher })
    const section = page.getByRole('region', { name: 'Leaderboards' })
    expect(await section.getByLabel('Nothing: no leaderboards').isChecked()).toBe(true)
    await section.getByLabel('Pseudonyms').check()
    await section.getByText('The pseudonyms and points of all students').waitFor()
    await section.getByLabel('Places that students see').fill('0')
    await section.getByText('Enter a whole number from 1 to 1000').waitFor()
    expect(await section.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await section.getByLabel('Places that students see').fill('3')
    await section.getByText('The pseudonyms and points of the first 3 places').waitFor()
    await section.getByRole('button', { name: 'Save' }).click()
    await section.getByText('Saved').waitFor()
    await page.goto(`/classes/${id}/settings/log?kind=settings`)
    await page.getByText('set the leaderboards to pseudonyms; students see the first 3 places').waitFor()
  })

  it('show a student without a name who wants none', async () => {
    const { id, code } = await newClass('Nameless')
    const { visitor, account } = await newStudent('Ada Lovelace', code)
    await saveClassBoards(grace, id, { mode: 'names', top: null })
    const page = await browser.open(`/classes/${id}/leaderboard`, { as: visitor })
    await page.getByLabel('Do not show my name').check()
    await page.getByText('Saved').waitFor()
    expect((await classBoards(account, id)).own).toMatchObject({ aliasOnly: true })
    await page.reload()
    expect(await page.getByLabel('Do not show my name').isChecked()).toBe(true)
  })
})

describe('people of a class', () => {
  it('are removed and restored, and a removed student is told so', async () => {
    const { id, code } = await newClass('Removals')
    const { visitor } = await newStudent('Ada Lovelace', code)
    const page = await browser.open(`/classes/${id}/people`, { as: teacher })
    await page.getByRole('button', { name: 'Actions for Ada Lovelace' }).click()
    await page.getByRole('menuitem', { name: 'Remove from class' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove from class' }).click()
    // What stands behind a dialog has no roles.
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await line(page, 'Ada Lovelace').waitFor({ state: 'detached' })
    expect((await visitor.call(`/classes/${id}`)).status).toBe(404)
    const told = await browser.open(`/join/${code}`, { as: visitor })
    await told.getByRole('heading', { name: 'You were removed from Removals' }).waitFor()

    await page.getByLabel('Who').selectOption('removed')
    await line(page, 'Ada Lovelace').getByRole('button', { name: 'Restore' }).click()
    await line(page, 'Ada Lovelace').waitFor({ state: 'detached' })
    expect((await visitor.call(`/classes/${id}`)).status).toBe(200)
  })

  it('always have an instructor', async () => {
    const { id } = await newClass('Alone')
    const page = await browser.open(`/classes/${id}/people`, { as: teacher })
    await page.getByRole('button', { name: 'Actions for Grace Hopper' }).click()
    await page.getByRole('menuitem', { name: 'Make an assistant' }).click()
    await page.getByRole('alert').filter({ hasText: 'This is the only instructor of the class' }).waitFor()
  })

  it('are kept off leaderboards and let back on', async () => {
    const { id, code } = await newClass('Ranks')
    await newStudent('Ada Lovelace', code)
    const page = await browser.open(`/classes/${id}/people`, { as: teacher })
    const menu = page.getByRole('button', { name: 'Actions for Ada Lovelace' })
    await menu.click()
    await page.getByRole('menuitem', { name: 'Edit' }).waitFor()
    expect(await page.getByRole('menuitem', { name: 'Keep off leaderboards' }).count()).toBe(0)
    await saveClassBoards(grace, id, { mode: 'names', top: null })
    await page.reload()
    await untilAlive(page)
    await menu.click()
    await page.getByRole('menuitem', { name: 'Keep off leaderboards' }).click()
    await line(page, 'Ada Lovelace').getByText('Off the leaderboards').waitFor()
    await menu.click()
    await page.getByRole('menuitem', { name: 'Let back on leaderboards' }).click()
    await line(page, 'Ada Lovelace').getByText('Off the leaderboards').waitFor({ state: 'detached' })
  })

  it('are put into a section together', async () => {
    const { id, code } = await newClass('Groups')
    await newStudent('Ada Lovelace', code)
    await newStudent('Alan Turing', code)
    const page = await browser.open(`/classes/${id}/people`, { as: teacher })
    await page.getByRole('button', { name: 'Sections' }).click()
    await page.getByLabel('Name of a new section').fill('Monday')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('button', { name: 'Delete Monday' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByLabel('Select all that are shown').check()
    await page.getByLabel('Move to section').selectOption('Monday')
    await page.getByRole('button', { name: 'Move', exact: true }).click()
    await line(page, 'Alan Turing').getByText('Monday').waitFor()
    await line(page, 'Ada Lovelace').getByText('Monday').waitFor()
  })
})

describe('a roster', () => {
  it('is previewed by line, imported whole, and filled in for whoever joins', async () => {
    const { id, code } = await newClass('Rosters')
    const { visitor, account } = await newStudent('ada99')
    const page = await browser.open(`/classes/${id}/people/import`, { as: teacher })
    await page.getByLabel('Roster').fill(`邮箱,姓名,分组\n${account.email},张伟,A\nnobody,李娜,A`)
    await page.getByRole('button', { name: 'Preview' }).click()
    await page.getByText('Nothing can be imported: 1 problem').waitFor()
    await page.getByText('“nobody” is not an e-mail address.').waitFor()
    await page.getByText('Line 3').waitFor()

    await page.getByLabel('Roster').fill(`邮箱,姓名,分组\n${account.email},张伟,A`)
    await page.getByRole('button', { name: 'Preview' }).click()
    await page.getByText('New sections: A').waitFor()
    await page.getByRole('button', { name: 'Import 1 line' }).click()
    await page.getByText('The roster is imported').waitFor()

    await visitor.call('/api/classes/join', { body: { code } })
    await page.getByRole('link', { name: 'Go to people' }).click()
    await line(page, '张伟').getByText('A', { exact: true }).waitFor()
  })

  it('of a Chinese spreadsheet is read although it is not UTF-8', async () => {
    const { id } = await newClass('Spreadsheets')
    const page = await browser.open(`/classes/${id}/people/import`, { as: teacher })
    // "张伟" in GB 18030.
    const buffer = Buffer.concat([Buffer.from('email,name\nzhang@example.org,'), Buffer.from([0xd5, 0xc5, 0xce, 0xb0])])
    await page.locator('input[type=file]').setInputFiles({ name: 'roster.csv', mimeType: 'text/csv', buffer })
    await page.getByText('it was read as GB 18030').waitFor()
    await line(page, 'zhang@example.org').getByText('张伟').waitFor()
  })
})

describe('settings of a class', () => {
  it('close and replace the code, and archive the class', async () => {
    const { id, code } = await newClass('Settings')
    const page = await browser.open(`/classes/${id}/settings`, { as: teacher })
    await page.getByLabel('People can join by the link').uncheck()
    await page.getByRole('button', { name: 'Save' }).last().click()
    await page.getByText('Saved').waitFor()
    const { visitor } = await newStudent('Late Comer')
    expect((await visitor.call(`/join/${code}`)).text).toContain('This code opens no class')

    await page.getByRole('button', { name: 'Replace the code' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Replace the code' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect((await getJoin(grace, id)).code).not.toBe(code)

    await page.getByRole('button', { name: 'Archive class' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Archive class' }).click()
    await page.getByText('This class is archived').waitFor()
    await page.goto(`/classes/${id}/people`)
    await untilAlive(page)
    expect(await page.getByRole('button', { name: 'Add someone' }).count()).toBe(0)
    await page.goto(`/classes/${id}/settings`)
    await page.getByRole('button', { name: 'Bring it back' }).click()
    await page.getByLabel('Name', { exact: true }).waitFor()
  })
})
