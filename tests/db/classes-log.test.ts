import { describe, expect, it } from 'vitest'
import { CLASS_LOG_KINDS, ClassLogPage } from '@/lib/contract/class-log'
import { listClassLog } from '@/lib/learn/classes/class-log'
import { grantException, removeException } from '@/lib/learn/classes/exceptions'
import { exportCsv } from '@/lib/learn/classes/export-csv'
import { invite } from '@/lib/learn/classes/invitations'
import { joinByCode } from '@/lib/learn/classes/join'
import { getJoin } from '@/lib/learn/classes/join-settings'
import { overrideMark } from '@/lib/learn/classes/overrides'
import { assignSection, changeMember, setRemoved } from '@/lib/learn/classes/people'
import { createSection, deleteSection } from '@/lib/learn/classes/sections'
import { changeSet, createSet, deleteSet, publishSet } from '@/lib/learn/classes/set-changes'
import { archiveClass, changeSettings } from '@/lib/learn/classes/settings'
import { deleteAccount } from '@/lib/learn/own-account'
import { useDatabase } from '../support/database'
import { newClass, newMember, siteAdmin, somebody } from './support/classes'
import { EXERCISE, useContent } from './support/content'
import { PASSWORD } from './support/people'

const test = useDatabase()
useContent()

const SET = {
  title: 'Caches', intro: '', opensAt: '2026-03-01T00:00:00.000Z', dueAt: '2026-03-02T00:00:00.000Z',
  closesAt: '2026-03-03T00:00:00.000Z', latePolicy: { kind: 'none' as const }, attemptLimit: null, coolDownSeconds: 0,
  reveal: 'now' as const, pickCount: 0,
}
const ITEM = { exercise: EXERCISE, points: 10, kind: 'required' as const }
const EXEMPT = { dueAt: null, closesAt: null, attemptLimit: null, exempt: true, reason: 'her operation' }

/** A class in which everything that is written down has happened. */
async function busyClass() {
  const { id, instructor } = await newClass()
  const student = await somebody()
  await joinByCode(student, (await getJoin(instructor, id)).code)
  const section = await createSection(instructor, id, 'Group A')
  await assignSection(instructor, id, { userIds: [student.id], sectionId: section.id })
  await changeMember(instructor, id, student.id, { name: 'Zhang Wei' })
  const { id: set } = await createSet(instructor, id, { ...SET, items: [ITEM] })
  const { updatedAt } = await publishSet(instructor, id, set)
  const { items } = await changeSet(instructor, id, set, { ...SET, title: 'Caches 2', items: [ITEM], basedOn: updatedAt })
  await grantException(instructor, id, set, { for: { kind: 'student', id: student.id }, ...EXEMPT })
  await grantException(instructor, id, set, { for: { kind: 'section', id: section.id }, ...EXEMPT })
  const item = items[0]?.id ?? ''
  await overrideMark(instructor, id, { student: student.id, item, mark: 725, reason: 'her operation', after: null })
  await exportCsv(instructor, id)
  await changeSettings(instructor, id, { name: 'Back ends', term: 'Autumn', timeZone: 'UTC', graceDays: 0 })
  return { id, instructor, student, section: section.id, set, item }
}

const actionsOf = ({ entries }: ClassLogPage) => entries.map(({ action }) => action)

