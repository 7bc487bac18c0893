import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useSite } from '@/tests/http/support/site'
import { newPerson, openBoards } from './support/boards'
import { untilAlive, useBrowser } from './support/browser'

const site = useSite()
const browser = useBrowser(site)

type Person = Awaited<ReturnType<typeof newPerson>>
let ada: Person
let ben: Person
let hidden: Person

beforeAll(async () => {
  await openBoards()
  ada = await newPerson(site.visitor(), { handle: 'ada-l' })
  ben = await newPerson(site.visitor(), { handle: 'big-ben' })
  hidden = await newPerson(site.visitor(), { name: 'Nobody Sees' })
  await ada.solve('lru-cache')
})

const table = (page: Page) => page.getByRole('table', { name: 'Places' })
/** Ranks and names from top to bottom. */
async function places(page: Page): Promise<string[]> {
  const rows = await table(page).getByRole('row').all()
  const cells = await Promise.all(rows.slice(1).map((row) => row.getByRole('cell').allInnerTexts()))
  return cells.map(([rank = '', name = '']) => `${rank} ${name.split('\n')[0]}`)
}
const row = (page: Page, name: string) => table(page).getByRole('row').filter({ hasText: name })
const ownPlace = (page: Page) => page.getByRole('region', { name: 'Your place' })
const untilLive = (page: Page) => page.getByText('Live', { exact: true }).waitFor()

/** A page that was loaded anew has no mark any more. */
const markPage = (page: Page) => page.evaluate(() => void Object.assign(window, { marked: true }))
const isMarked = (page: Page) => page.evaluate(() => 'marked' in window)

describe('an open page', () => {
  it('moves somebody up as soon as they have the points, without being loaded again', async () => {
    const page = await browser.open('/leaderboard', { as: ada.visitor })
    await untilLive(page)
    await markPage(page)
    expect(await places(page)).toEqual(['1 ada-l'])

    await ben.solve('lru-cache')
    await row(page, 'big-ben').waitFor()
    // As many points as Ada, later.
    expect(await places(page)).toEqual(['1 ada-l', '2 big-ben'])

    await ben.solve('semaphore')
    await ownPlace(page).getByText('2nd', { exact: true }).waitFor()
    expect(await places(page)).toEqual(['1 big-ben', '2 ada-l'])
    await page.getByRole('status').filter({ hasText: 'You are 2nd now' }).waitFor()
    await ownPlace(page).getByText(/points behind 1st place/).waitFor()
    expect(await isMarked(page)).toBe(true)
  })

  it('stands still while the reader wants it to, and says as of when it is', async () => {
    const [paused, live] = [await browser.open('/leaderboard', { as: ada.visitor }), await browser.open('/leaderboard')]
    await Promise.all([untilLive(paused), untilLive(live)])
    const before = await places(paused)
    await paused.getByRole('button', { name: 'Pause updates' }).click()
    await paused.getByText('Paused at').waitFor()
    const late = await newPerson(site.visitor(), { handle: 'late-one' })
    await late.solve('lru-cache')
    await row(live, 'late-one').waitFor()
    expect(await places(paused)).toEqual(before)

    await paused.getByRole('button', { name: 'Go on' }).click()
    await row(paused, 'late-one').waitFor()
    await untilLive(paused)
  })

  it('says that it is not live while the network is away, and is again afterwards', async () => {
    const page = await browser.open('/leaderboard')
    await untilLive(page)
    await page.context().setOffline(true)
    await page.getByText('Not live').waitFor()
    await page.context().setOffline(false)
    await untilLive(page)
  })
})

