import { describe, expect, it } from 'vitest'
import { linkIdentity } from '@/lib/db/accounts'
import { listClasses } from '@/lib/learn/classes/classes'
import { invite } from '@/lib/learn/classes/invitations'
import { joinByCode, JOIN_LIMIT, previewJoin } from '@/lib/learn/classes/join'
import { newJoinCode } from '@/lib/learn/classes/join-code'
import { changeJoin, getJoin, rotateJoinCode } from '@/lib/learn/classes/join-settings'
import { acceptInvitation, listOwnInvitations } from '@/lib/learn/classes/own-invitations'
import { changeMember, listPeople, setRemoved } from '@/lib/learn/classes/people'
import { createSection } from '@/lib/learn/classes/sections'
import { archiveClass } from '@/lib/learn/classes/settings'
import { useDatabase } from '../support/database'
import { logOf, newClass, newMember, somebody, vouchedFor, type Somebody } from './support/classes'

const test = useDatabase()

const LONG_AGO = '2020-01-01T00:00'

async function openClass() {
  const made = await newClass()
  return { ...made, code: (await getJoin(made.instructor, made.id)).code }
}

const roleIn = async (classId: string, person: Somebody) =>
  (await listClasses(person)).find(({ id }) => id === classId)?.role

describe('a join code', () => {
  it('has twelve characters that nobody takes for others, and is never the same', () => {
    const codes = Array.from({ length: 2000 }, newJoinCode)
    expect(new Set(codes).size).toBe(codes.length)
    const letters = new Set(codes.join(''))
    expect(codes.every((code) => code.length === 12)).toBe(true)
    expect([...letters].sort().join('')).toBe('34679ACDEFGHJKMNPQRTWXY')
  })

  it('makes a student of whoever has it, however it is typed', async () => {
    const { id, code } = await openClass()
    for (const typed of [code, code.toLowerCase(), ` ${code.match(/.{4}/g)?.join('-')} `, code.split('').join(' ')]) {
      const person = await somebody()
      expect(await previewJoin(person, typed)).toMatchObject({ classId: id, name: 'Back ends', standing: 'may-join', instructors: ['Ada'] })
      expect(await joinByCode(person, typed)).toMatchObject({ classId: id, standing: 'member' })
      expect(await roleIn(id, person)).toBe('student')
    }
  })

  it('changes nothing when it is used twice, also at the same moment', async () => {
    const { id, code, instructor } = await openClass()
    const person = await somebody()
    await Promise.all(Array.from({ length: 4 }, () => joinByCode(person, code)))
    expect((await listPeople(instructor, id)).members).toHaveLength(2)
    expect((await logOf(id)).filter(({ action }) => action === 'class.joined')).toHaveLength(1)
    expect(await joinByCode(instructor, code)).toMatchObject({ standing: 'member' })
    expect(await roleIn(id, instructor)).toBe('instructor')
  })

  it('is worth nothing once another one was drawn', async () => {
    const { id, code, instructor } = await openClass()
    const next = await rotateJoinCode(instructor, id)
    expect(next.code).not.toBe(code)
    await expect(joinByCode(await somebody(), code)).rejects.toMatchObject({ code: 'join-closed' })
    await joinByCode(await somebody(), next.code)
  })

  it.each([
    ['closed', (instructor: Somebody, id: string) => changeJoin(instructor, id, { open: false, until: null })],
    ['at its end', (instructor: Somebody, id: string) => changeJoin(instructor, id, { open: true, until: LONG_AGO })],
    ['archived', (instructor: Somebody, id: string) => archiveClass(instructor, id, true)],
  ])('lets nobody into a class that is %s, and tells them nothing of it', async (_, close) => {
    const { id, code, instructor } = await openClass()
    const member = await newMember(id)
    await close(instructor, id)
    const person = await somebody()
    expect(await previewJoin(person, code)).toBeNull()
    await expect(joinByCode(person, code)).rejects.toMatchObject({ code: 'join-closed' })
    expect(await listClasses(person)).toEqual([])
    // Those who are in it are led to it.
    expect(await joinByCode(member, code)).toMatchObject({ classId: id })
  })

  it('ends at a time on the clocks of the class', async () => {
    const { id, instructor } = await newClass({ timeZone: 'Asia/Shanghai' })
    const until = '2999-09-30T23:59'
    expect(await changeJoin(instructor, id, { open: true, until })).toMatchObject({
      until: '2999-09-30T15:59:00.000Z', untilLocal: until,
    })
  })

  it('brings nobody back whom staff removed, until staff restores them', async () => {
    const { id, code, instructor } = await openClass()
    const person = await newMember(id)
    await setRemoved(instructor, id, person.id, true)
    expect(await previewJoin(person, code)).toMatchObject({ standing: 'removed' })
    await expect(joinByCode(person, code)).rejects.toMatchObject({ code: 'removed-from-class' })
    expect(await listClasses(person)).toEqual([])
    await setRemoved(instructor, id, person.id, false)
    expect(await joinByCode(person, code)).toMatchObject({ standing: 'member' })
  })

  it('cannot be tried again and again', async () => {
    const person = await somebody()
    for (let tries = 0; tries < JOIN_LIMIT.limit; tries++) expect(await previewJoin(person, newJoinCode())).toBeNull()
    await expect(previewJoin(person, newJoinCode())).rejects.toMatchObject({ code: 'too-many-requests' })
  })

  it('is for instructors of the class alone', async () => {
    const { id } = await openClass()
    for (const role of ['student', 'assistant'] as const) {
      await expect(getJoin(await newMember(id, role), id)).rejects.toMatchObject({ code: 'forbidden' })
    }
    await expect(getJoin(await somebody(), id)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a place that is kept', () => {
  async function keptPlace(role: 'student' | 'assistant' = 'student') {
    const made = await openClass()
    const email = `${crypto.randomUUID()}@example.org`
    const section = await createSection(made.instructor, made.id, 'A')
    const place = { email, role, name: 'Zhang Wei', externalId: 's-1', sectionId: role === 'student' ? section.id : null }
    const { id: invitation } = await invite(made.instructor, made.id, place)
    return { ...made, email, invitation, sectionId: section.id }
  }

  it('is taken over with name, section and external id by whoever joins by code under its address', async () => {
    const { id, code, email, instructor, sectionId } = await keptPlace()
    const person = await somebody(email)
    await joinByCode(person, code)
    const { members, invitations } = await listPeople(instructor, id)
    expect(members.find(({ userId }) => userId === person.id)).toMatchObject({
      name: 'Zhang Wei', accountName: 'Ada', externalId: 's-1', sectionId, role: 'student',
    })
    expect(invitations).toEqual([])
    expect((await logOf(id)).at(-1)).toMatchObject({ action: 'class.joined', actorId: person.id, detail: { place: true } })
  })

  it('opens no door and is told to nobody while no provider vouches for the address', async () => {
    const { email, invitation } = await keptPlace()
    const person = await somebody(email)
    expect(await listOwnInvitations(person)).toEqual([])
    await expect(acceptInvitation(person, invitation)).rejects.toMatchObject({ code: 'not-found' })
    expect(await listClasses(person)).toEqual([])
  })

  it('is accepted directly when a provider vouches for the address, also while the code is closed', async () => {
    const { id, email, invitation, instructor } = await keptPlace('assistant')
    await changeJoin(instructor, id, { open: false, until: null })
    const person = await vouchedFor(email)
    expect(await listOwnInvitations(person)).toEqual([
      { id: invitation, classId: id, className: 'Back ends', term: '', role: 'assistant' },
    ])
    expect(await acceptInvitation(person, invitation)).toBe(id)
    expect(await roleIn(id, person)).toBe('assistant')
    expect(await listOwnInvitations(person)).toEqual([])
    await expect(acceptInvitation(person, invitation)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is nobody else\'s, and none in an archived class', async () => {
    const { id, email, invitation, instructor } = await keptPlace()
    await expect(acceptInvitation(await vouchedFor(), invitation)).rejects.toMatchObject({ code: 'not-found' })
    const person = await vouchedFor(email)
    await archiveClass(instructor, id, true)
    expect(await listOwnInvitations(person)).toEqual([])
    await expect(acceptInvitation(person, invitation)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('makes staff only of those for whose address a provider vouches', async () => {
    const known = await keptPlace('assistant')
    const colleague = await vouchedFor(known.email)
    await joinByCode(colleague, known.code)
    expect(await roleIn(known.id, colleague)).toBe('assistant')
  })

  it('as staff waits for whoever the address is: a stranger who joins under it gets nothing of it', async () => {
    const { id, code, email, instructor } = await keptPlace('assistant')
    const stranger = await somebody(email)
    await joinByCode(stranger, code)
    expect(await listOwnInvitations(stranger)).toEqual([])
    const { members, invitations } = await listPeople(instructor, id)
    expect(members.find(({ userId }) => userId === stranger.id)).toMatchObject({
      role: 'student', name: 'Ada', externalId: null, vouched: false,
    })
    expect(invitations).toMatchObject([{ email, role: 'assistant', externalId: 's-1' }])
  })

  it('as staff is taken by a student of the class as soon as a provider vouches for the address', async () => {
    const { id, code, email, instructor, invitation } = await keptPlace('assistant')
    const person = await somebody(email)
    await joinByCode(person, code)
    await linkIdentity(test.db, person.id, { provider: 'oidc', providerAccountId: crypto.randomUUID() })
    expect(await listOwnInvitations(person)).toMatchObject([{ id: invitation, role: 'assistant' }])
    expect(await acceptInvitation(person, invitation)).toBe(id)
    const { members, invitations } = await listPeople(instructor, id)
    expect(members.find(({ userId }) => userId === person.id)).toMatchObject({
      role: 'assistant', name: 'Zhang Wei', externalId: 's-1', vouched: true,
    })
    expect(invitations).toEqual([])
    expect((await logOf(id)).at(-1)).toMatchObject({
      action: 'class.member-changed', actorId: person.id, detail: { from: 'student', to: 'assistant' },
    })
  })

  it.each([
    ['makes them staff', (who: Somebody, id: string, userId: string) => changeMember(who, id, userId, { role: 'instructor' })],
    ['removes them', (who: Somebody, id: string, userId: string) => setRemoved(who, id, userId, true)],
  ])('as staff is kept no longer once an instructor %s', async (_, act) => {
    const { id, code, email, instructor } = await keptPlace('assistant')
    const person = await somebody(email)
    await joinByCode(person, code)
    await act(instructor, id, person.id)
    expect((await listPeople(instructor, id)).invitations).toEqual([])
  })

  it('is taken once, however often it is asked for at the same moment', async () => {
    const { id, code, email, invitation } = await keptPlace()
    const person = await vouchedFor(email)
    const asked = await Promise.allSettled([
      joinByCode(person, code), acceptInvitation(person, invitation), joinByCode(person, code), acceptInvitation(person, invitation),
    ])
    expect(asked.some(({ status }) => status === 'fulfilled')).toBe(true)
    for (const each of asked) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'not-found' })
    expect(await test.db.classMember.count({ where: { classId: id, userId: person.id } })).toBe(1)
    expect(await test.db.classInvitation.count({ where: { classId: id } })).toBe(0)
  })
})
