import type { Browser, Page } from 'playwright-core'
import { launchChromium } from './chromium'
import type { Lab, Observed } from './page'
import { startSite, type Site } from './site'

declare global {
  interface Window {
    lab: Lab
  }
}

export interface Workbench {
  page: Page
  site: Site
  /** Runs a solution against one test file, in the browser. */
  run: (solution: string, tests?: string, wallMs?: number) => Promise<Observed>
  close: () => Promise<void>
}

/** A test file that calls the solution's `act` once. */
export const ONE_TEST = `
import { expect, it } from 'vitest'
import { act } from './solution'
it('acts', async () => {
  expect(await act()).toBe('done')
})
`

/** A Chromium with one page that has a runner, on a site that serves the built files as the real one does. */
export async function openWorkbench(): Promise<Workbench> {
  const site = await startSite()
  const browser: Browser = await launchChromium()
  const context = await browser.newContext()
  await context.addCookies([{ name: 'session', value: 'secret', url: site.url }])
  const page = await context.newPage()
  await page.goto(site.url)
  return {
    page,
    site,
    run: (solution, tests = ONE_TEST, wallMs = 3_000) =>
      page.evaluate((request) => window.lab.observe(request), {
        solution: { name: 'solution.ts', source: solution },
        tests: [{ name: 'visible.test.ts', source: tests }],
        wallMs,
      }),
    close: async () => {
      await browser.close()
      site.close()
    },
  }
}
