import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { useSite } from '@/tests/http/support/site'
import { untilAlive, useBrowser } from './support/browser'

const site = useSite()
const browser = useBrowser(site)

/** The list follows the keys a moment later, and on a busy machine more than a moment. */
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 })
const focused = () => document.activeElement?.getAttribute('href') ?? document.activeElement?.getAttribute('name')
const searchOf = (page: Page) => page.getByRole('searchbox')
const rowsOf = (page: Page) => page.locator('[data-row]:visible')
const topicsOf = (page: Page) => page.getByRole('heading', { level: 3 })
const linksOf = (page: Page) => rowsOf(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('href')))
const firstOf = (page: Page) => rowsOf(page).first().getAttribute('href')
/** The number of results that screen readers are told, 0 while none is. */
const toldOf = async (page: Page) => {
  const told = await page.getByRole('status').filter({ hasText: /^\d+( of \d+)? exercises$/ }).allInnerTexts()
  return Number(told[0]?.split(' ')[0] ?? 0)
}
const chip = (page: Page, name: string) => page.getByRole('checkbox', { name })

/** Waits until the prompts can be searched, which come after the page. */
async function openWithPrompts(path: string, look = {}): Promise<Page> {
  const page = await (await browser.profile(look)).newPage()
  const prompts = page.waitForResponse('**/api/catalogue/prompts?*')
  await page.goto(path)
  await untilAlive(page)
  await prompts
  return page
}

describe('the keys of the catalogue', () => {
  it('lead from anywhere to the search, through the results and into one', async () => {
    const page = await browser.open('/exercises')
    await page.keyboard.press('/')
    expect(await page.evaluate(focused)).toBe('q')
    await page.keyboard.type('lru')
    await eventually(() => firstOf(page)).toBe('/exercises/lru-cache')
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(focused)).toBe('/exercises/lru-cache')
    await page.keyboard.press('ArrowUp')
    expect(await page.evaluate(focused)).toBe('q')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(focused)).toBe('/exercises/lru-cache')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/exercises/lru-cache')
  })

  it('jump to the ends of the list, back to the search, and empty it', async () => {
    const page = await browser.open('/exercises')
    const links = await linksOf(page)
    await rowsOf(page).first().focus()
    await page.keyboard.press('End')
    expect(await page.evaluate(focused)).toBe(links.at(-1))
    await page.keyboard.press('Home')
    expect(await page.evaluate(focused)).toBe(links[0])
    await page.keyboard.press('Escape')
    expect(await page.evaluate(focused)).toBe('q')
    await page.keyboard.type('lru')
    await page.keyboard.press('Escape')
    expect([await searchOf(page).inputValue(), await page.evaluate(focused)]).toEqual(['', 'q'])
  })

  it('reach every result with Tab too', async () => {
    const page = await browser.open('/exercises?difficulty=hard')
    const [first, second] = await linksOf(page)
    await rowsOf(page).first().focus()
    await page.keyboard.press('Tab')
    expect([first, await page.evaluate(focused)]).toEqual([first, second])
  })

  it('lead from the home page to the search', async () => {
    const page = await browser.open('/')
    await page.keyboard.press('/')
    await page.waitForURL('**/exercises#search')
    await eventually(() => page.evaluate(focused)).toBe('q')
  })

  it('leave the slash to whoever is typing, and to whoever switches it off', async () => {
    const page = await browser.open('/exercises')
    await searchOf(page).fill('a')
    await page.keyboard.type('/b')
    expect(await searchOf(page).inputValue()).toBe('a/b')
    await page.getByRole('button', { name: 'Keyboard' }).click()
    await page.getByRole('checkbox', { name: 'The key / goes to the search' }).uncheck()
    await page.keyboard.press('Escape')
    await page.reload()
    await untilAlive(page)
    await page.keyboard.press('/')
    expect(await page.evaluate(focused)).not.toBe('q')
  })
})

