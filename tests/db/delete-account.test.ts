import { beforeEach, describe, expect, it } from 'vitest'
import { linkIdentity } from '@/lib/db/accounts'
import { writeAudit } from '@/lib/db/audit'
import { addMember } from '@/lib/db/class-members'
import { setRole, verifyPassword } from '@/lib/learn/accounts'
import { createClass } from '@/lib/learn/classes/classes'
import { saveDraft } from '@/lib/learn/drafts'
import { gradeSubmission } from '@/lib/learn/grade-submission'
import { deleteAccount } from '@/lib/learn/own-account'
import { countEvent } from '@/lib/learn/rate-limit'
import { submit } from '@/lib/learn/submit'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { newLearner, PASSWORD } from './support/people'
import { emptyQueue, listJobs, removeJob } from './support/queue'
import { graderThatFinds, verdict } from './support/verdicts'

const test = useDatabase()
useContent()
beforeEach(async () => {
  await emptyQueue()
  await test.db.user.deleteMany({})
  await test.db.auditEntry.deleteMany({})
})

/** Every row of every table that is ours, as text, by table. */
async function everything(): Promise<Record<string, string>> {
  const tables = await test.db.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like '\_prisma%' order by 1`
  const texts = await Promise.all(tables.map(async ({ name }) => {
    const [row] = await test.db.$queryRawUnsafe<{ text: string | null }[]>(`select string_agg(t::text, e'\n' order by t::text) as text from "${name}" t`)
    return [name, row?.text ?? ''] as const
  }))
  return Object.fromEntries(texts)
}

/** Somebody with rows wherever a person can have them. */
async function busyPerson(name: string) {
  const person = await newLearner(`${name}@example.org`)
  await linkIdentity(test.db, person.id, { provider: 'oidc', providerAccountId: `${name}-there` })
  await saveDraft(person.id, EXERCISE, { source: `draft of ${name}`, ownTests: '' })
  await countEvent(`submit:user:${person.id}`, 10, 60)
  const { id } = await submit(person.id, { exercise: EXERCISE, source: `code of ${name}` })
  await gradeSubmission(graderThatFinds(), id)
  await removeJob(id)
  await submit(person.id, { exercise: EXERCISE, source: `waiting code of ${name}` })
  const regrade = await test.db.regrade.create({
    data: { exercise: EXERCISE, versionHash: (await verdict()).exerciseVersion, startedBy: person.id },
  })
  await test.db.regradeResult.create({ data: { regradeId: regrade.id, submissionId: id } })
  await writeAudit(test.db, { actorId: person.id, action: 'regrade.started', subject: regrade.id, detail: {} })
  const { id: classId } = await createClass(await newLearner(), { name: 'Back ends', term: '', timeZone: 'UTC', graceDays: 0 })
  await addMember(test.db, { classId, userId: person.id, role: 'student', name: `${name} of the roster` })
  return person
}

const confirm = (name: string) => ({ email: `${name}@example.org`, password: PASSWORD })

describe('deleting an account', () => {
  it('removes every trace of the person, and nothing of anybody else', async () => {
    const ada = await busyPerson('ada')
    await busyPerson('ben')
    const before = await everything()
    // The test itself must look where something is.
    for (const table of ['users', 'accounts', 'drafts', 'submissions', 'progress', 'regrades', 'audit_log', 'rate_limits', 'class_members']) {
      expect(before[table], table).toContain(ada.id)
    }
    const counts = await test.db.verdict.count()
    await deleteAccount(ada.id, confirm('ada'))
    const after = await everything()
    for (const [table, text] of Object.entries(after)) {
      for (const trace of [ada.id, 'ada@', 'ada-there', 'of ada', 'ada of']) expect(text, `${trace} in ${table}`).not.toContain(trace)
    }
    expect(await test.db.verdict.count()).toBe(counts - 1)
    const others = (texts: Record<string, string>) => Object.values(texts).flatMap((text) => text.split('\n'))
      .filter((row) => /of ben|ben@|ben-there/.test(row))
    expect(others(after)).toEqual(others(before))
    expect(others(after).length).toBeGreaterThan(4)
  })

  it('keeps in the log what was done, under nobody\'s name', async () => {
    const ada = await busyPerson('ada')
    await deleteAccount(ada.id, confirm('ada'))
    expect(await test.db.auditEntry.findMany({ where: { action: 'regrade.started' } })).toMatchObject([{ actorId: null }])
  })

  it('leaves a submission that is being graded without a verdict, and the grader unharmed', async () => {
    const ada = await newLearner('ada@example.org')
    const { id } = await submit(ada.id, { exercise: EXERCISE, source: 'x' })
    const grader = { grade: async () => (await deleteAccount(ada.id, confirm('ada')), verdict()) }
    expect(await gradeSubmission(grader, id)).toBeNull()
    expect(await test.db.verdict.count({ where: { submissionId: id } })).toBe(0)
    expect(await gradeSubmission(graderThatFinds(), id)).toBeNull()
    expect(await listJobs()).toEqual([id])
  })

  it.each([
    ['another address', { email: 'ben@example.org', password: PASSWORD }],
    ['a wrong password', { email: 'ada@example.org', password: 'something else' }],
    ['no password', { email: 'ada@example.org' }],
  ])('with %s is refused, and nothing happens', async (_, body) => {
    const ada = await newLearner('ada@example.org')
    await expect(deleteAccount(ada.id, body)).rejects.toMatchObject({ code: 'wrong-credentials' })
    expect(await verifyPassword({ email: 'ada@example.org', password: PASSWORD })).toMatchObject({ id: ada.id })
  })

  it('of a provider needs the address alone', async () => {
    const ada = await newLearner('ada@example.org')
    await test.db.user.update({ where: { id: ada.id }, data: { passwordHash: null } })
    await deleteAccount(ada.id, { email: 'ada@example.org' })
    expect(await test.db.user.count()).toBe(0)
  })

  it('is refused to the only admin, also when two leave at the same moment', async () => {
    const [ada, ben] = [await newLearner('ada@example.org'), await newLearner('ben@example.org')]
    await setRole(ada.id, 'admin')
    await expect(deleteAccount(ada.id, confirm('ada'))).rejects.toMatchObject({ code: 'last-admin' })
    await setRole(ben.id, 'admin')
    // Without passwords, whose checking would keep the two apart.
    await test.db.user.updateMany({ data: { passwordHash: null } })
    const left = await Promise.allSettled([ada, ben].map(({ id, email }) => deleteAccount(id, { email })))
    expect(left.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})
