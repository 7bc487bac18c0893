import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import type { Locale } from '@/lib/contract/localized'
import type { Site } from '@/tests/http/support/site'
import type { Visitor } from '@/tests/http/support/visitor'
import { launchChromium } from '@/tests/runner/support/chromium'

/** How long a page may take for what a test waits for, milliseconds: other suites run beside this one. */
const PATIENCE_MS = 50_000

export interface Look {
  locale?: Locale
  theme?: 'light' | 'dark'
  width?: number
  /** Whose session the browser has. */
  as?: Visitor
  /** False for a browser that runs none. */
  scripts?: boolean
}

/** A Chromium for the tests of one file. `open` gives a page of a fresh profile that is closed after the file. */
export function useBrowser(site: Site) {
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
  })

  async function profile({ locale = 'en', theme = 'light', width = 1280, as, scripts = true }: Look = {}): Promise<BrowserContext> {
    if (!browser) throw new Error('The browser exists only while tests run')
    const viewport = { width, height: 900 }
    const context = await browser.newContext({ viewport, baseURL: site.origin, javaScriptEnabled: scripts })
    context.setDefaultTimeout(PATIENCE_MS)
    const chosen = { locale, theme, ...Object.fromEntries(as?.cookies ?? []) }
    await context.addCookies(Object.entries(chosen).map(([name, value]) => ({ name, value, url: site.origin })))
    return context
  }

  return {
    profile,
    async open(path: string, look: Look = {}): Promise<Page> {
      const page = await (await profile(look)).newPage()
      await page.goto(path, { waitUntil: 'load' })
      await untilAlive(page)
      return page
    },
  }
}

/** Waits until React has taken the page over, so that keys and buttons do what they should. */
export async function untilAlive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const controls = [...document.querySelectorAll('button, input, select, form')]
    const isTaken = (control: Element) => Object.keys(control).some((key) => key.startsWith('__reactProps'))
    return document.querySelector('#content h1') !== null && controls.every(isTaken)
  })
}

/** What the browser complains about while a page is used: errors of scripts and refusals of the policy. */
export function watchComplaints(page: Page): string[] {
  const complaints: string[] = []
  const navigations = new Set<string>()
  page.on('request', (request) => {
    if (request.isNavigationRequest()) navigations.add(request.url())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    // Chromium writes an error for the page's own 404, which is what some pages are, at times before the page has its URL.
    const ownStatus = message.text().startsWith('Failed to load resource') && navigations.has(message.location().url)
    if (message.type() === 'error' && !ownStatus) complaints.push(message.text())
  })
  return complaints
}
