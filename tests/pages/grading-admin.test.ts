import { beforeAll, describe, expect, it } from 'vitest'
import { errorVerdict } from '@/lib/contract/error-verdict'
import { setRole } from '@/lib/learn/accounts'
import { catalogue } from '@/lib/learn/catalogue'
import { recordVerdict } from '@/lib/learn/record-verdict'
import { database } from '@/lib/db/client'
import { useSite } from '@/tests/http/support/site'
import type { Visitor } from '@/tests/http/support/visitor'
import { useBrowser } from './support/browser'
import { gradeBefore, REGRADED, regradeWaiting } from './support/regrades'

const site = useSite()
const browser = useBrowser(site)
const EXERCISE = REGRADED

let admin: Visitor
beforeAll(async () => {
  admin = site.visitor()
  const { id } = await admin.signUp({ name: 'Grace Hopper' })
  await setRole(id, 'admin')
})

/** A learner's submission that got this many points of the exercise as it was before its tests changed. */
async function gradedBefore(name: string, score: number): Promise<{ learner: Visitor; path: string }> {
  const learner = site.visitor()
  await learner.signUp({ name })
  const sent = await learner.call('/api/submissions', { body: { exercise: EXERCISE, source: `// ${name}` } })
  const { id } = sent.json as { id: string }
  await gradeBefore(id, score)
  return { learner, path: `/submissions/${id}` }
}

/** Does what graders do; each source gets the score of the name in it. */
function regrade(scores: Record<string, number>): Promise<void> {
  return regradeWaiting((source) => scores[source.slice(3)]!)
}

/** What a learner reads of it at the submission. */
async function regradeToldTo({ learner, path }: { learner: Visitor; path: string }): Promise<string | null> {
  const page = await browser.open(path, { as: learner })
  const told = page.getByRole('region', { name: 'Graded again' })
  return (await told.count()) === 0 ? null : told.innerText()
}

describe('regrades', () => {
  it('show who would gain and lose, then change only what is asked for', async () => {
    const ada = await gradedBefore('Ada Lovelace', 4)
    const alan = await gradedBefore('Alan Turing', 10)
    const page = await browser.open('/admin/regrades', { as: admin })
    await page.getByText('No regrades yet').waitFor()
    await page.getByLabel('Exercise').selectOption(EXERCISE)
    await page.getByRole('button', { name: 'Start dry run' }).click()
    await page.getByText('0 of 2').waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('Stopped', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('Running', { exact: true }).waitFor()
    await regrade({ 'Ada Lovelace': 10, 'Alan Turing': 6 })
    await page.getByText('1 learner would gain, 1 would lose.').waitFor()
    await page.getByRole('row', { name: /Alan Turing Loses 10 of 10, passed 6 of 10/ }).waitFor()
    await page.getByRole('row', { name: /Ada Lovelace Gains 4 of 10 10 of 10, passed/ }).waitFor()
    expect(await regradeToldTo(alan)).toBeNull()

    await page.getByRole('button', { name: 'Apply gains only' }).click()
    await page.getByText('All gains are applied; 1 learner keeps a score that would be lowered.').waitFor()
    const best = () => database().progress.findMany({ orderBy: { bestScore: 'asc' }, select: { bestScore: true } })
    expect(await best()).toEqual([{ bestScore: 10 }, { bestScore: 10 }])
    expect(await regradeToldTo(ada)).toMatch(/newer version.*Passed.*10 \/ 10.*This raised your best score to 10 of 10/s)
    expect(await regradeToldTo(alan)).toMatch(/newer version.*Not passed.*6 \/ 10.*Your best score stays 10 of 10/s)

    await page.getByRole('button', { name: 'Apply gains and lower scores' }).click()
    const dialog = page.getByRole('dialog', { name: 'Lower the score of 1 learner?' })
    await dialog.getByRole('button', { name: 'Apply gains and lower scores' }).click()
    await page.getByText('All gains are applied; no score would be lowered.').waitFor()
    expect(await best()).toEqual([{ bestScore: 6 }, { bestScore: 10 }])
    expect(await regradeToldTo(alan)).toMatch(/lowered your best score to 6 of 10\. The exercise no longer counts as passed/)
    await page.getByText('Grace Hopper: applied; raised 0, lowered 1, kept 0').waitFor()
  })

  it('are refused where there is nothing to grade again, and say so', async () => {
    const page = await browser.open('/admin/regrades', { as: admin })
    await page.getByLabel('Exercise').selectOption('semaphore')
    await page.getByRole('button', { name: 'Start dry run' }).click()
    await page.getByRole('alert').filter({ hasText: 'has a verdict of its present version' }).waitFor()
  })
})

describe('failed gradings', () => {
  it('are listed with their source for a person to look at', async () => {
    const learner = site.visitor()
    await learner.signUp({ name: 'Edsger Dijkstra' })
    const sent = await learner.call('/api/submissions', { body: { exercise: EXERCISE, source: 'process.abort() // deadly' } })
    const { id } = sent.json as { id: string }
    await recordVerdict(id, errorVerdict({ exerciseVersion: (await catalogue()).findExercise(EXERCISE)!.version }))
    const page = await browser.open('/admin/submissions', { as: admin })
    await page.getByRole('row', { name: /Edsger Dijkstra/ }).getByRole('link').click()
    await page.getByText('process.abort() // deadly').waitFor()
    await page.getByText('internal-error').waitFor()
    expect((await learner.call(`/admin/submissions/${id}`)).status).toBe(404)
  })
})

describe('a full queue', () => {
  it('is told to the learner, whose code stays', async () => {
    const learner = site.visitor()
    await learner.signUp({ name: 'Barbara Liskov' })
    for (let count = 0; count < 5; count++) {
      await learner.call('/api/submissions', { body: { exercise: EXERCISE, source: `// ${count}` } })
    }
    const page = await browser.open(`/exercises/${EXERCISE}`, { as: learner })
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await page.getByText('Enough of your submissions wait to be graded already.').first().waitFor()
  })
})

describe('deleting an account', () => {
  it('asks for address and password, and signs the person out for good', async () => {
    const learner = site.visitor()
    const { email, password } = await learner.signUp({ name: 'Tony Hoare' })
    const page = await browser.open('/settings', { as: learner })
    await page.getByRole('button', { name: 'Delete account' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete your account?' })
    await dialog.getByLabel('Your e-mail address, to confirm').fill('somebody@else.org')
    await dialog.getByLabel('Current password').fill('not the password')
    await dialog.getByRole('button', { name: 'Delete account' }).click()
    await dialog.getByRole('alert').filter({ hasText: 'The e-mail or the password is wrong.' }).waitFor()
    await dialog.getByLabel('Your e-mail address, to confirm').fill(email)
    await dialog.getByLabel('Current password').fill(password)
    await dialog.getByRole('button', { name: 'Delete account' }).click()
    await page.waitForURL('**/')
    await page.getByRole('link', { name: 'Sign in' }).first().waitFor()
    expect(await database().user.count({ where: { email } })).toBe(0)
  })
})
