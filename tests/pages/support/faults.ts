import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright-core'
import { untilAlive, watchComplaints } from './browser'

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Each theme with a language and the width at which axe looks. */
export const LOOKS = [
  { theme: 'light', locale: 'en', width: 1440 },
  { theme: 'dark', locale: 'zh', width: 390 },
] as const
const WIDTHS = [1440, 1024, 390]

/** What is wrong with a page, a line each: by axe, by the browser's console, in its words and at any of the widths. */
export async function faultsAt(path: string, profile: BrowserContext): Promise<string> {
  const page = await profile.newPage()
  const complaints = watchComplaints(page)
  await page.goto(path, { waitUntil: 'load' })
  await untilAlive(page)
  // Without its legacy mode axe opens another page for each look.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(STANDARDS).analyze()
  const faults = [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ...(await wordlessKeys(page)),
    ...(await overflows(page)),
    ...complaints,
  ]
  await page.close()
  return faults.join('\n')
}

/** Keys of messages that stand on the page in the place of their words. */
async function wordlessKeys(page: Page): Promise<string[]> {
  const areas = 'catalogue|common|home|topics|progress|submissions|account|errors|settings|admin|workspace|classes|sets|gradebook|insight|comments|profile|next|solutions'
  const text = await page.evaluate(() => document.body.innerText)
  return (text.match(new RegExp(`\\b(?:${areas})\\.[a-z][\\w.]*`, 'g')) ?? []).map((key) => `no words for ${key}`)
}

/** At which widths the page as a whole scrolls sideways. */
async function overflows(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    const by = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (by > 0) found.push(`${by} px too wide for a window of ${width} px`)
  }
  return found
}
