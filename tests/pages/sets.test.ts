import { beforeAll, describe, expect, it } from 'vitest'
import { addMember } from '@/lib/db/class-members'
import { database } from '@/lib/db/client'
import { makeClassSite, type ClassSite } from '@/tests/http/support/class-site'
import { useSite } from '@/tests/http/support/site'
import { useBrowser } from './support/browser'

const site = useSite()
const browser = useBrowser(site)

const HOUR = 3_600_000

let place: ClassSite
let sets: string

beforeAll(async () => {
  place = await makeClassSite(() => site.visitor())
  sets = `/classes/${place.ids.class}/sets`
})

const open = (path: string, as: keyof ClassSite['askers']) => browser.open(path, { as: place.askers[as] })

async function call(method: string, path: string, body?: unknown) {
  const { status, json, text } = await place.askers.instructor.call(`/api/classes/${place.ids.class}/${path}`, { method, body })
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`)
  return json as Record<string, never>
}

/** A section with one student, and an exception that lets it hand in two hours after all others. */
async function newSectionWithException(name: string) {
  const { id: sectionId } = await call('POST', 'sections', { name })
  const { id: userId } = await site.visitor().signUp({ name: `Ada of ${name}` })
  await addMember(database(), { classId: place.ids.class, userId, role: 'student', sectionId })
  const { dueAt } = await call('GET', `sets/${place.ids.set}`)
  const later = new Date(Date.parse(dueAt!) + 2 * HOUR).toISOString()
  await call('PUT', `sets/${place.ids.set}/exceptions`, {
    for: { kind: 'section', id: sectionId }, dueAt: later, closesAt: null, attemptLimit: null, exempt: false, reason: 'Fair',
  })
  return { userId, later }
}

describe('exceptions', () => {
  it('of a student begin with what the section has, and say that they take its place', async () => {
    const { userId, later } = await newSectionWithException('North')
    const page = await open(`${sets}/${place.ids.set}/exceptions`, 'instructor')
    const due = page.getByLabel('Due', { exact: true })
    expect(await due.inputValue()).toBe('')
    await page.getByLabel('For', { exact: true }).selectOption(`student ${userId}`)
    await page.getByText('The exception of the section North holds for this student.').waitFor()
    expect(await due.inputValue()).not.toBe('')
    expect(await page.getByLabel('Reason').inputValue()).toBe('')
    await page.getByLabel('Exempt: no part of the total').check()
    await page.getByRole('button', { name: 'Grant exception' }).click()
    await page.getByRole('row', { name: /Ada of North.*Exempt/ }).waitFor()
    const exceptions = await call('GET', `sets/${place.ids.set}/exceptions`) as unknown as { for: { id: string }; dueAt: string }[]
    expect(exceptions.find((each) => each.for.id === userId)?.dueAt).toBe(later)
  })

  it('that the set has gone past are named before it is changed, and marked afterwards', async () => {
    const { later } = await newSectionWithException('South')
    const page = await open(`${sets}/${place.ids.set}/edit`, 'instructor')
    const local = new Date(Date.parse(later) + 26 * HOUR).toISOString().slice(0, 16)
    for (const label of ['Closes', 'Due']) await page.getByLabel(label, { exact: true }).fill(local)
    await page.getByRole('button', { name: 'Preview and save' }).click()
    await page.getByRole('dialog').getByText(/section South/).waitFor()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.waitForURL(`**${sets}/${place.ids.set}`)
    await page.goto(`${sets}/${place.ids.set}/exceptions`)
    await page.getByRole('row', { name: /South.*No effect/ }).waitFor()
  })

  it('of a file say whose they replace', async () => {
    const { userId } = await newSectionWithException('West')
    const { email } = await database().user.findUniqueOrThrow({ where: { id: userId } })
    const page = await open(`${sets}/${place.ids.set}/exceptions`, 'instructor')
    await page.getByLabel('Or paste it here').fill(`student,exempt\n${email},yes`)
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByText('(replaces that of the section)').waitFor()
    await page.getByLabel('Or paste it here').fill(['student,exempt', ...Array.from({ length: 120 }, (_, index) => `nobody${index},yes`)].join('\n'))
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByText('120 problems; nothing was taken').waitFor()
    await page.getByText('20 more').waitFor()
  })
})

describe('publishing', () => {
  it('says how many students have attempts already', async () => {
    const page = await open(`${sets}/${place.ids.draft}`, 'instructor')
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('dialog').getByText('1 student has already submitted exercises of this set since its opening').waitFor()
  })
})

describe('an archived class', () => {
  it('has closed sets alone, for students and for staff', async () => {
    await call('PUT', 'archive', { archived: true })
    const mine = await open(`/classes/${place.ids.class}`, 'student')
    await mine.getByRole('heading', { level: 2, name: 'Closed' }).waitFor()
    expect(await mine.getByRole('heading', { level: 2, name: 'Open' }).count()).toBe(0)
    const set = await open(`${sets}/${place.ids.set}`, 'student')
    await set.getByText('Closed', { exact: true }).first().waitFor()
    expect(await set.getByRole('link', { name: /Start|Continue/ }).count()).toBe(0)
    const theirs = await open(`/classes/${place.ids.class}`, 'assistant')
    await theirs.getByRole('row', { name: /Caches.*Closed/ }).waitFor()
  })
})
