import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFailed } from 'vitest'
import { PASSWORD } from '@/tests/http/support/visitor'

const PICTURES = path.resolve('.handroll/test/pictures')

/** How long a busy machine may take for any one thing. */
export const PATIENCE_MS = 120_000

/** The page of an exercise, used as a person uses it. */
export class Workspace {
  #runs = 0

  constructor(readonly page: Page) {
    page.setDefaultTimeout(PATIENCE_MS)
    onTestFailed(({ task }) => this.picture(`failed: ${task.name.replace(/[^\w ]/g, '')}`))
  }

  async open(exercise = 'lru-cache'): Promise<void> {
    await this.page.goto(`/exercises/${exercise}`)
    await this.untilReady()
  }

  /** Waits until the editor can be typed in. A page that was left has forgotten its runs. */
  async untilReady(): Promise<void> {
    this.#runs = 0
    await this.page.locator('.monaco-editor .view-line').first().waitFor()
  }

  /** Replaces the whole text by pasting. */
  async write(source: string): Promise<void> {
    const { page } = this
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.evaluate((text) => navigator.clipboard.writeText(text), source)
    await page.locator('.monaco-editor .view-lines').first().click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.press('ControlOrMeta+v')
    await expect.poll(() => this.text(), { timeout: PATIENCE_MS }).toBe(source)
  }

  /** What stands in solution.ts. */
  text(): Promise<string> {
    return this.page.evaluate(() => {
      const { monaco } = window as unknown as { monaco: typeof import('monaco-editor') }
      return monaco.editor.getModel(monaco.Uri.parse('file:///solution.ts'))?.getValue() ?? ''
    })
  }

  /** Presses Run and waits until its result is shown. */
  async run(): Promise<void> {
    this.#runs += 1
    await this.page.getByRole('button', { name: 'Run', exact: true }).click()
    await this.page.locator(`[data-run="${this.#runs} ended"]`).waitFor()
  }

  async submit(): Promise<void> {
    await this.page.getByRole('button', { name: 'Submit', exact: true }).click()
  }

  /** Waits for a text of the verdict or of what is said on the way there. */
  async says(text: string | RegExp): Promise<void> {
    await this.page.getByRole('tabpanel', { name: 'Submission' }).getByText(text).first().waitFor()
  }

  /** Keeps a picture of the page. */
  async picture(name: string): Promise<void> {
    mkdirSync(PICTURES, { recursive: true })
    await this.page.screenshot({ path: path.join(PICTURES, `${name}.png`) })
  }
}

/** Makes an account on the page that is open. */
export async function signUp(page: Page, email: string, name = 'Ada Lovelace'): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
}
