import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, it, vi } from 'vitest'
import { localOf } from '@/lib/marks/local-time'
import { useBrowser, watchComplaints } from '@/tests/pages/support/browser'
import { useDatabase } from '@/tests/support/database'
import { Course, readCsv } from './support/course'
import { FIRST_IN_FIRST_OUT, LRU_SOLUTION } from './support/solutions'
import { useWholeSite } from './support/whole-site'
import { PATIENCE_MS, signUp, Workspace } from './support/workspace'

vi.setConfig({ testTimeout: 4 * PATIENCE_MS })

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Berlin, New York and the machine agree about nothing; the class is where its teacher is. */
const ZONE = 'America/New_York'

const database = useDatabase()
const site = useWholeSite(() => ({ GRADER_CONCURRENCY: '2', DATABASE_URL: database.url }))
const browser = useBrowser(site)

interface Person {
  name: string
  email: string
  page: Page
  complaints: string[]
}

async function newPerson(name: string, path: string): Promise<Person> {
  const page = await (await browser.profile()).newPage()
  const complaints = watchComplaints(page)
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(path)
  const email = `${randomUUID()}@example.org`
  await signUp(page, email, name)
  return { name, email, page, complaints }
}

/** Solves the exercise by way of its set. */
async function solve({ page }: Person, course: Course, source: string): Promise<void> {
  await page.goto(course.path())
  await page.getByRole('link', { name: course.title }).first().click()
  await page.getByRole('link', { name: /LRU/ }).first().click()
  await page.waitForURL(/exercises\/lru-cache\?set=/)
  const workspace = new Workspace(page)
  await workspace.untilReady()
  await workspace.write(source)
  await workspace.submit()
  await workspace.says(source === LRU_SOLUTION ? 'All hidden tests pass.' : /hidden tests? fails? out of/)
}

it('an instructor runs a course: on time, late, extended, marked by hand, and every page and file agrees', async () => {
  const teacher = await newPerson('Grace Hopper', '/sign-up?next=/classes')
  await teacher.page.getByRole('button', { name: 'Account of Grace Hopper' }).waitFor()
  await database.db.user.update({ where: { email: teacher.email }, data: { role: 'instructor' } })
  const course = new Course(teacher.page, ZONE)
  await course.create('Back-end engineering')

  const now = Date.now()
  await course.createSet('Caches', {
    search: 'LRU', points: '10',
    dates: { Opens: now - 4 * DAY_MS, Due: now - 36 * HOUR_MS, Closes: now + 3 * DAY_MS },
    percentPerDay: '10',
  })
  await course.publish()
  const code = await course.joinCode()

  const people: Person[] = []
  for (const name of ['Ada Punctual', 'Ben Belated', 'Cleo Extended']) {
    const person = await newPerson(name, `/sign-up?next=/join/${code}`)
    await person.page.getByRole('button', { name: 'Join the class' }).click()
    await person.page.waitForURL(`**${course.path()}`)
    people.push(person)
  }
  const [punctual, belated, extended] = people as [Person, Person, Person]
  await course.extend(extended.name, now + DAY_MS)

  // The first one handed in three days ago, which nobody can wait for.
  await solve(punctual, course, LRU_SOLUTION)
  await database.db.submission.updateMany({
    where: { user: { email: punctual.email } }, data: { submittedAt: new Date(now - 3 * DAY_MS) },
  })
  await solve(belated, course, FIRST_IN_FIRST_OUT)
  await solve(belated, course, LRU_SOLUTION)
  await solve(extended, course, LRU_SOLUTION)

  await course.openGradebook()
  await course.seesMark(punctual.name, /^10 of 10, Full points$/)
  // 36 hours after the due time the second day has begun.
  await course.seesMark(belated.name, /^8 of 10, .*2 days late/)
  await course.seesMark(extended.name, /^10 of 10, Full points$/)

  await course.override(belated.name, '9.55', 'Was ill and told us so')
  await course.openGradebook()
  await course.seesMark(belated.name, /^9\.55 of 10, .*Given by hand/)

  const csv = readCsv(await course.download('csv'))
  const marks = Object.fromEntries(csv.map((row) => [row.email, row.total]))
  expect(marks).toEqual({ [punctual.email]: '10.00', [belated.email]: '9.55', [extended.email]: '10.00' })

  await belated.page.goto(course.path())
  await belated.page.getByText(/9\.55/).first().waitFor()

  await course.undo(belated.name)
  expect(readCsv(await course.download('csv')).find(({ email }) => email === belated.email)?.total).toBe('8.00')

  expect([teacher, ...people].flatMap(({ complaints }) => complaints)).toEqual([])
  expect(localOf(now, ZONE)).not.toBe(localOf(now, 'Europe/Berlin'))
})
