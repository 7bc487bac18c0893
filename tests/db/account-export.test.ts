import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { linkIdentity } from '@/lib/db/accounts'
import { writeAudit } from '@/lib/db/audit'
import { exportAccount } from '@/lib/learn/account-export'
import { saveDraft } from '@/lib/learn/drafts'
import { followCatalogue } from '@/lib/learn/leaderboards/follow-catalogue'
import { deleteAccount } from '@/lib/learn/own-account'
import { saveProfile } from '@/lib/learn/profile'
import { shareSolution } from '@/lib/learn/solutions/sharing'
import { submit } from '@/lib/learn/submit'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { addMember, newCourse, newPerson, newSection, newSet, type Person } from './support/course'
import { PASSWORD } from './support/people'
import { emptyQueue, gradeNext } from './support/queue'
import { graderThatFinds, verdict } from './support/verdicts'

const test = useDatabase()
useContent()
beforeEach(async () => {
  await emptyQueue()
  await test.db.user.deleteMany({})
  await followCatalogue()
})

type Json = { [key: string]: Json } & Json[]

/** Where the file has what each column refers to that leads to a user, or to one of a user's submissions. */
const EXPORTED: Record<string, (file: Json) => unknown> = {
  'accounts.user_id': ({ signIns }) => signIns,
  'active_days.user_id': ({ activeDays }) => activeDays,
  'audit_log.actor_id': ({ asAdmin }) => asAdmin?.log,
  'board_entries.user_id': ({ leaderboards }) => leaderboards?.places,
  'class_invitations.invited_by': ({ asStaff }) => asStaff?.invitations,
  'class_members.user_id': ({ classes }) => classes?.memberships,
  'comments.author_id': ({ asStaff }) => asStaff?.comments,
  'comments.submission_id': ({ submissions }) => submissions?.flatMap(({ comments }) => comments ?? []),
  'drafts.user_id': ({ drafts }) => drafts,
  'mark_overrides.given_by': ({ asStaff }) => asStaff?.marksGiven,
  'mark_overrides.user_id': ({ classes }) => classes?.marksChangedByHand,
  'progress.best_submission_id': ({ progress }) => progress,
  'progress.user_id': ({ progress }) => progress,
  'regrade_results.submission_id': ({ submissions }) => submissions?.flatMap(({ regrades }) => regrades ?? []),
  'regrades.started_by': ({ asAdmin }) => asAdmin?.regrades,
  'score_gains.user_id': ({ leaderboards }) => leaderboards?.gains,
  'set_exceptions.user_id': ({ classes }) => classes?.exceptions,
  'shared_solutions.submission_id': ({ solutions }) => solutions?.shared,
  'shared_solutions.user_id': ({ solutions }) => solutions?.shared,
  'solution_votes.user_id': ({ solutions }) => solutions?.votes,
  'submissions.user_id': ({ submissions }) => submissions,
  'verdicts.submission_id': ({ submissions }) => submissions?.flatMap(({ verdict }) => verdict ?? []),
}

/** What stays when an account is deleted, with nobody's name on it, and why. */
const STAYS: Record<string, string> = {
  'audit_log.actor_id': 'the log says what was done to the site and its classes',
  'class_invitations.invited_by': 'the place is kept for somebody else',
  'comments.author_id': 'it was said to a student, who keeps it',
  'mark_overrides.given_by': 'it is the mark of a student',
  'progress.best_submission_id': 'the row belongs to the user, and goes with them',
  'regrades.started_by': 'it is about submissions of others',
}

/** Columns that name a user without referring to one. */
const WITHOUT_REFERENCE: string[] = []

interface Reference { name: string; rule: string }

/** Every column that refers to a user or to a submission, with what happens to its row when that is deleted. */
function listReferences(): Promise<Reference[]> {
  return test.db.$queryRaw<Reference[]>`
    select c.table_name || '.' || c.column_name as name, r.delete_rule as rule
    from information_schema.referential_constraints r
    join information_schema.key_column_usage c using (constraint_schema, constraint_name)
    join information_schema.constraint_column_usage t
      on t.constraint_schema = r.unique_constraint_schema and t.constraint_name = r.unique_constraint_name
    where c.table_schema = 'public' and t.table_name in ('users', 'submissions') order by 1`
}

async function fileOf(userId: string): Promise<{ text: string; file: Json }> {
  let text = ''
  for await (const chunk of (await exportAccount(userId)).chunks) text += chunk
  return { text, file: JSON.parse(text) as Json }
}

