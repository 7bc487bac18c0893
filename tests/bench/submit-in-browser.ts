import type { Page } from 'playwright-core'
import { launchChromium } from '../runner/support/chromium'
import { Visitor } from '../http/support/visitor'
import { openExercise, setSolution } from './run-in-browser'

/** A reader's pause: the pool of guests is full again. */
const PAUSE_MS = 500

/** From the press on Submit to the frame in which the verdict is on the screen, milliseconds. It must be a pass. */
export async function benchSubmitInBrowser(
  { url, exercise, solution, rounds = 20 }: { url: string; exercise: string; solution: string; rounds?: number },
): Promise<number[]> {
  const visitor = new Visitor(url)
  await visitor.signUp()
  const browser = await launchChromium()
  try {
    const context = await browser.newContext({ locale: 'en' })
    await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url })))
    const page = await context.newPage()
    await openExercise(page, new URL(`/exercises/${exercise}`, url).href)
    const times: number[] = []
    const settling = 3
    for (let round = 0; round < settling + rounds; round++) {
      // Different each time: a source that was graded before has its verdict without a grader.
      await setSolution(page, `${solution}\n// ${round}\n`)
      await page.waitForTimeout(PAUSE_MS)
      const ms = await pressSubmit(page)
      if (round >= settling) times.push(ms)
    }
    return times
  } finally {
    await browser.close()
  }
}

function pressSubmit(page: Page): Promise<number> {
  return page.evaluate(async (passed) => {
    const button = [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === 'Submit')
    const started = performance.now()
    button?.click()
    // The verdict of before goes first.
    for (const isShown of [false, true]) {
      while (document.body.innerText.includes(passed) !== isShown) await new Promise(requestAnimationFrame)
    }
    // The next frame begins when this one has been painted.
    await new Promise(requestAnimationFrame)
    return performance.now() - started
  }, 'All hidden tests pass.')
}
