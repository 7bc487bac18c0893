import type { Page } from 'playwright-core'

/** The workspace of the exercise that the tests use, in English. */
export const EXERCISE = '/exercises/lru-cache'

interface WithMonaco {
  monaco: {
    Uri: { parse: (text: string) => unknown }
    editor: {
      getModel: (uri: unknown) => { getValue: () => string; setValue: (text: string) => void }
      getEditors: () => { getPosition: () => { lineNumber: number }; focus: () => void }[]
    }
  }
}

/** Waits until the editor can be typed in. */
export async function untilReady(page: Page): Promise<void> {
  await page.waitForSelector('.monaco-editor .view-line')
}

/** Replaces a text as typing would. */
export async function write(page: Page, text: string, file = 'solution.ts'): Promise<void> {
  await page.evaluate(([name, value]) => {
    const { monaco } = window as unknown as WithMonaco
    monaco.editor.getModel(monaco.Uri.parse(`file:///${name}`)).setValue(value)
  }, [file, text] as const)
}

export function read(page: Page, file = 'solution.ts'): Promise<string> {
  return page.evaluate((name) => {
    const { monaco } = window as unknown as WithMonaco
    return monaco.editor.getModel(monaco.Uri.parse(`file:///${name}`)).getValue()
  }, file)
}

/** Line of the cursor. */
export function cursorLine(page: Page): Promise<number | undefined> {
  return page.evaluate(() => (window as unknown as WithMonaco).monaco.editor.getEditors()[0]?.getPosition().lineNumber)
}

export async function focusEditor(page: Page): Promise<void> {
  await page.evaluate(() => (window as unknown as WithMonaco).monaco.editor.getEditors()[0]?.focus())
}

/** Waits for the end of a run; runs are counted from 1. */
export async function untilRun(page: Page, number: number): Promise<void> {
  await page.waitForSelector(`[data-run="${number} ended"]`)
}
