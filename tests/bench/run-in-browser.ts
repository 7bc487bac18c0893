import type { Page } from 'playwright-core'
import { launchChromium } from '../runner/support/chromium'

export interface BrowserRunOptions {
  /** Address of a running site in production mode. */
  url: string
  exercise?: string
  /** What is typed into solution.ts before the first run; without it the starter runs. */
  solution?: string
  warmRounds?: number
  coldRounds?: number
}

/** After this time the editor has checked the types of a change, and the next worker stands by. */
const CHECKED_MS = 2_500
/** At this time it is in the midst of that. */
const CHECKING_MS = 600

/** Each from the press on Run to the frame in which the result is on the screen, milliseconds. */
export interface BrowserRunFigures {
  /** Every visit with an empty cache; pressed as soon as the editor can be typed in. */
  firstAfterLoadMs: number[]
  /** One visit, the solution changed by a comment before each press, so that it is compiled each time. */
  warmMs: number[]
  /** The same, pressed while the editor checks the types of what was just written, with what cores are left. */
  checkingMs: number[]
}

/** Measures Run in Chromium as a learner meets it: compile, sandbox, visible tests, painted result. */
export async function benchRunInBrowser(options: BrowserRunOptions): Promise<BrowserRunFigures> {
  const { url, exercise = 'lru-cache', solution, warmRounds = 20, coldRounds = 5 } = options
  const address = new URL(`/exercises/${exercise}`, url).href
  const browser = await launchChromium()
  try {
    const firstAfterLoadMs: number[] = []
    for (let round = 0; round < coldRounds; round++) {
      const context = await browser.newContext({ locale: 'en' })
      const page = await context.newPage()
      await openExercise(page, address)
      firstAfterLoadMs.push(await pressRun(page, 1))
      await context.close()
    }
    const page = await browser.newPage({ locale: 'en' })
    await openExercise(page, address)
    if (solution !== undefined) await setSolution(page, solution)
    // The first runs of a page also warm the engine up; they are what `firstAfterLoadMs` is about.
    const settling = 5
    let run = 0
    const pressAfter = async (pauseMs: number): Promise<number> => {
      run += 1
      await setSolution(page, `${solution ?? (await currentSolution(page))}\n// ${run}`)
      await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), pauseMs)
      return pressRun(page, run)
    }
    const presses = async (rounds: number, pauseMs: number): Promise<number[]> => {
      const all: number[] = []
      for (let round = 0; round < rounds; round++) all.push(await pressAfter(pauseMs))
      return all
    }
    await presses(settling, CHECKED_MS)
    const warmMs = await presses(warmRounds, CHECKED_MS)
    const checkingMs = await presses(warmRounds, CHECKING_MS)
    return { firstAfterLoadMs, warmMs, checkingMs }
  } finally {
    await browser.close()
  }
}

export async function openExercise(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.waitForSelector('.monaco-editor .view-line')
}

interface WithMonaco {
  monaco: {
    Uri: { parse: (text: string) => unknown }
    editor: { getModel: (uri: unknown) => { getValue: () => string; setValue: (text: string) => void } }
  }
}

export function setSolution(page: Page, source: string): Promise<void> {
  return page.evaluate((text) => {
    const { monaco } = window as unknown as WithMonaco
    monaco.editor.getModel(monaco.Uri.parse('file:///solution.ts')).setValue(text)
  }, source)
}

function currentSolution(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { monaco } = window as unknown as WithMonaco
    return monaco.editor.getModel(monaco.Uri.parse('file:///solution.ts')).getValue().replace(/\n\/\/ \d+$/, '')
  })
}

/** Presses Run and waits for the result of that run. `run` counts the presses of this page. */
function pressRun(page: Page, run: number): Promise<number> {
  return page.evaluate(async (number) => {
    const button = [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === 'Run')
    const started = performance.now()
    button?.click()
    while (document.querySelector<HTMLElement>('[data-run]')?.dataset.run !== `${number} ended`) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    // The next frame begins when this one has been painted.
    await new Promise((resolve) => requestAnimationFrame(resolve))
    return performance.now() - started
  }, run)
}
