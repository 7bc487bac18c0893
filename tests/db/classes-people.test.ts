import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addMember } from '@/lib/db/class-members'
import { ClassBody } from '@/lib/contract/class'
import { createClass, getClass, listClasses, listOtherClasses } from '@/lib/learn/classes/classes'
import { grantException } from '@/lib/learn/classes/exceptions'
import { invite, withdrawInvitation } from '@/lib/learn/classes/invitations'
import { assignSection, changeMember, listPeople, setRemoved } from '@/lib/learn/classes/people'
import { createSection, deleteSection, renameSection } from '@/lib/learn/classes/sections'
import { archiveClass, changeSettings } from '@/lib/learn/classes/settings'
import { deleteAccount } from '@/lib/learn/own-account'
import { useDatabase } from '../support/database'
import { logOf, newClass, newMember, siteAdmin, somebody, type Somebody } from './support/classes'
import { PASSWORD } from './support/people'

const test = useDatabase()

const NO_DATES = { dueAt: null, closesAt: null, attemptLimit: null }
const SETTINGS = { name: 'Back ends', term: '', timeZone: 'UTC', graceDays: 0 }
const place = (email: string, more = {}) => ({ email, name: null, role: 'student' as const, externalId: null, sectionId: null, ...more })
const person = async (viewer: Somebody, classId: string, { id }: Somebody) =>
  (await listPeople(viewer, classId)).members.find(({ userId }) => userId === id)