describe('the search of the page', () => {
  it('forgives a slip', async () => {
    const page = await browser.open('/exercises')
    await searchOf(page).fill('samaphore')
    await eventually(() => firstOf(page)).toBe('/exercises/semaphore')
  })

  it('finds words of a prompt that stand in no title, and shows where', async () => {
    const page = await openWithPrompts('/exercises')
    await searchOf(page).fill('onEvict')
    await eventually(() => firstOf(page)).toBe('/exercises/lru-cache')
    await eventually(() => rowsOf(page).first().locator('mark').allInnerTexts()).toContain('onEvict')
  })

  it('finds Chinese on an English page and English on a Chinese one', async () => {
    const english = await browser.open('/exercises')
    await searchOf(english).fill('信号量')
    await eventually(() => firstOf(english)).toBe('/exercises/semaphore')
    expect(await rowsOf(english).first().locator('[lang=zh-CN] mark').allInnerTexts()).toEqual(['信号量'])
    const chinese = await browser.open('/exercises', { locale: 'zh' })
    await searchOf(chinese).fill('semaphore')
    await eventually(() => firstOf(chinese)).toBe('/exercises/semaphore')
  })

  it('shows what an address asks for that only a prompt answers', async () => {
    const page = await openWithPrompts('/exercises?q=onEvict')
    await eventually(() => firstOf(page)).toBe('/exercises/lru-cache')
  })

  it('waits while an input method is still putting characters together', async () => {
    const page = await browser.open('/exercises')
    const all = await rowsOf(page).count()
    await searchOf(page).focus()
    const keys = await page.context().newCDPSession(page)
    await keys.send('Input.imeSetComposition', { text: 'xinhaoliang', selectionStart: 11, selectionEnd: 11 })
    await eventually(() => searchOf(page).inputValue()).toBe('xinhaoliang')
    expect(await rowsOf(page).count()).toBe(all)
    await keys.send('Input.insertText', { text: '信号量' })
    await eventually(() => firstOf(page)).toBe('/exercises/semaphore')
  })

  it('asks nothing of the server while one types, chooses and goes back', async () => {
    const page = await openWithPrompts('/exercises')
    const asked: string[] = []
    // Links of other pages are fetched ahead, and browsers fetch the icon anew; neither is part of a search.
    page.on('request', (request) => {
      if (/^\/(api|exercises)\b/.test(new URL(request.url()).pathname)) asked.push(request.url())
    })
    await searchOf(page).pressSequentially('queue')
    await chip(page, 'Medium').check()
    await page.goBack()
    await eventually(() => chip(page, 'Medium').isChecked()).toBe(false)
    expect(asked).toEqual([])
  })

  it('tells screen readers how many results there are', async () => {
    const page = await browser.open('/exercises')
    await searchOf(page).fill('lru')
    // Both numbers grow when the prompts come, so that they are compared until they meet.
    await eventually(() => toldOf(page)).toBeGreaterThan(0)
    await eventually(async () => (await toldOf(page)) - (await rowsOf(page).count())).toBe(0)
  })

  it('shows the best first, and the rest when asked', async () => {
    const page = await browser.open('/exercises')
    await searchOf(page).fill('a')
    const more = page.getByRole('button', { name: /^Show \d+ more$/ })
    await eventually(() => more.count()).toBe(1)
    const before = await rowsOf(page).count()
    await more.click()
    await eventually(() => more.count()).toBe(0)
    expect(await rowsOf(page).count()).toBeGreaterThan(before)
    await eventually(async () => (await toldOf(page)) - (await rowsOf(page).count())).toBe(0)
  })
})

describe('the filters of the page', () => {
  it('count what they would show, and show as much', async () => {
    const page = await browser.open('/exercises')
    const label = await page.locator('label').filter({ hasText: 'Hard' }).innerText()
    const count = Number(/\d+/.exec(label)?.[0])
    expect(count).toBeGreaterThan(0)
    await chip(page, 'Hard').check()
    await eventually(() => rowsOf(page).count()).toBe(count)
  })

  it('take several values, from a menu that stays open', async () => {
    const page = await browser.open('/exercises')
    await page.getByRole('button', { name: 'Topic' }).click()
    for (const name of [/^Caches and eviction/, /^Load balancing/]) {
      await page.getByRole('menuitemcheckbox', { name }).click()
    }
    await page.keyboard.press('Escape')
    await eventually(() => topicsOf(page).count()).toBe(2)
    expect(new URL(page.url()).searchParams.getAll('topic')).toHaveLength(2)
    await page.getByRole('button', { name: 'Remove Caches and eviction' }).click()
    await eventually(() => topicsOf(page).count()).toBe(1)
  })

  it('know the reader\'s own state, and leave it out for visitors', async () => {
    const visitor = site.visitor()
    await visitor.signUp()
    const own = await browser.open('/exercises?state=passed', { as: visitor })
    expect(await chip(own, 'Passed').isChecked()).toBe(true)
    expect(await rowsOf(own).count()).toBe(0)
    const other = await browser.open('/exercises?state=passed')
    expect(await chip(other, 'Passed').count()).toBe(0)
    expect(await rowsOf(other).count()).toBeGreaterThan(5)
  })
})

