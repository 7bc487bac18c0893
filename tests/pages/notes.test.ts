import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOCALES } from '@/lib/contract/localized'
import { useSite } from '@/tests/http/support/site'
import { useBrowser } from './support/browser'

const browser = useBrowser(useSite())

const EXERCISES = path.resolve(import.meta.dirname, '../../exercises')
const TOPICS = readdirSync(EXERCISES, { withFileTypes: true }).filter((each) => each.isDirectory()).map(({ name }) => name)
const PHONE = 390
/** Of a figure's own units: letters may come so near to each other. */
const CLOSEST = 1

describe.each(LOCALES)('in %s', (locale) => {
  let page: Page
  beforeAll(async () => {
    page = await (await browser.profile({ locale, width: PHONE })).newPage()
    // What a page looks like does not depend on its scripts, and without them it is there at once.
    await page.route('**/*.js', (route) => route.abort())
  })
  afterAll(() => page.context().close())

  it.each(TOPICS)('the note on %s fits a phone, with whole figures and all of its Markdown understood', async (topic) => {
    await page.goto(`/topics/${topic}`, { waitUntil: 'load' })
    await page.evaluate(() => document.fonts.ready)
    expect(await page.locator('.prose').count()).toBe(1)
    expect([...(await overflows(page)), ...(await leftovers(page)), ...(await unreadableLetters(page))]).toEqual([])
  })
})

/** What is wider than the page or, if it scrolls by itself, cannot be scrolled by keys. */
function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement
    const by = root.scrollWidth - root.clientWidth
    const stuck = [...document.querySelectorAll<HTMLElement>('.prose *')].filter((each) =>
      getComputedStyle(each).overflowX === 'auto' && each.scrollWidth > each.clientWidth && each.tabIndex < 0)
    return [
      ...(by > 0 ? [`${by} px too wide`] : []),
      ...stuck.map((each) => `cannot be scrolled by keys: ${each.textContent?.slice(0, 40)}`),
    ]
  })
}

/** Marks of Markdown that are shown instead of obeyed. */
function leftovers(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode as Text
      if (!parentElement?.closest('.prose') || parentElement.closest('code, svg')) continue
      if (/\*\*|`|\]\(|!\[|^#{2,} |\| *-{3}/.test(data)) found.push(`shows its Markdown: ${data.slice(0, 60)}`)
    }
    return found
  })
}

/** Letters of figures that lie outside of their figure or upon other letters. */
function unreadableLetters(page: Page): Promise<string[]> {
  return page.evaluate((closest) => {
    const found: string[] = []
    for (const svg of document.querySelectorAll<SVGSVGElement>('.prose figure > svg')) {
      const frame = svg.getBoundingClientRect()
      const scale = frame.width / svg.viewBox.baseVal.width
      const least = closest * scale
      const name = svg.getAttribute('aria-label') ?? ''
      if (!(frame.width > 100 && frame.height > 50)) found.push(`a figure without size: ${name}`)
      const letters = [...svg.querySelectorAll('text')].map((each) => {
        const box = each.getBoundingClientRect()
        // The box of a line is higher than its letters.
        const air = box.height * 0.2
        return { text: each.textContent ?? '', left: box.left, right: box.right, top: box.top + air, bottom: box.bottom - air }
      })
      letters.forEach((one, index) => {
        const inside = one.left >= frame.left - least && one.right <= frame.right + least &&
          one.top >= frame.top - least && one.bottom <= frame.bottom + least
        if (!inside) found.push(`"${one.text}" leaves the figure ${name}`)
        for (const other of letters.slice(index + 1)) {
          const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
          const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
          if (across > least && down > least) found.push(`"${one.text}" lies upon "${other.text}" in ${name}`)
        }
      })
    }
    return found
  }, CLOSEST)
}
