import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setRole } from '@/lib/learn/accounts'
import { createClass } from '@/lib/learn/classes/classes'
import { reportGrader } from '@/lib/learn/grader-presence'
import { useSite } from '@/tests/http/support/site'
import { PASSWORD, type Visitor } from '@/tests/http/support/visitor'
import { useBrowser } from './support/browser'

// A content folder of which nothing can be read.
const content = mkdtempSync(path.join(tmpdir(), 'handroll-content-'))
mkdirSync(path.join(content, 'torn-pages'))
writeFileSync(path.join(content, 'torn-pages/topic.json'), '{ "order": 1')
afterAll(() => rmSync(content, { recursive: true }))

const site = useSite({ EXERCISES_DIR: content })
const browser = useBrowser(site)

let admin: Visitor
beforeAll(async () => {
  admin = site.visitor()
  const { id } = await admin.signUp({ name: 'Grace Hopper' })
  await setRole(id, 'admin')
})

describe('the administration', () => {
  it('lists what is wrong with the content, by file', async () => {
    const page = await browser.open('/admin', { as: admin })
    await page.getByText('torn-pages/topic.json').waitFor()
    await page.getByText('json-syntax').waitFor()
  })

  it('shows each grader with its layers of hardening, and says when none answers', async () => {
    const page = await browser.open('/admin', { as: admin })
    await page.getByText('no grader answers').waitFor()
    const layers = { 'memory-limit': true, 'own-user': false }
    const grader = { id: randomUUID(), host: 'test', pid: 1, concurrency: 2, runtimeVersion: 'runtime 7', layers }
    await reportGrader({ ...grader, workerIds: [] })
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.getByText('Everything works').waitFor()
    for (const text of ['runtime 7', 'memory-limit: in force', 'own-user: not in force', '1 of 2 hardening layers']) {
      await page.getByText(text).waitFor()
    }
  })

  it('changes the role of somebody else at once, and of oneself never', async () => {
    const other = site.visitor()
    await other.signUp({ name: 'Ada Lovelace' })
    expect((await other.call('/admin')).status).toBe(404)
    const page = await browser.open('/admin/people?q=lovelace', { as: admin })
    await page.getByLabel('Role of Ada Lovelace').selectOption('Admin')
    await page.getByText('Saved').waitFor()
    expect((await other.call('/admin')).status).toBe(200)
    await page.goto('/admin/people')
    expect(await page.getByLabel('Role of Grace Hopper').count()).toBe(0)
  })

  it('puts the role back when it could not be changed, and says why', async () => {
    await site.visitor().signUp({ name: 'Alan Turing' })
    const page = await browser.open('/admin/people?q=turing', { as: admin })
    await page.context().setOffline(true)
    await page.getByLabel('Role of Alan Turing').selectOption('Instructor')
    await page.getByRole('alert').filter({ hasText: 'The site did not answer' }).waitFor()
    expect(await page.getByLabel('Role of Alan Turing').inputValue()).toBe('learner')
  })

  it('suspends somebody at once, after saying which classes that leaves alone', async () => {
    const other = site.visitor()
    const account = await other.signUp({ name: 'Barbara Liskov' })
    await setRole(account.id, 'instructor')
    await createClass(account, { name: 'Abstraction', term: '', timeZone: 'UTC', graceDays: 0 })
    const page = await browser.open('/admin/people?q=liskov', { as: admin })
    const menu = page.getByRole('button', { name: 'Actions for Barbara Liskov' })
    await menu.click()
    await page.getByRole('menuitem', { name: 'Suspend' }).click()
    const dialog = page.getByRole('dialog', { name: 'Suspend Barbara Liskov?' })
    await dialog.getByText('A class would be left without an instructor').waitFor()
    await dialog.getByText('Abstraction').waitFor()
    await dialog.getByLabel('Reason').fill('sells solutions')
    await dialog.getByRole('button', { name: 'Suspend' }).click()
    await page.getByText('Suspended', { exact: true }).waitFor()
    expect((await other.call('/api/progress')).status).toBe(401)

    await menu.click()
    await page.getByRole('menuitem', { name: 'Lift suspension' }).click()
    await page.getByRole('dialog').getByText('suspended by Grace Hopper').waitFor()
    await page.getByRole('dialog').getByText('Reason: sells solutions').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Lift suspension' }).click()
    await page.getByText('Suspended', { exact: true }).waitFor({ state: 'detached' })
    expect((await other.signIn(account.email, PASSWORD)).status).toBe(200)
  })

  it('keeps somebody off leaderboards, and nobody themselves', async () => {
    await site.visitor().signUp({ name: 'Edsger Dijkstra' })
    const page = await browser.open('/admin/people', { as: admin })
    expect(await page.getByRole('button', { name: 'Actions for Grace Hopper' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Actions for Edsger Dijkstra' }).click()
    await page.getByRole('menuitem', { name: 'Keep off leaderboards' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Keep off leaderboards' }).click()
    await page.getByRole('row').filter({ hasText: 'Edsger Dijkstra' }).getByText('Off the leaderboards').waitFor()
  })
})

describe('a site without content', () => {
  it('says so in the place of its exercises', async () => {
    const answer = await site.visitor().call('/')
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('There are no exercises yet')
  })
})