describe('the address of the catalogue', () => {
  it('keeps what is asked for', async () => {
    const page = await browser.open('/exercises')
    await chip(page, 'Hard').check()
    await searchOf(page).fill('context')
    await eventually(() => page.url()).toBe(`${site.origin}/exercises?q=context&difficulty=hard`)
    await eventually(() => rowsOf(page).count()).toBe(1)
    const links = await linksOf(page)
    await page.reload()
    expect(await linksOf(page)).toEqual(links)
    await untilAlive(page)
    await page.getByRole('button', { name: 'Clear all' }).click()
    expect(page.url()).toBe(`${site.origin}/exercises`)
    await eventually(() => rowsOf(page).count()).toBeGreaterThan(5)
  })

  it('goes back by a filter, by a whole search, and forward again', async () => {
    const page = await browser.open('/exercises')
    await searchOf(page).pressSequentially('cache')
    await eventually(() => page.url()).toContain('q=cache')
    await chip(page, 'Medium').check()
    await page.goBack()
    await eventually(() => chip(page, 'Medium').isChecked()).toBe(false)
    expect(await searchOf(page).inputValue()).toBe('cache')
    await page.goBack()
    await eventually(() => searchOf(page).inputValue()).toBe('')
    await page.goForward()
    await eventually(() => searchOf(page).inputValue()).toBe('cache')
  })

  it('is there again after a visit to a result', async () => {
    const page = await browser.open('/exercises')
    await searchOf(page).fill('lru')
    await page.keyboard.press('Enter')
    await eventually(() => page.evaluate(focused)).toBe('/exercises/lru-cache')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/exercises/lru-cache')
    await page.goBack()
    await page.waitForURL('**/exercises?q=lru')
    await eventually(() => searchOf(page).inputValue()).toBe('lru')
    await eventually(() => firstOf(page)).toBe('/exercises/lru-cache')
  })

  it('is forgotten when one goes to the catalogue anew', async () => {
    const page = await browser.open('/exercises?q=lru')
    await page.getByRole('navigation').getByRole('link', { name: 'Exercises' }).click()
    await eventually(() => searchOf(page).inputValue()).toBe('')
    await eventually(() => rowsOf(page).count()).toBeGreaterThan(5)
  })
})

describe('a catalogue that shows nothing', () => {
  it('says so and offers everything', async () => {
    const page = await openWithPrompts('/exercises?q=xyzzyplugh')
    await page.getByText('No exercise matches “xyzzyplugh”').waitFor()
    await page.getByRole('button', { name: 'Show all exercises' }).click()
    await eventually(() => rowsOf(page).count()).toBeGreaterThan(5)
  })

  it('offers to leave a filter away, with what that shows', async () => {
    const page = await openWithPrompts('/exercises?q=lru&tag=no-such-tag')
    const way = page.getByRole('button', { name: 'Without “no-such-tag”' })
    const count = Number(/\d+$/.exec(await way.innerText())?.[0])
    await way.click()
    await eventually(() => rowsOf(page).count()).toBe(count)
    expect(await firstOf(page)).toBe('/exercises/lru-cache')
  })
})

describe('the prompts for the search', () => {
  it('may be kept for ever under their version, and are not sent twice', async () => {
    const page = await (await browser.profile()).newPage()
    const prompts = page.waitForRequest('**/api/catalogue/prompts?*')
    await page.goto('/exercises')
    const { pathname, search } = new URL((await prompts).url())
    const lasting = await site.visitor().call(pathname + search)
    expect(lasting.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const stale = await site.visitor().call(`${pathname}?version=other`)
    expect(stale.headers.get('cache-control')).toBe('public, no-cache')
    const tag = stale.headers.get('etag')!
    const again = await site.visitor().call(pathname, { headers: { 'if-none-match': tag } })
    expect([again.status, again.text]).toEqual([304, ''])
  })
})
