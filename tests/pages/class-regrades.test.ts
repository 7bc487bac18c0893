import { expect, it } from 'vitest'
import { errorVerdict } from '@/lib/contract/error-verdict'
import { DEFAULT_LIMITS } from '@/lib/contract/exercise'
import type { Verdict } from '@/lib/contract/verdict'
import { database } from '@/lib/db/client'
import { catalogue } from '@/lib/learn/catalogue'
import { recordVerdict } from '@/lib/learn/record-verdict'
import { regradeSubmission } from '@/lib/learn/regrade-submission'
import { makeClassSite } from '@/tests/http/support/class-site'
import { useSite } from '@/tests/http/support/site'
import { useBrowser } from './support/browser'
import { faultsAt, LOOKS } from './support/faults'

const site = useSite()
const browser = useBrowser(site)

it('an instructor sees who of the class would gain by the new tests, and applies it', async () => {
  const { askers: { instructor }, ids } = await makeClassSite(site.visitor)
  const page = await browser.open(`/classes/${ids.class}/settings`, { as: instructor })
  await page.getByRole('link', { name: 'Regrades of this class' }).click()
  await page.getByText('everything that the class sent was graded with the present tests').waitFor()

  await gradeBefore(ids.submission)
  await page.reload()
  await page.getByLabel('Exercise').selectOption({ label: 'O(1) LRU cache (1 submission)' })
  await page.getByRole('button', { name: 'Start dry run' }).click()
  await page.getByText('0 of 1').waitFor()
  await regradeAll()
  await page.getByText('1 learner would gain, nobody would lose.').waitFor()
  await page.getByRole('button', { name: 'Apply gains only' }).click()
  await page.getByText('All gains are applied; no score would be lowered.').waitFor()
  await page.getByText('instructor: applied; raised 1, lowered 0, kept 0').waitFor()
  for (const look of LOOKS) {
    const profile = await browser.profile({ ...look, as: instructor })
    expect(await faultsAt(new URL(page.url()).pathname, profile)).toBe('')
    await profile.close()
  }
}, 120_000)

/** A verdict of tests that the exercise had before. */
async function gradeBefore(submissionId: string): Promise<void> {
  await database().exerciseVersion.create({
    data: { hash: 'before', exercise: 'lru-cache', title: {}, difficulty: 'easy', maxScore: 10 },
  })
  await recordVerdict(submissionId, found(4, 'before'))
}

/** Does what graders do with the jobs of regrades. */
async function regradeAll(): Promise<void> {
  const version = (await catalogue()).findExercise('lru-cache')!.version
  const waiting = await database().regradeResult.findMany({ where: { verdict: null } })
  for (const result of waiting) await regradeSubmission({ grade: async () => found(10, version) }, result)
}

function found(score: number, exerciseVersion: string): Verdict {
  return {
    ...errorVerdict({ exerciseVersion, limits: DEFAULT_LIMITS }),
    verdict: score === 10 ? 'passed' : 'failed', reason: null, score, maxScore: 10,
  }
}
