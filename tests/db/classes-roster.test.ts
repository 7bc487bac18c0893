import { describe, expect, it } from 'vitest'
import { joinByCode } from '@/lib/learn/classes/join'
import { getJoin } from '@/lib/learn/classes/join-settings'
import { changeMember, listPeople, setRemoved } from '@/lib/learn/classes/people'
import { importRoster, previewRoster } from '@/lib/learn/classes/roster'
import { createSection } from '@/lib/learn/classes/sections'
import { useDatabase } from '../support/database'
import { logOf, newClass, newMember, somebody, type Somebody } from './support/classes'

useDatabase()

let count = 0
const address = () => `student-${count++}@example.org`
const awaited = async (instructor: Somebody, id: string) => {
  const { invitations, sections } = await listPeople(instructor, id)
  const nameOf = new Map(sections.map((section) => [section.id, section.name]))
  return invitations.map(({ email, name, sectionId, externalId }) => [email, name, nameOf.get(sectionId ?? '') ?? null, externalId])
}

describe('importing a roster', () => {
  it('keeps a place for everybody on it, with new sections where they are named', async () => {
    const { id, instructor } = await newClass()
    await createSection(instructor, id, 'Group A')
    const [ada, ben, cy] = [address(), address(), address()].sort()
    const csv = `email,name,section,id\n${ada},Ada,group a,1\n${ben},Ben,Group B,2\n${cy},,GROUP B,`
    expect(await previewRoster(instructor, id, csv)).toMatchObject({ newSections: ['Group B'], problemCount: 0 })
    expect(await awaited(instructor, id)).toEqual([])
    await importRoster(instructor, id, csv)
    expect(await awaited(instructor, id)).toEqual([
      [ada, 'Ada', 'Group A', '1'], [ben, 'Ben', 'Group B', '2'], [cy, null, 'Group B', null],
    ])
    expect((await logOf(id)).at(-1)).toMatchObject({
      action: 'class.roster-imported', actorId: instructor.id, detail: { invited: 3, changed: 0, unchanged: 0, sections: ['Group B'] },
    })
    expect(JSON.stringify(await logOf(id))).not.toContain('@')
  })

  it('again changes nothing, and fills in what is new without taking anything away', async () => {
    const { id, instructor } = await newClass()
    const [ada, ben] = [address(), address()].sort()
    const csv = `${ada},Ada,A,1\n${ben},Ben,,`
    await importRoster(instructor, id, csv)
    expect((await importRoster(instructor, id, csv)).people.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged'])
    const next = `${ada},,B,\n${ben},Benjamin,,2`
    expect((await importRoster(instructor, id, next)).people.map(({ outcome }) => outcome)).toEqual(['change-invitation', 'change-invitation'])
    expect(await awaited(instructor, id)).toEqual([[ada, 'Ada', 'B', '1'], [ben, 'Benjamin', null, '2']])
  })

  it('says who is in the class already, and fills in what it says of them', async () => {
    const { id, instructor } = await newClass()
    const student = await newMember(id)
    const csv = `${student.email},Zhang Wei,A,7`
    expect((await previewRoster(instructor, id, csv)).people).toMatchObject([{ line: 1, outcome: 'change-member' }])
    await importRoster(instructor, id, csv)
    const { members, sections, invitations } = await listPeople(instructor, id)
    expect(members.find(({ userId }) => userId === student.id)).toMatchObject({
      name: 'Zhang Wei', externalId: '7', sectionId: sections[0]?.id, role: 'student',
    })
    expect(invitations).toEqual([])
    expect((await previewRoster(instructor, id, csv)).people).toMatchObject([{ outcome: 'unchanged' }])
  })

  it('does not tell who has an account', async () => {
    const { id, instructor } = await newClass()
    const stranger = await somebody()
    const { people } = await previewRoster(instructor, id, `${stranger.email}\n${address()}`)
    expect(people.map(({ outcome }) => outcome)).toEqual(['invite', 'invite'])
  })

  it('lets external ids change hands', async () => {
    const { id, instructor } = await newClass()
    const [ada, ben] = [await newMember(id), await newMember(id)]
    const cy = address()
    await importRoster(instructor, id, `${ada.email},,,1\n${ben.email},,,2\n${cy},,,3`)
    await importRoster(instructor, id, `${ada.email},,,2\n${ben.email},,,3\n${cy},,,1`)
    const { members } = await listPeople(instructor, id)
    expect(members.map(({ externalId }) => externalId)).toEqual([null, '2', '3'])
    expect((await awaited(instructor, id))[0]?.[3]).toBe('1')
  })

  it.each([
    ['a wrong address', async () => 'not an address', [2, 'not-an-address']],
    ['staff', async (id: string) => (await newMember(id, 'assistant')).email, [2, 'is-staff']],
    ['somebody who was removed', async (id: string, instructor: Somebody) => {
      const student = await newMember(id)
      await setRemoved(instructor, id, student.id, true)
      return student.email
    }, [2, 'was-removed']],
    ['an external id of somebody else', async (id: string, instructor: Somebody) => {
      const student = await newMember(id)
      await changeMember(instructor, id, student.id, { externalId: '9' })
      return `${address()},,,9`
    }, [2, 'taken']],
    ['an external id of somebody on it who keeps it', async (id: string, instructor: Somebody) => {
      const student = await newMember(id)
      await changeMember(instructor, id, student.id, { externalId: '9' })
      return `${student.email}\n${address()},,,9`
    }, [3, 'taken']],
  ] as const)('imports nothing of a roster with %s', async (_, make, [line, rule]) => {
    const { id, instructor } = await newClass()
    const csv = `${address()},Ada,New section,1\n${await make(id, instructor)}`
    const before = await listPeople(instructor, id)
    expect((await previewRoster(instructor, id, csv)).problems).toMatchObject([{ line, rule }])
    await expect(importRoster(instructor, id, csv)).rejects.toMatchObject({ code: 'bad-request' })
    expect(await listPeople(instructor, id)).toEqual(before)
    expect((await logOf(id)).map(({ action }) => action)).not.toContain('class.roster-imported')
  })

  it('twice at the same moment is done one after the other', async () => {
    const { id, instructor } = await newClass()
    const twice = `${address()},Ada,Kept out,1`
    const both = await Promise.allSettled([importRoster(instructor, id, twice), importRoster(instructor, id, twice.replace('Ada', 'Ben'))])
    // One after the other: the second one finds what the first one made.
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect((await listPeople(instructor, id)).invitations).toHaveLength(1)
    expect((await listPeople(instructor, id)).sections).toHaveLength(1)
  })

  it('and joining at the same moment leave one place for each', async () => {
    const { id, instructor } = await newClass()
    const { code } = await getJoin(instructor, id)
    const people = await Promise.all([somebody(), somebody(), somebody(), somebody()])
    const csv = people.map(({ email }, index) => `${email},Name ${index},A,${index}`).join('\n')
    await Promise.all([importRoster(instructor, id, csv), ...people.map((person) => joinByCode(person, code))])
    const { members, invitations } = await listPeople(instructor, id)
    expect(invitations).toEqual([])
    for (const [index, { id: userId }] of people.entries()) {
      expect(members.find((each) => each.userId === userId)).toMatchObject({ name: `Name ${index}`, externalId: `${index}` })
    }
  })

  it('of 2,000 people takes one go', async () => {
    const { id, instructor } = await newClass()
    const csv = Array.from({ length: 2000 }, (_, index) => `p${index}@example.org,Person ${index},S${index % 40},${index}`).join('\n')
    await importRoster(instructor, id, csv)
    await importRoster(instructor, id, csv.replaceAll('Person', 'Student'))
    const { invitations, sections } = await listPeople(instructor, id)
    expect([invitations.length, sections.length]).toEqual([2000, 40])
    expect(invitations.every(({ name }) => name?.startsWith('Student'))).toBe(true)
  })

  it('is for instructors of the class alone', async () => {
    const { id } = await newClass()
    for (const role of ['student', 'assistant'] as const) {
      const viewer = await newMember(id, role)
      await expect(previewRoster(viewer, id, address())).rejects.toMatchObject({ code: 'forbidden' })
      await expect(importRoster(viewer, id, address())).rejects.toMatchObject({ code: 'forbidden' })
    }
  })
})
