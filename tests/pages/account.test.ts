import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { setRole } from '@/lib/learn/accounts'
import { createAdminClaim } from '@/lib/learn/admin-claim'
import { changeStanding } from '@/lib/learn/leaderboards/standing'
import { getProfileSettings } from '@/lib/learn/profile'
import { useSite } from '@/tests/http/support/site'
import { PASSWORD } from '@/tests/http/support/visitor'
import { untilAlive, useBrowser } from './support/browser'

const site = useSite()
const browser = useBrowser(site)
const newEmail = () => `${randomUUID()}@example.org`

async function fillNewAccount(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Name').fill('Ada Lovelace')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
}

describe('an account', () => {
  it('is made from where one was, and leads back there', async () => {
    const page = await browser.open('/progress')
    await page.getByRole('link', { name: 'Create account' }).click()
    await page.waitForURL('**/sign-up?next=%2Fprogress')
    await fillNewAccount(page, newEmail(), 'short')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByText('At least 10 characters.', { exact: true }).waitFor()
    expect(await page.getByLabel('Password', { exact: true }).getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.waitForURL('**/progress')
    await page.getByRole('button', { name: 'Account of Ada Lovelace' }).waitFor()
  })

  it('is not made twice for one address', async () => {
    const { email } = await site.visitor().signUp()
    const page = await browser.open('/sign-up')
    await fillNewAccount(page, email, PASSWORD)
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('alert').filter({ hasText: 'There is an account with this e-mail address' }).waitFor()
    expect(await page.getByLabel('Name').inputValue()).toBe('Ada Lovelace')
  })

  it('is signed in to only with its password, and then leads back', async () => {
    const { email } = await site.visitor().signUp()
    const page = await browser.open('/submissions')
    await page.waitForURL('**/sign-in?next=%2Fsubmissions')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').filter({ hasText: 'The e-mail or the password is wrong.' }).waitFor()
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/submissions')
    await page.getByText('Nothing submitted yet').waitFor()
  })

  it('never leads to another site', async () => {
    const visitor = site.visitor()
    await visitor.signUp()
    const page = await browser.open('/sign-in?next=//example.org/x', { as: visitor })
    expect(page.url()).toBe(`${site.origin}/`)
  })

  it('says how long to wait after too many attempts, in the language of the reader', async () => {
    const page = await browser.open('/sign-in', { locale: 'zh' })
    await page.route('**/api/auth/callback/credentials', (route) => {
      const error = { code: 'too-many-requests', message: 'Too many', retryAfterSeconds: 240 }
      return route.fulfill({ status: 429, json: { error } })
    })
    await page.getByLabel('邮箱').fill('ada@example.org')
    await page.getByLabel('密码', { exact: true }).fill('whatever it is')
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('alert').filter({ hasText: '尝试次数过多，请在 4 分钟后重试。' }).waitFor()
  })

  it('keeps what was typed when the network is gone', async () => {
    const page = await browser.open('/sign-in')
    await page.getByLabel('E-mail').fill('ada@example.org')
    await page.getByLabel('Password', { exact: true }).fill('whatever it is')
    await page.context().setOffline(true)
    await page.getByText('You are offline.').waitFor()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').filter({ hasText: 'The site did not answer' }).waitFor()
    expect(await page.getByLabel('E-mail').inputValue()).toBe('ada@example.org')
  })
})

describe('the settings', () => {
  it('change the name', async () => {
    const visitor = site.visitor()
    await visitor.signUp()
    const page = await browser.open('/settings', { as: visitor })
    await page.getByLabel('Name').fill('Barbara')
    await page.getByRole('button', { name: 'Save' }).first().click()
    await page.getByRole('button', { name: 'Account of Barbara' }).waitFor()
  })

  it('change the password, which ends other sessions and not this one', async () => {
    const here = site.visitor()
    const { email } = await here.signUp()
    const elsewhere = site.visitor()
    await elsewhere.signIn(email, PASSWORD)
    const page = await browser.open('/settings', { as: here })
    await page.getByLabel('Current password').fill('not the password')
    await page.getByLabel('New password').fill('three slow rivers')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('The current password is wrong.').waitFor()
    await page.getByLabel('Current password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('The password is changed.').waitFor()
    await page.reload()
    expect(page.url()).toBe(`${site.origin}/settings`)
    expect((await elsewhere.call('/api/progress')).status).toBe(401)
    expect((await site.visitor().signIn(email, 'three slow rivers')).status).toBe(200)
  })

  it('show somebody on public leaderboards only by choice, and only while they have a handle', async () => {
    const visitor = site.visitor()
    const { id } = await visitor.signUp()
    const page = await browser.open('/settings', { as: visitor })
    const boards = page.getByRole('region', { name: 'Leaderboards' })
    const profile = page.getByRole('region', { name: 'Public profile' })
    const chosen = async () => (await getProfileSettings(id)).onBoards
    expect(await boards.getByLabel('Show me on the public leaderboards').isDisabled()).toBe(true)
    const handle = `a-${randomUUID().slice(0, 8)}`
    await profile.getByLabel('Handle').fill(handle)
    await profile.getByRole('button', { name: 'Save' }).click()
    const choice = boards.getByLabel(`Show me on the public leaderboards as ${handle}`)
    await choice.check()
    expect(await chosen()).toBe(false)
    await boards.getByRole('button', { name: 'Save' }).click()
    await boards.getByText('Saved').waitFor()
    expect(await chosen()).toBe(true)

    await page.reload()
    await untilAlive(page)
    expect(await choice.isChecked()).toBe(true)
    await profile.getByLabel('Handle').fill('')
    await profile.getByText('you leave the public leaderboards').waitFor()
    await profile.getByRole('button', { name: 'Save' }).click()
    await boards.getByText('You have no handle to stand there under.').waitFor()
    expect(await boards.getByRole('checkbox').isChecked()).toBe(false)
    expect(await chosen()).toBe(false)
  })

  it('say so to whom an admin keeps off leaderboards', async () => {
    const visitor = site.visitor()
    const [{ id }, admin] = [await visitor.signUp(), await site.visitor().signUp()]
    await setRole(admin.id, 'admin')
    await changeStanding(admin.id, id, { suspended: false, barred: true, reason: 'shares an account' })
    // The link that makes somebody admin works only while nobody is.
    await setRole(admin.id, 'learner')
    const page = await browser.open('/settings', { as: visitor })
    await page.getByText('keeps you off all leaderboards').waitFor()
    expect(await page.getByText('shares an account').count()).toBe(0)
  })

  it('sign out everywhere', async () => {
    const visitor = site.visitor()
    await visitor.signUp()
    const page = await browser.open('/settings', { as: visitor })
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.getByRole('link', { name: 'Sign in', exact: true }).waitFor()
    expect((await visitor.call('/api/progress')).status).toBe(401)
  })

  it('change the theme and the language at once and for good', async () => {
    const visitor = site.visitor()
    await visitor.signUp()
    const page = await browser.open('/settings', { as: visitor })
    await page.getByLabel('Theme').last().selectOption('dark')
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await expect.poll(paper).toBe('rgb(23, 22, 19)')
    await page.getByLabel('Language').last().selectOption('zh')
    await page.getByRole('heading', { name: '设置' }).waitFor()
    await page.reload()
    expect([await paper(), await page.getAttribute('html', 'lang')]).toEqual(['rgb(23, 22, 19)', 'zh-CN'])
  })
})

describe('the one-time link', () => {
  it('makes one account admin, and then no other', async () => {
    const token = await createAdminClaim()
    const page = await browser.open(`/claim?token=${token}`)
    await fillNewAccount(page, newEmail(), PASSWORD)
    await page.getByRole('button', { name: 'Create admin account' }).click()
    await page.waitForURL('**/admin')
    await page.getByRole('heading', { name: 'Administration' }).waitFor()
    const late = await browser.open(`/claim?token=${token}`)
    await late.getByRole('heading', { name: 'This link does not work' }).waitFor()
  })
})
