import { expect, it } from 'vitest'
import { makeClassSite } from '@/tests/http/support/class-site'
import { useSite } from '@/tests/http/support/site'
import { useBrowser } from './support/browser'
import { faultsAt, LOOKS } from './support/faults'
import { gradeBefore, regradeWaiting } from './support/regrades'

const site = useSite()
const browser = useBrowser(site)

it('an instructor sees who of the class would gain by the new tests, and applies it', async () => {
  const { askers: { instructor }, ids } = await makeClassSite(site.visitor)
  const page = await browser.open(`/classes/${ids.class}/settings`, { as: instructor })
  await page.getByRole('link', { name: 'Regrades of this class' }).click()
  await page.getByText('everything that the class sent was graded with the present tests').waitFor()

  await gradeBefore(ids.submission, 4)
  await page.reload()
  await page.getByLabel('Exercise').selectOption({ label: 'O(1) LRU cache (1 submission)' })
  await page.getByRole('button', { name: 'Start dry run' }).click()
  await page.getByText('0 of 1').waitFor()
  await regradeWaiting(() => 10)
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
