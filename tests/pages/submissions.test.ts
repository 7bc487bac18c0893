import { beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '@/lib/contract/exercise'
import { gradeSubmission } from '@/lib/learn/grade-submission'
import { grade } from '@/tests/http/support/grading'
import { useSite } from '@/tests/http/support/site'
import type { Visitor } from '@/tests/http/support/visitor'
import { useBrowser } from './support/browser'

const site = useSite()
const browser = useBrowser(site)
const SOURCE = 'export class LRUCache {\n  get(\n}\n'

let learner: Visitor

async function submit(exercise: string): Promise<string> {
  const sent = await learner.call('/api/submissions', { body: { exercise, source: SOURCE } })
  return (sent.json as { id: string }).id
}

beforeAll(async () => {
  learner = site.visitor()
  await learner.signUp()
})

describe('a submission', () => {
  it('says for each rule whether it held, and keeps the editorial from who has not passed', async () => {
    const id = await submit('semaphore')
    await grade(id, 'failed')
    const page = await browser.open(`/submissions/${id}`, { as: learner })
    expect(await page.getByText('Does not hold').count()).toBeGreaterThan(1)
    expect(await page.getByText('Editorial').count()).toBe(0)
  })

  it('that passed brings the editorial along', async () => {
    const id = await submit('lru-cache')
    await grade(id, 'passed')
    const page = await browser.open(`/submissions/${id}`, { as: learner })
    await page.getByText('All hidden tests pass.').waitFor()
    const editorial = page.locator('details .prose')
    expect(await editorial.isVisible()).toBe(false)
    await page.locator('summary').focus()
    await page.keyboard.press('Enter')
    await editorial.waitFor()
  })

  it('that does not compile points at the line, and counts no rule as broken', async () => {
    const id = await submit('lru-cache')
    await gradeAsUncompilable(id, 3)
    const page = await browser.open(`/submissions/${id}`, { as: learner })
    await page.getByText('The code does not compile.').waitFor()
    expect(await page.locator('#line-3').innerText()).toBe('}')
    expect(await page.getByText('Does not hold').count()).toBe(0)
    expect(await page.getByText('Not run').count()).toBeGreaterThan(0)
  })

  it('shows its verdict as soon as there is one', async () => {
    const id = await submit('lru-cache')
    const page = await browser.open(`/submissions/${id}`, { as: learner })
    await page.getByText('You are next.').waitFor()
    await grade(id, 'passed')
    await page.getByText('All hidden tests pass.').waitFor()
  })
})

describe('the list of submissions', () => {
  it('follows the choice of an exercise, and so does the address', async () => {
    const page = await browser.open('/submissions', { as: learner })
    expect(await page.getByRole('link', { name: 'Weighted semaphore' }).count()).toBe(1)
    expect(await page.getByRole('link', { name: 'O(1) LRU cache' }).count()).toBe(3)
    await page.getByLabel('Exercise').selectOption('Weighted semaphore')
    await page.waitForURL('**/submissions?exercise=semaphore')
    await expect.poll(() => page.getByRole('link', { name: 'O(1) LRU cache' }).count()).toBe(0)
    expect(await page.getByRole('link', { name: 'Weighted semaphore' }).count()).toBe(1)
  })
})

async function gradeAsUncompilable(submissionId: string, line: number): Promise<void> {
  await gradeSubmission(
    {
      grade: async ({ exercise, seed }) => ({
        verdict: 'failed',
        reason: 'compile-error',
        score: 0,
        maxScore: 20,
        groups: Object.entries(exercise.groups).map(([title, { points }]) => {
          return { title, points, earned: 0, passed: 0, total: 0 }
        }),
        tests: [],
        problem: { message: 'Unexpected "}"', line, column: 0 },
        misconception: null,
        exerciseVersion: exercise.version,
        runtimeVersion: 'test',
        limits: DEFAULT_LIMITS,
        seed,
        stats: { wallMs: 1, guestPeakRssKb: null },
      }),
    },
    submissionId,
  )
}
