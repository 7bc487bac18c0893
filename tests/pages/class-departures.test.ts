import { beforeAll, describe, expect, it } from 'vitest'
import { setRole } from '@/lib/learn/accounts'
import { createClass } from '@/lib/learn/classes/classes'
import { joinByCode } from '@/lib/learn/classes/join'
import { getJoin } from '@/lib/learn/classes/join-settings'
import { setRemoved } from '@/lib/learn/classes/people'
import { deleteAccount } from '@/lib/learn/own-account'
import { useSite } from '@/tests/http/support/site'
import type { Account, Visitor } from '@/tests/http/support/visitor'
import { useBrowser } from './support/browser'

const site = useSite()
const browser = useBrowser(site)

let teacher: Visitor
let grace: Account
let code: string
let classId: string

beforeAll(async () => {
  teacher = site.visitor()
  grace = { ...(await teacher.signUp({ name: 'Grace Hopper' })), role: 'instructor' }
  await setRole(grace.id, 'instructor')
  const made = await createClass(grace, { name: 'Networks', term: '', timeZone: 'UTC', graceDays: 0 })
  classId = made.id
  code = (await getJoin(grace, classId)).code
})

/** Somebody who was in the class, deleted the account and made another one. */
async function comeBack(name: string, { removed }: { removed: boolean }) {
  const account = await site.visitor().signUp({ name })
  await joinByCode(account, code)
  if (removed) await setRemoved(grace, classId, account.id, true)
  await deleteAccount(account.id, account)
  const visitor = site.visitor()
  await visitor.signUp({ name, email: account.email })
  return { visitor, email: account.email }
}

describe('somebody who deleted the account', () => {
  it('comes back by the link, and staff sees that there was an account before', async () => {
    const { visitor } = await comeBack('Ada Lovelace', { removed: false })
    const people = await browser.open(`/classes/${classId}/people`, { as: teacher })
    await people.getByLabel('Who', { exact: true }).selectOption('departed')
    await people.getByRole('cell', { name: 'Deleted account', exact: true }).waitFor()

    const joining = await browser.open(`/join/${code}`, { as: visitor })
    await joining.getByRole('button', { name: 'Join the class' }).click()
    await joining.getByRole('heading', { level: 1, name: 'Networks', exact: true }).waitFor()
    await people.reload()
    const line = people.getByRole('row').filter({ hasText: 'Ada Lovelace' })
    await line.getByText('Had an account here before').waitFor()
    await line.getByText('address not verified').waitFor()
  })

  it('stays out after a removal, until an instructor adds the address and means it', async () => {
    const { visitor, email } = await comeBack('Alan Turing', { removed: true })
    const joining = await browser.open(`/join/${code}`, { as: visitor })
    await joining.getByText('You were removed from Networks').waitFor()

    const people = await browser.open(`/classes/${classId}/people`, { as: teacher })
    await people.getByRole('button', { name: 'Add someone' }).click()
    await people.getByLabel('E-mail').fill(email)
    await people.getByRole('button', { name: 'Keep a place' }).click()
    await people.getByText('was removed from the class, and deleted the account since').waitFor()
    await people.getByRole('button', { name: 'Let them in again' }).click()
    await people.getByRole('row').filter({ hasText: email }).getByText('Not joined yet').waitFor()

    await joining.reload()
    await joining.getByRole('button', { name: 'Join the class' }).click()
    await joining.getByRole('heading', { level: 1, name: 'Networks', exact: true }).waitFor()
  })
})

describe('the log of a class', () => {
  it('is led to by the settings, narrowed down, and tells what was done', async () => {
    const page = await browser.open(`/classes/${classId}/settings`, { as: teacher })
    await page.getByRole('link', { name: 'Open the log' }).click()
    await page.getByRole('heading', { level: 2, name: 'Log' }).waitFor()
    await page.getByRole('row').filter({ hasText: 'made the class' }).getByText('Grace Hopper').waitFor()
    await page.getByText('deleted the account, after being removed').waitFor()
    await page.getByRole('link', { name: 'Exports' }).click()
    await page.getByText('Nothing of this kind has happened in the class.').waitFor()
    await page.getByRole('link', { name: 'People', exact: true }).last().click()
    await page.getByText('kept a place as Student for somebody who had been removed').waitFor()
    expect(await page.getByText('made the class').count()).toBe(0)
  })

  it('comes in pages', async () => {
    const made = await createClass(grace, { name: 'Long', term: '', timeZone: 'UTC', graceDays: 0 })
    const account = await site.visitor().signUp({ name: 'Zhang Wei' })
    await joinByCode(account, (await getJoin(grace, made.id)).code)
    for (let times = 0; times < 30; times++) {
      for (const removed of [true, false]) await setRemoved(grace, made.id, account.id, removed)
    }
    const page = await browser.open(`/classes/${made.id}/settings/log`, { as: teacher })
    expect(await page.getByRole('row').count()).toBe(51)
    await page.getByRole('link', { name: 'Earlier' }).click()
    await page.getByText('made the class').waitFor()
    expect(await page.getByRole('row').count()).toBe(13)
    await page.getByRole('link', { name: 'Latest' }).click()
    await page.getByRole('link', { name: 'Earlier' }).waitFor()
  })
})