/** Somebody who has a row wherever a person can have one: a student, who is staff elsewhere, and an admin. */
async function busyPerson(): Promise<{ ada: Person; ben: Person; cleo: Person }> {
  const [ada, ben] = [await newPerson('ada@example.org'), await newPerson('ben@example.org')]
  const course = await newCourse()
  const cleo = course.instructor
  await test.db.user.update({ where: { id: ben.id }, data: { name: 'Benjamin' } })
  await test.db.user.update({ where: { id: cleo.id }, data: { name: 'Cleopatra' } })
  await saveProfile(ada.id, { handle: 'ada', public: true })
  await linkIdentity(test.db, ada.id, { provider: 'oidc', providerAccountId: 'ada-there' })
  await saveDraft(ada.id, EXERCISE, { source: 'a draft of hers', ownTests: 'a test of hers' })
  await addMember(course.id, ada.id, 'student', { name: 'Lovelace, Ada', sectionId: await newSection(course.id, 'Monday') })
  const setId = await newSet(course)
  await test.db.setException.create({ data: { setId, userId: ada.id, exempt: true, reason: 'was ill' } })

  const own = await graded(ada.id, 'her code')
  await test.db.comment.create({
    data: { classId: course.id, submissionId: own, authorId: cleo.id, body: 'well done', line: 1 },
  })
  const regrade = await test.db.regrade.create({
    data: { exercise: EXERCISE, versionHash: (await verdict()).exerciseVersion, startedBy: ada.id, appliedAt: new Date() },
  })
  const again = await verdict({ score: 4 })
  await test.db.regradeResult.create({
    data: {
      regradeId: regrade.id, submissionId: own, verdict: 'failed', score: 4, maxScore: 10, gradedAt: new Date(), detail: again,
    },
  })
  const { id: itemId } = await test.db.problemSetItem.findFirstOrThrow({ where: { setId } })
  await test.db.markOverride.create({
    data: { itemId, userId: ada.id, givenBy: cleo.id, mark: 900, reason: 'spoke for it' },
  })

  const taught = await newCourse()
  await addMember(taught.id, ada.id, 'assistant')
  const taughtSet = await newSet(taught)
  const other = await graded(ben.id, 'his code')
  await shareSolution(ada.id, EXERCISE, { submission: own, signed: true })
  const { program } = await shareSolution(ben.id, EXERCISE, { submission: other, signed: false })
  await test.db.solutionVote.create({ data: { userId: ada.id, exercise: EXERCISE, programHash: program } })
  await test.db.comment.create({
    data: { classId: taught.id, submissionId: other, authorId: ada.id, body: 'what she said' },
  })
  const taughtItem = await test.db.problemSetItem.findFirstOrThrow({ where: { setId: taughtSet } })
  await test.db.markOverride.create({
    data: { itemId: taughtItem.id, userId: ben.id, givenBy: ada.id, mark: 100, reason: 'her reason' },
  })
  await test.db.classInvitation.create({ data: { classId: taught.id, email: 'dora@example.org', invitedBy: ada.id } })
  await writeAudit(test.db, { actorId: ada.id, action: 'regrade.started', subject: randomUUID(), detail: { name: 'Benjamin' } })
  return { ada, ben, cleo }
}

async function graded(userId: string, source: string): Promise<string> {
  const { id } = await submit(userId, { exercise: EXERCISE, source })
  await gradeNext(graderThatFinds())
  return id
}