describe('the log of a class', () => {
  it('tells who did what to whom, by the names of today, the latest first', async () => {
    const { id, instructor, set } = await busyClass()
    const page = await listClassLog(instructor, id, {})
    expect(ClassLogPage.parse(page)).toEqual(page)
    expect(actionsOf(page)).toEqual([
      'class.settings-changed', 'class.exported', 'class.mark-overridden', 'exception.granted', 'exception.granted',
      'set.changed', 'set.published', 'set.created', 'class.member-changed', 'class.section-assigned',
      'class.section-created', 'class.joined', 'class.created',
    ])
    const entry = (action: string) => page.entries.find((each) => each.action === action)
    expect(page.entries.every(({ actor }) => actor === 'Ada')).toBe(true)
    expect(entry('class.mark-overridden')).toMatchObject({
      person: 'Zhang Wei', set: { id: set, title: 'Caches 2' }, exercise: { slug: EXERCISE }, detail: { mark: 725 },
    })
    expect(entry('exception.granted')).toMatchObject({ section: 'Group A', person: null, set: { id: set, title: 'Caches 2' } })
    expect(page.entries.filter(({ action }) => action === 'exception.granted')[1]).toMatchObject({ person: 'Zhang Wei' })
    expect(entry('class.section-assigned')).toMatchObject({ section: 'Group A', detail: { assigned: 1 } })
    expect(entry('class.member-changed')).toMatchObject({ person: 'Zhang Wei', detail: { fields: ['name'] } })
  })

  it('keeps no reasons', async () => {
    const { id, instructor } = await busyClass()
    expect(JSON.stringify(await listClassLog(instructor, id, {}))).not.toContain('operation')
  })

  it('is narrowed down by kind, and every entry has exactly one kind', async () => {
    const { id, instructor } = await busyClass()
    const all = await listClassLog(instructor, id, {})
    const kinds = await Promise.all(CLASS_LOG_KINDS.map((kind) => listClassLog(instructor, id, { kind })))
    expect(kinds.flatMap(({ entries }) => entries.map((each) => each.id)).sort())
      .toEqual(all.entries.map((each) => each.id).sort())
    expect(kinds.map(actionsOf)).toEqual([
      ['class.member-changed', 'class.section-assigned', 'class.section-created', 'class.joined'],
      ['set.changed', 'set.published', 'set.created'],
      ['exception.granted', 'exception.granted'],
      ['class.mark-overridden'],
      ['class.exported'],
      ['class.settings-changed', 'class.created'],
    ])
  })

  it('comes page by page without a gap or an entry twice', async () => {
    const { id, instructor } = await busyClass()
    const all = await listClassLog(instructor, id, {})
    expect(all.next).toBeNull()
    const found: string[] = []
    let before: string | undefined
    do {
      const page = await listClassLog(instructor, id, { before, limit: 5 })
      expect(page.entries.length).toBeLessThanOrEqual(5)
      found.push(...page.entries.map((each) => each.id))
      before = page.next ?? undefined
    } while (before)
    expect(found).toEqual(all.entries.map((each) => each.id))
    expect(await listClassLog(instructor, id, { before: 'x' })).toEqual({ entries: [], next: null })
  })

  it('goes on when what it speaks of is gone', async () => {
    const { id, instructor, student, section, set } = await busyClass()
    for (const { id: exception } of await test.db.setException.findMany({ where: { setId: set } })) {
      await removeException(instructor, id, set, exception)
    }
    await deleteSection(instructor, id, section)
    await deleteSet(instructor, id, set, 'Caches 2')
    await deleteAccount(student.id, { email: student.email, password: PASSWORD })
    const page = await listClassLog(instructor, id, {})
    expect(page.entries.slice(0, 2)).toMatchObject([
      { action: 'class.member-deleted-account', actor: null, person: null },
      { action: 'set.deleted', set: { id: null, title: 'Caches 2' } },
    ])
    expect(page.entries.find(({ action }) => action === 'set.created')).toMatchObject({ set: { id: null, title: 'Caches' } })
    expect(page.entries.find(({ action }) => action === 'class.joined')).toMatchObject({ actor: null })
    expect(page.entries.find(({ action }) => action === 'class.mark-overridden')).toMatchObject({ person: null, exercise: null })
    expect(JSON.stringify(page)).not.toContain('Zhang')
  })

  it('is for instructors of the class alone, also while it is archived', async () => {
    const { id, instructor } = await busyClass()
    await archiveClass(instructor, id, true)
    for (const role of ['student', 'assistant'] as const) {
      await expect(listClassLog(await newMember(id, role), id, {})).rejects.toMatchObject({ code: 'forbidden' })
    }
    const other = await newClass()
    await expect(listClassLog(other.instructor, id, {})).rejects.toMatchObject({ code: 'not-found' })
    expect(actionsOf(await listClassLog(await siteAdmin(), id, { limit: 1 }))).toEqual(['class.archived'])
    expect(actionsOf(await listClassLog(other.instructor, other.id, {}))).toEqual(['class.created'])
  })

  it('shows the places that are kept, without addresses', async () => {
    const { id, instructor } = await newClass()
    const email = `${crypto.randomUUID()}@example.org`
    const place = await invite(instructor, id, { email, name: null, role: 'student', externalId: null, sectionId: null })
    await setRemoved(instructor, id, (await newMember(id)).id, true)
    const text = JSON.stringify(await listClassLog(instructor, id, { kind: 'people' }))
    expect(text).toContain(place.id)
    expect(text).not.toContain(email)
  })
})
