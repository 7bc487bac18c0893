import { describe, expect, it } from 'vitest'
import { addMember } from '@/lib/db/class-members'
import { listClasses } from '@/lib/learn/classes/classes'
import { invite } from '@/lib/learn/classes/invitations'
import { joinByCode, previewJoin } from '@/lib/learn/classes/join'
import { getJoin } from '@/lib/learn/classes/join-settings'
import { listPeople, setRemoved } from '@/lib/learn/classes/people'
import { importRoster, previewRoster } from '@/lib/learn/classes/roster'
import { createSection } from '@/lib/learn/classes/sections'
import { deleteAccount } from '@/lib/learn/own-account'
import { useDatabase } from '../support/database'
import { logOf, newClass, newMember, somebody, type Somebody } from './support/classes'
import { PASSWORD } from './support/people'

const test = useDatabase()

const place = { name: null, role: 'student' as const, externalId: null, sectionId: null }

async function openClass() {
  const made = await newClass()
  return { ...made, code: (await getJoin(made.instructor, made.id)).code }
}

const leave = (person: Somebody) => deleteAccount(person.id, { email: person.email, password: PASSWORD })

/** The account is deleted, and somebody makes another one with its address. */
async function comeBack(person: Somebody) {
  await leave(person)
  return somebody(person.email)
}

/** A class and somebody who was removed from it, deleted the account and made another one. */
async function removedAndBack() {
  const made = await openClass()
  const person = await newMember(made.id)
  await setRemoved(made.instructor, made.id, person.id, true)
  return { ...made, person: await comeBack(person) }
}

describe('an account that is deleted', () => {
  it('leaves in its class what the class knew of it, and nothing of the person', async () => {
    const { id, instructor } = await openClass()
    const section = await createSection(instructor, id, 'A')
    const person = await somebody()
    await addMember(test.db, { classId: id, userId: person.id, role: 'student', externalId: 's-1', sectionId: section.id })
    await leave(person)
    const { members, departures } = await listPeople(instructor, id)
    expect(members.map(({ userId }) => userId)).toEqual([instructor.id])
    expect(departures).toMatchObject([{ role: 'student', externalId: 's-1', sectionId: section.id, removed: false }])
    expect((await logOf(id)).at(-1)).toEqual({
      action: 'class.member-deleted-account', actorId: null,
      detail: { role: 'student', externalId: 's-1', section: section.id, removed: false },
    })
    const rows = JSON.stringify(await test.db.classDeparture.findMany({ where: { classId: id } }))
    expect(rows).not.toContain(person.email)
    expect(rows).not.toContain(person.id)
  })

  it('may come back under its address, and staff sees that it was there before', async () => {
    const { id, instructor, code } = await openClass()
    const first = await somebody()
    await addMember(test.db, { classId: id, userId: first.id, role: 'student', externalId: 's-1' })
    const again = await comeBack(first)
    await joinByCode(again, code)
    const { members, departures } = await listPeople(instructor, id)
    expect(departures).toEqual([])
    expect(members.find(({ userId }) => userId === again.id)).toMatchObject({
      externalId: null, before: { leftAt: expect.any(String), externalId: 's-1' },
    })
    expect(members.find(({ userId }) => userId === instructor.id)).toMatchObject({ before: null })
  })

  it('is known again in its own class alone', async () => {
    const [one, other] = [await openClass(), await openClass()]
    const person = await newMember(one.id)
    await addMember(test.db, { classId: other.id, userId: person.id, role: 'student' })
    await setRemoved(one.instructor, one.id, person.id, true)
    const again = await comeBack(person)
    await expect(joinByCode(again, one.code)).rejects.toMatchObject({ code: 'removed-from-class' })
    await joinByCode(again, other.code)
    const hashes = await test.db.classDeparture.findMany({ where: { classId: { in: [one.id, other.id] } } })
    expect(new Set(hashes.map(({ addressHash }) => addressHash)).size).toBe(2)
  })
})

describe('somebody who was removed and deletes the account', () => {
  it('is not let in by the code under the same address', async () => {
    const { id, code, person } = await removedAndBack()
    expect(await previewJoin(person, code)).toMatchObject({ standing: 'removed' })
    await expect(joinByCode(person, code)).rejects.toMatchObject({ code: 'removed-from-class' })
    expect(await listClasses(person)).toEqual([])
    expect(await test.db.classMember.count({ where: { classId: id } })).toBe(1)
  })

  it('stays out however often the account is deleted and made', async () => {
    const { code, person } = await removedAndBack()
    const again = await comeBack(await comeBack(person))
    await expect(joinByCode(again, code)).rejects.toMatchObject({ code: 'removed-from-class' })
  })

  it('is on no roster until staff lets them in again', async () => {
    const { id, instructor, person } = await removedAndBack()
    const csv = `fresh@example.org\n${person.email}`
    expect((await previewRoster(instructor, id, csv)).problems).toMatchObject([
      { line: 2, rule: 'was-removed-and-left', column: 'email', value: person.email },
    ])
    await expect(importRoster(instructor, id, csv)).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('is let in again by an instructor who keeps a place and means it', async () => {
    const { id, instructor, code, person } = await removedAndBack()
    await expect(invite(instructor, id, { ...place, email: person.email })).rejects.toMatchObject({
      code: 'conflict', details: { issues: [{ rule: 'was-removed-and-left' }] },
    })
    expect(await test.db.classInvitation.count({ where: { classId: id } })).toBe(0)
    await invite(instructor, id, { ...place, email: person.email, readmit: true })
    expect(await joinByCode(person, code)).toMatchObject({ standing: 'member' })
    const { members } = await listPeople(instructor, id)
    expect(members.find(({ userId }) => userId === person.id)).toMatchObject({ before: { externalId: null } })
  })

  it('loses the removal for good once it was forgiven, but can be removed anew', async () => {
    const { id, instructor, code, person } = await removedAndBack()
    await invite(instructor, id, { ...place, email: person.email, readmit: true })
    await joinByCode(person, code)
    const again = await comeBack(person)
    await joinByCode(again, code)
    await setRemoved(instructor, id, again.id, true)
    await expect(joinByCode(await comeBack(again), code)).rejects.toMatchObject({ code: 'removed-from-class' })
  })

  it('is out also when staff removes them at the moment when they delete the account', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, instructor, code } = await openClass()
      const person = await newMember(id)
      // Without a password, whose checking would keep the two apart.
      await test.db.user.update({ where: { id: person.id }, data: { passwordHash: null } })
      const [removal, departure] = await Promise.allSettled([
        setRemoved(instructor, id, person.id, true), deleteAccount(person.id, { email: person.email }),
      ])
      expect(departure.status).toBe('fulfilled')
      const again = joinByCode(await somebody(person.email), code)
      if (removal.status === 'fulfilled') await expect(again).rejects.toMatchObject({ code: 'removed-from-class' })
      else {
        expect(removal.reason).toMatchObject({ code: 'not-found' })
        await again
      }
    }
  })
})
