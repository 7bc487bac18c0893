import { describe, expect, it } from 'vitest'
import { useSite } from '@/tests/http/support/site'
import { useBrowser } from './support/browser'

const site = useSite()
const browser = useBrowser(site)

const focused = () => document.activeElement?.getAttribute('href') ?? document.activeElement?.getAttribute('name')

describe('the catalogue', () => {
  it('is walked through with the keyboard alone', async () => {
    const page = await browser.open('/')
    await page.keyboard.press('/')
    expect(await page.evaluate(focused)).toBe('q')
    await page.keyboard.type('lru')
    const rows = page.locator('[data-row]')
    const first = await rows.first().getAttribute('href')
    expect(first).toBe('/exercises/lru-cache')
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(focused)).toBe(first)
    await page.keyboard.press('ArrowUp')
    expect(await page.evaluate(focused)).toBe('q')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/exercises/lru-cache')
  })

  it('jumps to its ends and back to the search', async () => {
    const page = await browser.open('/')
    const links = await page.locator('[data-row]').evaluateAll((rows) => rows.map((row) => row.getAttribute('href')))
    await page.locator('[data-row]').first().focus()
    await page.keyboard.press('End')
    expect(await page.evaluate(focused)).toBe(links.at(-1))
    await page.keyboard.press('Home')
    expect(await page.evaluate(focused)).toBe(links[0])
    await page.keyboard.press('Escape')
    expect(await page.evaluate(focused)).toBe('q')
  })

  it('forgives a slip, and finds words of a prompt that stand in no title', async () => {
    const page = await browser.open('/')
    const search = page.getByRole('searchbox')
    const first = page.locator('[data-row]').first()
    await search.fill('samaphore')
    await expect.poll(() => first.getAttribute('href')).toBe('/exercises/semaphore')
    await search.fill('onEvict')
    await expect.poll(() => first.getAttribute('href')).toBe('/exercises/lru-cache')
  })

  it('keeps what is asked for in the address', async () => {
    const page = await browser.open('/')
    await page.getByLabel('Difficulty').selectOption('hard')
    await page.getByRole('searchbox').fill('context')
    await expect.poll(() => page.url()).toBe(`${site.origin}/?q=context&difficulty=hard`)
    await page.reload()
    expect(await page.locator('[data-row]').count()).toBe(1)
    await page.getByRole('button', { name: 'Clear' }).click()
    expect(page.url()).toBe(`${site.origin}/`)
    expect(await page.locator('[data-row]').count()).toBeGreaterThan(5)
  })

  it('says so when nothing matches, and offers the way back', async () => {
    const page = await browser.open('/?q=xyzzyplugh')
    await page.getByText('No exercise matches').waitFor()
    await page.getByRole('button', { name: 'Show all exercises' }).click()
    expect(await page.locator('[data-row]').count()).toBeGreaterThan(5)
  })

  it('leaves the slash to whoever is typing', async () => {
    const page = await browser.open('/')
    await page.getByRole('searchbox').fill('a')
    await page.keyboard.type('/b')
    expect(await page.getByRole('searchbox').inputValue()).toBe('a/b')
  })
})