describe('everybody’s board', () => {
  it('shows nobody who did not choose it, and tells them where they would stand', async () => {
    await hidden.solve('lru-cache')
    await hidden.solve('semaphore')
    await hidden.solve('blocking-queue')
    const page = await browser.open('/leaderboard', { as: hidden.visitor })
    await ownPlace(page).getByText('1st', { exact: true }).waitFor()
    await ownPlace(page).getByText('Only you see this').waitFor()
    expect(await places(page)).toEqual(await places(await browser.open('/leaderboard')))
    expect(await page.getByText('Nobody Sees').count()).toBe(0)
    expect((await (await browser.open('/leaderboard')).getByRole('row', { name: /^1 / }).innerText())).toContain('big-ben')
  })

  it('marks the own row by a word, and leads to what a row rests on', async () => {
    const page = await browser.open('/leaderboard', { as: ada.visitor })
    expect(await table(page).getByText('You', { exact: true }).count()).toBe(1)
    await row(page, 'big-ben').getByRole('link', { name: /what they rest on/ }).click()
    await page.getByRole('heading', { level: 1, name: 'What the points of big-ben rest on' }).waitFor()
    const exercises = page.getByRole('table', { name: 'Exercises that count' })
    await exercises.getByRole('link', { name: 'O(1) LRU cache' }).waitFor()
    expect(await exercises.getByRole('row').count()).toBe(3)
    expect(await page.getByRole('link', { name: 'Your submissions' }).count()).toBe(0)
    await page.goto('/leaderboard/ada-l')
    await page.getByRole('link', { name: /^Your submissions/ }).waitFor()
  })

  it('answers for the row of somebody hidden as for nobody, but to themselves', async () => {
    await hidden.visitor.call('/api/account/profile', { method: 'PUT', body: { handle: 'unseen', public: false } })
    for (const [who, status] of [[hidden.visitor, 200], [ada.visitor, 404], [site.visitor(), 404]] as const) {
      expect((await who.call('/leaderboard/unseen')).status).toBe(status)
    }
    expect((await hidden.visitor.call('/leaderboard/you')).status).toBe(200)
    expect((await site.visitor().call('/leaderboard/you')).status).toBe(404)
    expect((await site.visitor().call('/leaderboard/nobody-at-all')).status).toBe(404)
  })

  it('can be narrowed to a topic and to a week, each with an address of its own', async () => {
    const page = await browser.open('/leaderboard')
    await page.getByText('Topic', { exact: true }).click()
    await page.getByRole('link', { name: 'Caches and eviction' }).click()
    await page.waitForURL('**/leaderboard?topic=caches-and-eviction')
    await page.getByRole('link', { name: 'Week', exact: true }).click()
    await page.waitForURL('**/leaderboard?topic=caches-and-eviction&span=week')
    await page.getByRole('heading', { level: 2, name: /^Week of Mon/ }).waitFor()
    await page.getByText('so that everybody compares the same board').waitFor()
    await page.goto('/leaderboard?span=week&day=2020-01-01')
    await page.getByText('Nobody had points at that time').waitFor()
    await page.getByRole('link', { name: 'This week' }).click()
    await row(page, 'ada-l').waitFor()
    expect((await site.visitor().call('/leaderboard?topic=nothing-here')).status).toBe(404)
  })

  it('can be read and walked through without scripts', async () => {
    const plain = await browser.profile({ scripts: false })
    const still = await plain.newPage()
    await still.goto('/leaderboard')
    expect((await places(still)).slice(0, 2)).toEqual(['1 big-ben', '2 ada-l'])
    await still.getByText('Topic', { exact: true }).click()
    await still.getByRole('link', { name: 'Caches and eviction' }).click()
    await still.waitForURL('**/leaderboard?topic=caches-and-eviction')
  })

  it('goes to a rank, and says when nobody stands that far down', async () => {
    const page = await browser.open('/leaderboard?from=1000')
    await page.getByText('Nobody stands that far down').waitFor()
    await page.getByLabel('Go to rank').fill('2')
    await page.getByRole('button', { name: 'Go', exact: true }).click()
    await page.waitForURL('**/leaderboard?from=2')
    await row(page, 'ada-l').waitFor()
    expect((await places(page))[0]).toBe('2 ada-l')
    await page.goto('/leaderboard?from=1000')
    await untilAlive(page)
    await page.getByRole('link', { name: 'To the last places' }).click()
    await row(page, 'big-ben').waitFor()
  })
})