describe('the tables of a person', () => {
  it('are all in the export, and all looked at when an account is deleted', async () => {
    const references = await listReferences()
    expect(references.map(({ name }) => name)).toEqual(Object.keys(EXPORTED).toSorted())
    expect(references.filter(({ rule }) => rule !== 'CASCADE').map(({ name }) => name)).toEqual(Object.keys(STAYS))
  })

  it('have no column that names a user without saying so to the database', async () => {
    const columns = await test.db.$queryRaw<{ name: string }[]>`
      select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and (data_type = 'uuid' or column_name like '%user%')
        and column_name ~ '(user|actor|author|owner|person|learner|student|member|_by$)' order by 1`
    const known = (await listReferences()).map(({ name }) => name)
    expect(columns.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual(WITHOUT_REFERENCE)
  })
})

describe('the export of an account', () => {
  it('holds something for every column that refers to the person', async () => {
    const { ada } = await busyPerson()
    const { file } = await fileOf(ada.id)
    for (const [name, find] of Object.entries(EXPORTED)) expect((find(file) as unknown[]).length, name).toBeGreaterThan(0)
    expect(file).toMatchObject({
      format: 1, complete: true,
      account: { id: ada.id, email: 'ada@example.org', name: 'Ada', handle: 'ada', profilePublic: true },
    })
  })

  it('holds what the person wrote, and what others wrote about them', async () => {
    const { text } = await fileOf((await busyPerson()).ada.id)
    for (const words of [
      'ada-there', 'a draft of hers', 'a test of hers', 'her code', 'Lovelace, Ada', 'Monday', 'was ill', 'well done',
      'spoke for it', 'what she said', 'her reason', 'Back ends', 'Week 1',
    ]) expect(text, words).toContain(words)
  })

  it('holds what admins decided about the account, with their reasons and without their names', async () => {
    const { ada, cleo } = await busyPerson()
    await writeAudit(test.db, { actorId: cleo.id, action: 'person.barred', subject: ada.id, detail: { reason: 'two accounts' } })
    const { text, file } = await fileOf(ada.id)
    expect(file.decisions).toEqual([{ at: expect.any(String), action: 'person.barred', reason: 'two accounts' }])
    for (const secret of [cleo.id, 'Cleopatra']) expect(text).not.toContain(secret)
    expect((await fileOf(cleo.id)).file.decisions).toEqual([])
  })

  it('holds places that classes keep for the address, if somebody vouches that it is the person\'s', async () => {
    const { id: classId } = await newCourse()
    const place = { classId, email: 'erin@example.org', name: 'Erin on the roster', externalId: 's17' }
    await test.db.classInvitation.create({ data: place })
    const erin = await newPerson(place.email)
    expect((await fileOf(erin.id)).file.classes?.invitations).toEqual([])
    await linkIdentity(test.db, erin.id, { provider: 'oidc', providerAccountId: 'erin-there' })
    expect((await fileOf(erin.id)).file.classes?.invitations).toEqual([{
      class: 'Back ends', term: expect.any(String), role: 'student', name: place.name, externalId: 's17',
      createdAt: expect.any(String),
    }])
  })

  it('says where the person stands on leaderboards, and by which submissions', async () => {
    const { id } = await newPerson()
    const submission = await graded(id, 'her code')
    const { file } = await fileOf(id)
    const { gains, places } = file.leaderboards!
    const { submittedAt } = await test.db.submission.findUniqueOrThrow({ where: { id: submission } })
    const at = submittedAt.toISOString()
    expect(gains).toEqual([{ exercise: EXERCISE, submissionId: submission, at, points: 10 }])
    expect(places).toHaveLength(6)
    expect(places).toContainEqual({
      scope: 'topic', topic: 'sums', class: null, section: null, set: null, span: 'all', starts: null, points: 10,
      reachedAt: at, shown: false,
    })
  })

  it('holds nothing of other people, and no secret', async () => {
    const { ada, ben, cleo } = await busyPerson()
    const { text } = await fileOf(ada.id)
    const { passwordHash } = await test.db.user.findUniqueOrThrow({ where: { id: ada.id } })
    expect(passwordHash).toContain('argon2id')
    for (const secret of [
      ben.id, ben.email, 'Benjamin', 'his code', cleo.id, cleo.email, 'Cleopatra', 'dora@', passwordHash ?? '', 'argon2',
      'misconception', '"seed"', 'durationMs',
    ]) expect(text, secret).not.toContain(secret)
  })

  it('holds every submission once, in order, however many there are', async () => {
    const { id } = await newPerson()
    const sources = Array.from({ length: 45 }, (_, index) => `source ${index}`)
    for (const source of sources) await graded(id, source)
    const { file } = await fileOf(id)
    expect(file.submissions?.map(({ source }) => source)).toEqual(sources)
  })

  it('keeps back what a problem set keeps back', async () => {
    const course = await newCourse()
    const { id } = await newPerson()
    await addMember(course.id, id, 'student')
    await graded(id, 'her code')
    expect((await fileOf(id)).text).toContain('"name":"adds"')
    await newSet(course, { reveal: 'never' })
    const { text, file } = await fileOf(id)
    expect(text).not.toContain('"name":"adds"')
    expect(file.submissions?.[0]?.verdict).toMatchObject({ rulesHidden: { why: 'never' } })
  })

  it('of somebody new is short, and whole', async () => {
    const { file } = await fileOf((await newPerson()).id)
    expect(file).toMatchObject({ signIns: [], submissions: [], drafts: [], complete: true })
  })

  it('is not to be had of an account that is gone', async () => {
    await expect(exportAccount(randomUUID())).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('deleting an account', () => {
  it('leaves no row that refers to the person', async () => {
    const { ada } = await busyPerson()
    const own = await test.db.submission.findMany({ where: { userId: ada.id }, select: { id: true } })
    const ids = [ada.id, ...own.map(({ id }) => id)]
    const rowsLeft = async () => {
      const references = await listReferences()
      return Promise.all(references.map(async ({ name }) => {
        const [table, column] = name.split('.')
        const rows = await test.db.$queryRawUnsafe<unknown[]>(`select 1 from "${table}" where "${column}" = any($1::uuid[])`, ids)
        return rows.length
      }))
    }
    expect(Math.min(...(await rowsLeft()))).toBeGreaterThan(0)
    await deleteAccount(ada.id, { email: ada.email, password: PASSWORD })
    expect(Math.max(...(await rowsLeft()))).toBe(0)
    expect(await test.db.user.count({ where: { id: ada.id } })).toBe(0)
  })
})
