import type { Page } from 'playwright-core'
import { parse } from 'csv-parse/sync'
import { localOf } from '@/lib/marks/local-time'

/** What an instructor does in a class, on its pages. */
export class Course {
  #id = ''
  title = ''

  /** @param zone time zone of the class */
  constructor(readonly page: Page, readonly zone: string) {}

  path(below = ''): string {
    return `/classes/${this.#id}${below}`
  }

  /** Makes the class. Whoever has just become an instructor is known as one within seconds. */
  async create(name: string): Promise<void> {
    const { page } = this
    for (;;) {
      await page.goto('/classes/new')
      if (await page.getByLabel('Name').isVisible()) break
    }
    await page.getByLabel('Name').fill(name)
    await page.getByLabel('Time zone').selectOption(this.zone)
    await page.getByRole('button', { name: 'Create class' }).click()
    await page.waitForURL(/\/classes\/[0-9a-f-]{36}/)
    this.#id = /classes\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
  }

  async createSet(
    title: string,
    { search, points, dates, percentPerDay }:
    { search: string; points: string; dates: Record<string, number>; percentPerDay: string },
  ): Promise<void> {
    const { page } = this
    this.title = title
    await page.goto(this.path('/sets/new'))
    await page.getByLabel('Title').fill(title)
    await page.getByRole('button', { name: 'Add exercises' }).click()
    await page.getByLabel('Search the catalogue').fill(search)
    await page.getByRole('button', { name: new RegExp(`^Add .*${search}`) }).first().click()
    await page.keyboard.press('Escape')
    await page.getByLabel(/^Points for/).fill(points)
    for (const [label, at] of Object.entries(dates)) {
      await page.getByLabel(label, { exact: true }).fill(localOf(at, this.zone))
    }
    await page.getByLabel('What late work is worth').selectOption({ label: 'Less with each day' })
    await page.getByLabel('Percent per day').fill(percentPerDay)
    await page.getByRole('button', { name: 'Create draft' }).click()
    await page.waitForURL(/\/sets\/[0-9a-f-]{36}$/)
  }

  /** Publishes the set that is open. */
  async publish(): Promise<void> {
    await this.page.getByRole('button', { name: 'Publish' }).click()
    await this.page.getByRole('dialog').or(this.page.getByRole('alertdialog')).getByRole('button', { name: 'Publish' }).click()
    await this.page.getByRole('button', { name: 'Publish' }).waitFor({ state: 'detached' })
  }

  async joinCode(): Promise<string> {
    const answer = await this.page.request.get(`/api${this.path('/join-code')}`)
    return ((await answer.json()) as { code: string }).code
  }

  /** Gives somebody another due time in the set. */
  async extend(name: string, dueAt: number): Promise<void> {
    const { page } = this
    await page.goto(this.path())
    await page.getByRole('link', { name: this.title }).first().click()
    await page.waitForURL(/\/sets\/[0-9a-f-]{36}$/)
    await page.goto(`${page.url()}/exceptions`)
    const who = page.getByLabel('For', { exact: true })
    const option = await who.locator('option', { hasText: name }).getAttribute('value')
    await who.selectOption(option)
    await page.getByLabel('Due', { exact: true }).fill(localOf(dueAt, this.zone))
    await page.getByRole('button', { name: 'Grant exception' }).click()
    await page.getByRole('button', { name: `Remove the exception for ${name}` }).waitFor()
  }

  async openGradebook(): Promise<void> {
    await this.page.goto(this.path('/gradebook'))
    await this.page.getByRole('grid').waitFor()
  }

  /** Waits until the gradebook that is open says so of the student's work. */
  async seesMark(name: string, words: RegExp): Promise<void> {
    await this.page.getByRole('row').filter({ hasText: name }).getByRole('gridcell', { name: words }).first().waitFor()
  }

  /** Gives a mark by hand. */
  async override(name: string, points: string, reason: string): Promise<void> {
    const { page } = this
    await this.#openCell(name)
    await page.getByRole('button', { name: 'Change the mark' }).click()
    await page.getByLabel('Points').fill(points)
    await page.getByLabel('Reason').fill(reason)
    await page.getByRole('button', { name: 'Give this mark' }).click()
    await page.getByText(reason).first().waitFor()
  }

  /** Takes the last change by hand back. */
  async undo(name: string): Promise<void> {
    const { page } = this
    await this.#openCell(name)
    await page.getByRole('button', { name: 'Undo the last change' }).click()
    await page.getByLabel('Reason').fill('A slip')
    await page.getByRole('button', { name: 'Undo the last change' }).last().click()
    await page.getByText('A slip').first().waitFor()
  }

  async download(format: 'csv' | 'json'): Promise<string> {
    const answer = await this.page.request.get(`/api${this.path(`/export/${format}`)}`)
    if (!answer.ok()) throw new Error(`The export was refused: ${answer.status()} ${await answer.text()}`)
    return answer.text()
  }

  async #openCell(name: string): Promise<void> {
    await this.openGradebook()
    const answer = await this.page.request.get(`/api${this.path('/gradebook')}`)
    const { students, sets } = (await answer.json()) as {
      students: { id: string; name: string }[]; sets: { items: { id: string }[] }[]
    }
    const student = students.find((each) => each.name === name)
    await this.page.goto(this.path(`/gradebook/${student?.id}/${sets[0]?.items[0]?.id}`))
  }
}

/** Rows of the gradebook's file: e-mail and class total of each student. */
export function readCsv(text: string): { email: string; total: string }[] {
  const rows = parse(text, { columns: true, bom: true, skip_empty_lines: true }) as Record<string, string>[]
  const pick = (row: Record<string, string>, word: RegExp): string => {
    const key = Object.keys(row).findLast((name) => word.test(name))
    return (key && row[key]) ?? ''
  }
  return rows.filter((row) => pick(row, /mail/i) !== '').map((row) => ({ email: pick(row, /mail/i), total: pick(row, /total/i) }))
}