describe('a class', () => {
  it('has its maker as the first instructor, and is listed for those who are in it', async () => {
    const { id, instructor, view } = await newClass()
    expect(view).toMatchObject({ name: 'Back ends', role: 'instructor', archivedAt: null })
    const student = await newMember(id)
    expect(await listClasses(instructor)).toMatchObject([{ id, role: 'instructor', students: 1, instructors: ['Ada'] }])
    expect(await listClasses(student)).toMatchObject([{ id, role: 'student', students: null }])
    expect(await listClasses(await somebody())).toEqual([])
    expect(await logOf(id)).toMatchObject([{ action: 'class.created', actorId: instructor.id }])
  })

  it('does not exist for anybody else, and a removed student is anybody else', async () => {
    const { id, instructor } = await newClass()
    const student = await newMember(id)
    await setRemoved(instructor, id, student.id, true)
    for (const viewer of [await somebody(), student]) {
      await expect(getClass(viewer, id)).rejects.toMatchObject({ code: 'not-found' })
      expect(await listClasses(viewer)).toEqual([])
    }
    await expect(getClass(instructor, 'no-id')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is open to site admins as to its instructors', async () => {
    const { id } = await newClass()
    const admin = await siteAdmin()
    expect(await getClass(admin, id)).toMatchObject({ role: 'instructor' })
    expect((await listOtherClasses(admin)).map((each) => each.id)).toContain(id)
    expect(await listOtherClasses(await somebody())).toEqual([])
  })

  it('has settings, whose changes are written down', async () => {
    const { id, instructor } = await newClass()
    const next = { ...SETTINGS, name: 'Servers', timeZone: 'Asia/Shanghai', graceDays: 5 }
    expect(await changeSettings(instructor, id, next)).toMatchObject(next)
    expect((await logOf(id)).at(-1)).toMatchObject({
      action: 'class.settings-changed',
      detail: { name: { from: 'Back ends', to: 'Servers' }, graceDays: { from: 0, to: 5 } },
    })
    await changeSettings(instructor, id, next)
    expect(await logOf(id)).toHaveLength(2)
  })

  it.each(['+08:00', 'Mars/Olympus', ''])('is in no time zone called "%s"', (timeZone) => {
    expect(ClassBody.safeParse({ ...SETTINGS, timeZone }).success).toBe(false)
    expect(ClassBody.safeParse({ ...SETTINGS, timeZone: 'America/New_York' }).success).toBe(true)
  })

  it('can only be read while it is archived, until it is brought back', async () => {
    const { id, instructor } = await newClass()
    const student = await newMember(id)
    await archiveClass(instructor, id, true)
    expect((await getClass(student, id)).archivedAt).not.toBeNull()
    expect((await listPeople(instructor, id)).members).toHaveLength(2)
    const archived = { code: 'class-archived' }
    await expect(changeSettings(instructor, id, SETTINGS)).rejects.toMatchObject(archived)
    await expect(setRemoved(instructor, id, student.id, true)).rejects.toMatchObject(archived)
    await expect(createSection(instructor, id, 'A')).rejects.toMatchObject(archived)
    await archiveClass(instructor, id, false)
    await createSection(instructor, id, 'A')
    expect((await logOf(id)).map(({ action }) => action)).toEqual([
      'class.created', 'class.archived', 'class.brought-back', 'class.section-created',
    ])
  })
})

describe('people of a class', () => {
  it('are seen by staff, changed by instructors, and hidden from students', async () => {
    const { id, instructor } = await newClass()
    const [student, assistant] = [await newMember(id), await newMember(id, 'assistant')]
    expect((await listPeople(assistant, id)).members).toHaveLength(3)
    await expect(listPeople(student, id)).rejects.toMatchObject({ code: 'forbidden' })
    for (const viewer of [student, assistant]) {
      await expect(changeMember(viewer, id, student.id, { role: 'instructor' })).rejects.toMatchObject({ code: 'forbidden' })
      await expect(setRemoved(viewer, id, instructor.id, true)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(createSection(viewer, id, 'A')).rejects.toMatchObject({ code: 'forbidden' })
      await expect(invite(viewer, id, place('a@example.org'))).rejects.toMatchObject({ code: 'forbidden' })
      await expect(archiveClass(viewer, id, true)).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  it('become staff, which has no section', async () => {
    const { id, instructor } = await newClass()
    const student = await newMember(id)
    const section = await createSection(instructor, id, 'A')
    await changeMember(instructor, id, student.id, { sectionId: section.id, name: 'Ada L.', externalId: '7' })
    expect(await person(instructor, id, student)).toMatchObject({ sectionId: section.id, name: 'Ada L.', externalId: '7' })
    await changeMember(instructor, id, student.id, { role: 'assistant' })
    expect(await person(instructor, id, student)).toMatchObject({ role: 'assistant', sectionId: null, externalId: '7' })
    expect((await logOf(id)).at(-1)).toMatchObject({
      action: 'class.member-changed', detail: { user: student.id, from: 'student', to: 'assistant' },
    })
    await changeMember(instructor, id, student.id, { name: null, externalId: null })
    expect(await person(instructor, id, student)).toMatchObject({ name: 'Ada', accountName: null, externalId: null })
  })

  it('never share an external id, not even with a place that is kept', async () => {
    const { id, instructor } = await newClass()
    const [ada, ben] = [await newMember(id), await newMember(id)]
    await changeMember(instructor, id, ada.id, { externalId: '1' })
    await invite(instructor, id, place('c@example.org', { externalId: '2' }))
    for (const externalId of ['1', '2']) {
      await expect(changeMember(instructor, id, ben.id, { externalId })).rejects.toMatchObject({ code: 'conflict' })
      await expect(invite(instructor, id, place('d@example.org', { externalId }))).rejects.toMatchObject({ code: 'conflict' })
    }
    await changeMember(instructor, id, ada.id, { externalId: '1', name: 'Ada L.' })
  })

  it('are never without an instructor', async () => {
    const { id, instructor } = await newClass()
    const last = { code: 'last-instructor' }
    await expect(changeMember(instructor, id, instructor.id, { role: 'assistant' })).rejects.toMatchObject(last)
    await expect(setRemoved(instructor, id, instructor.id, true)).rejects.toMatchObject(last)
    const gone = await newMember(id, 'instructor')
    await setRemoved(instructor, id, gone.id, true)
    await expect(setRemoved(instructor, id, instructor.id, true)).rejects.toMatchObject(last)
    await setRemoved(instructor, id, gone.id, false)
    await setRemoved(instructor, id, instructor.id, true)
    expect((await getClass(gone, id)).role).toBe('instructor')
  })

  it('are never without an instructor when all of them leave at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, instructor } = await newClass()
      const leaders = [instructor, await newMember(id, 'instructor'), await newMember(id, 'instructor')]
      const left = await Promise.allSettled(leaders.map((leader, index) => (index % 2 === 0
        ? setRemoved(leader, id, leader.id, true)
        : changeMember(leader, id, leader.id, { role: 'student' }))))
      const refused = left.filter((each) => each.status === 'rejected')
      expect(refused).toMatchObject([{ reason: { code: 'last-instructor' } }])
      expect(await test.db.classMember.count({ where: { classId: id, role: 'instructor', removedAt: null } })).toBe(1)
    }
  })

  it('are not left to an instructor whose account is suspended', async () => {
    const { id, instructor } = await newClass()
    const other = await newMember(id, 'instructor')
    await test.db.user.update({ where: { id: other.id }, data: { suspendedAt: new Date() } })
    const last = { code: 'last-instructor' }
    await expect(setRemoved(instructor, id, instructor.id, true)).rejects.toMatchObject(last)
    await expect(changeMember(instructor, id, instructor.id, { role: 'student' })).rejects.toMatchObject(last)
    await expect(deleteAccount(instructor.id, { email: instructor.email, password: PASSWORD })).rejects.toMatchObject({
      ...last, message: expect.stringContaining('"Back ends"'), details: { issues: [{ message: 'Back ends' }] },
    })
  })

  it('are not left alone by the account of their only instructor, unless the class is archived', async () => {
    const { id, instructor } = await newClass()
    const confirm = { email: instructor.email, password: PASSWORD }
    await expect(deleteAccount(instructor.id, confirm)).rejects.toMatchObject({ code: 'last-instructor' })
    await archiveClass(instructor, id, true)
    await deleteAccount(instructor.id, confirm)
    expect(await test.db.classMember.count({ where: { classId: id } })).toBe(0)

    const shared = await newClass()
    await newMember(shared.id, 'instructor')
    await deleteAccount(shared.instructor.id, { email: shared.instructor.email, password: PASSWORD })
  })

  it('of another class are out of reach', async () => {
    const { id, instructor } = await newClass()
    const other = await newClass()
    const [stranger, section] = [await newMember(other.id), await createSection(other.instructor, other.id, 'A')]
    const awaited = await invite(other.instructor, other.id, place('x@example.org'))
    const mine = await newMember(id)
    const missing = { code: 'not-found' }
    await expect(changeMember(instructor, id, stranger.id, { role: 'instructor' })).rejects.toMatchObject(missing)
    await expect(setRemoved(instructor, id, stranger.id, true)).rejects.toMatchObject(missing)
    await expect(changeMember(instructor, id, mine.id, { sectionId: section.id })).rejects.toMatchObject(missing)
    await expect(assignSection(instructor, id, { userIds: [mine.id], sectionId: section.id })).rejects.toMatchObject(missing)
    await expect(renameSection(instructor, id, section.id, 'B')).rejects.toMatchObject(missing)
    await expect(deleteSection(instructor, id, section.id)).rejects.toMatchObject(missing)
    await expect(withdrawInvitation(instructor, id, awaited.id)).rejects.toMatchObject(missing)
    expect(await assignSection(instructor, id, { userIds: [stranger.id], sectionId: null })).toEqual({ assigned: 0 })
  })
})

describe('sections', () => {
  it('are made, renamed, filled and deleted, and leave their students in the class', async () => {
    const { id, instructor } = await newClass()
    const [ada, ben, helper] = [await newMember(id), await newMember(id), await newMember(id, 'assistant')]
    const { id: section } = await createSection(instructor, id, 'Group A')
    await renameSection(instructor, id, section, 'group a')
    expect(await assignSection(instructor, id, { userIds: [ada.id, ben.id, helper.id], sectionId: section })).toEqual({ assigned: 2 })
    expect((await listPeople(instructor, id)).sections).toEqual([{ id: section, name: 'group a', students: 2 }])
    await setRemoved(instructor, id, ben.id, true)
    expect((await listPeople(instructor, id)).sections).toMatchObject([{ students: 1 }])
    await deleteSection(instructor, id, section)
    expect(await person(instructor, id, ada)).toMatchObject({ sectionId: null, removedAt: null })
    expect((await logOf(id)).map(({ action }) => action)).toEqual([
      'class.created', 'class.section-created', 'class.section-renamed', 'class.section-assigned', 'class.member-removed',
      'class.section-deleted',
    ])
  })

  it('have different names, in whatever capitals', async () => {
    const { id, instructor } = await newClass()
    await createSection(instructor, id, 'A_1')
    const { id: b } = await createSection(instructor, id, 'AB1')
    await expect(createSection(instructor, id, 'a_1')).rejects.toMatchObject({ code: 'conflict' })
    await expect(renameSection(instructor, id, b, 'A_1')).rejects.toMatchObject({ code: 'conflict' })
    const other = await newClass()
    await createSection(other.instructor, other.id, 'A_1')
  })

  it('have different names, in whatever width of letters', async () => {
    const { id, instructor } = await newClass()
    await createSection(instructor, id, 'A1')
    await expect(createSection(instructor, id, '\uff21\uff11')).rejects.toMatchObject({ code: 'conflict' })
  })

  it('are either granted an exception or deleted when both happen at the same moment, never half of each', async () => {
    const { id, instructor } = await newClass()
    const at = new Date()
    const { id: set } = await test.db.problemSet.create({
      data: { classId: id, title: 'One', opensAt: at, dueAt: at, closesAt: at, latePolicy: { kind: 'none' } },
    })
    for (let round = 0; round < 12; round++) {
      const { id: section } = await createSection(instructor, id, `${round}`)
      const exemption = { for: { kind: 'section' as const, id: section }, ...NO_DATES, exempt: true, reason: '' }
      const both = [() => grantException(instructor, id, set, exemption), () => deleteSection(instructor, id, section)]
      const [one, other] = await Promise.allSettled((round % 2 ? both : both.reverse()).map((act) => act()))
      const refused = [one, other].filter((each) => each?.status === 'rejected')
      expect(refused).toHaveLength(1)
      for (const each of refused) expect(['not-found', 'conflict']).toContain((each as PromiseRejectedResult).reason.code)
    }
  })

  it('are not deleted while problem sets have exceptions for them', async () => {
    const { id, instructor } = await newClass()
    const { id: section } = await createSection(instructor, id, 'A')
    const at = new Date()
    await test.db.problemSet.create({
      data: {
        classId: id, title: 'One', opensAt: at, dueAt: at, closesAt: at, latePolicy: { kind: 'none' },
        exceptions: { create: { sectionId: section, exempt: true } },
      },
    })
    await expect(deleteSection(instructor, id, section)).rejects.toMatchObject({ details: { issues: [{ rule: 'has-exceptions' }] } })
  })
})

describe('an invitation', () => {
  it('is listed, withdrawn, and made once for an address', async () => {
    const { id, instructor } = await newClass()
    const email = `${randomUUID()}@example.org`
    const { id: invitation } = await invite(instructor, id, place(email))
    expect((await listPeople(instructor, id)).invitations).toMatchObject([{ id: invitation, email, role: 'student' }])
    await expect(invite(instructor, id, place(email))).rejects.toMatchObject({ details: { issues: [{ rule: 'awaited' }] } })
    await withdrawInvitation(instructor, id, invitation)
    expect((await listPeople(instructor, id)).invitations).toEqual([])
    await expect(withdrawInvitation(instructor, id, invitation)).rejects.toMatchObject({ code: 'not-found' })
    expect(JSON.stringify(await logOf(id))).not.toContain(email)
  })

  it('is for nobody who is in the class, or was removed', async () => {
    const { id, instructor } = await newClass()
    const member = await newMember(id)
    const refusal = (rule: string) => ({ code: 'conflict', details: { issues: [{ rule }] } })
    await expect(invite(instructor, id, place(member.email))).rejects.toMatchObject(refusal('in-class'))
    await setRemoved(instructor, id, member.id, true)
    await expect(invite(instructor, id, place(member.email))).rejects.toMatchObject(refusal('was-removed'))
  })
})

describe('a filter of classes never vanishes', () => {
  const missing = undefined as unknown as string
  it.each([
    ['listPeople', (viewer: Somebody) => listPeople(viewer, missing)],
    ['changeSettings', (viewer: Somebody) => changeSettings(viewer, missing, SETTINGS)],
  ])('%s without a class finds nothing', async (_, call) => {
    await expect(call(await siteAdmin())).rejects.toMatchObject({ code: 'not-found' })
  })

  it('makes nobody a member without an id', async () => {
    await expect((async () => addMember(test.db, { classId: missing, userId: missing, role: 'student' }))()).rejects.toThrow()
    await expect(createClass({ id: missing }, SETTINGS)).rejects.toThrow()
  })
})
