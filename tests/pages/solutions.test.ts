import { beforeAll, describe, expect, it } from 'vitest'
import { grade } from '@/tests/http/support/grading'
import { useSite } from '@/tests/http/support/site'
import type { Visitor } from '@/tests/http/support/visitor'
import { useBrowser } from './support/browser'

const site = useSite()
const browser = useBrowser(site)

const LONG = Array.from({ length: 80 }, (_, line) => `export const line${line} = ${line}\n`).join('')

let author: Visitor
let reader: Visitor
let own: string

async function pass(visitor: Visitor, source: string): Promise<string> {
  const sent = await visitor.call('/api/submissions', { body: { exercise: 'lru-cache', source } })
  const { id } = sent.json as { id: string }
  await grade(id, 'passed')
  return id
}

beforeAll(async () => {
  author = site.visitor()
  await author.signUp()
  await author.call('/api/account/profile', { method: 'PUT', body: { handle: 'long-writer', public: true } })
  const submission = await pass(author, LONG)
  await author.call('/api/exercises/lru-cache/solutions/own', { method: 'PUT', body: { submission, signed: true } })
  reader = site.visitor()
  await reader.signUp()
  await reader.call('/api/account/profile', { method: 'PUT', body: { handle: 'reader', public: false } })
  own = await pass(reader, 'export const short = 1\n')
})

describe('solutions of others', () => {
  it('say what opens them to somebody who has not passed', async () => {
    const visitor = site.visitor()
    await visitor.signUp()
    const page = await browser.open('/exercises/lru-cache/solutions', { as: visitor })
    await page.getByText('Opens when you pass').waitFor()
    expect(await page.content()).not.toContain('line79')
  })

  it('are cut off when they are long, and shown in full on demand', async () => {
    const page = await browser.open('/exercises/lru-cache/solutions', { as: reader })
    const program = page.getByRole('article').filter({ hasText: 'long-writer' })
    expect(await program.getByRole('link', { name: 'long-writer' }).getAttribute('href')).toBe('/people/long-writer')
    const height = async () => (await program.boundingBox())?.height ?? 0
    const before = await height()
    await program.getByRole('button', { name: 'Show all 80 lines' }).press('Enter')
    expect(await height()).toBeGreaterThan(before + 500)
    await program.getByRole('button', { name: 'Show less' }).click()
    expect(await height()).toBe(before)
  })

  it('take a vote and give it back, by keyboard', async () => {
    const page = await browser.open('/exercises/lru-cache/solutions', { as: reader })
    const program = page.getByRole('article').filter({ hasText: 'long-writer' })
    await program.getByRole('button', { name: /^Vote:/ }).press('Enter')
    await program.getByText('1 vote', { exact: true }).waitFor()
    expect(await program.getByRole('button', { name: /^Voted:/ }).getAttribute('aria-pressed')).toBe('true')
    await program.getByRole('button', { name: /^Voted:/ }).press('Enter')
    await program.getByText('0 votes', { exact: true }).waitFor()
  })

  it('are joined by one\'s own from its page: signed, unsigned, and not any more', async () => {
    const page = await browser.open(`/submissions/${own}`, { as: reader })
    await page.getByRole('button', { name: 'Share this solution' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Share your solution' })
    await dialog.getByText('Classmates whose set is over may see it', { exact: false }).waitFor()
    await dialog.getByRole('checkbox', { name: 'Sign it as reader' }).check()
    await dialog.getByRole('button', { name: 'Share' }).click()
    await page.getByText('signed as reader.', { exact: false }).waitFor()
    await page.getByRole('link', { name: 'See how others solved it' }).click()
    const program = page.getByRole('article').filter({ hasText: 'Yours' })
    await program.getByText('By reader', { exact: false }).waitFor()
    expect(await program.getByRole('button', { name: /^Vote/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Change' }).click()
    await page.getByRole('checkbox', { name: 'Sign it as reader' }).uncheck()
    await page.getByRole('button', { name: 'Save' }).click()
    await program.getByText('Shared without a name').waitFor()
    await page.getByRole('button', { name: 'Stop sharing' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stop sharing' }).click()
    await program.waitFor({ state: 'detached' })
    await page.getByText('Nobody but you sees your solution', { exact: false }).waitFor()
  })

  it('keep what was shared and say so when the line is gone', async () => {
    const page = await browser.open('/exercises/lru-cache/solutions', { as: reader })
    await page.context().setOffline(true)
    const program = page.getByRole('article').filter({ hasText: 'long-writer' })
    await program.getByRole('button', { name: /^Vote:/ }).click()
    await program.getByRole('alert').waitFor()
    expect(await program.getByRole('button', { name: /^Vote:/ }).count()).toBe(1)
  })

  it('come in the order that was chosen, which stays in the address', async () => {
    const page = await browser.open('/exercises/lru-cache/solutions', { as: reader })
    const orders = page.getByRole('navigation', { name: 'Sort by' })
    await orders.getByRole('link', { name: 'Shortest' }).click()
    await page.waitForURL('**/solutions?sort=shortest')
    await orders.locator('[aria-current="page"]', { hasText: 'Shortest' }).waitFor()
  })
})
