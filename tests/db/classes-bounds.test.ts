import { describe, expect, it } from 'vitest'
import { MAX_PEOPLE, MAX_SECTIONS, MAX_SETS } from '@/lib/contract/class-limits'
import { SetBody } from '@/lib/contract/problem-set'
import { getSetAnalytics, listSetFigures } from '@/lib/learn/classes/analytics'
import { USES } from '@/lib/learn/classes/count-use'
import { importExceptions } from '@/lib/learn/classes/exception-import'
import { exportCsv } from '@/lib/learn/classes/export-csv'
import { exportJson } from '@/lib/learn/classes/export-json'
import { exportZip } from '@/lib/learn/classes/export-zip'
import { readGradebook } from '@/lib/learn/classes/gradebook'
import { invite } from '@/lib/learn/classes/invitations'
import { joinByCode } from '@/lib/learn/classes/join'
import { getJoin } from '@/lib/learn/classes/join-settings'
import { setRemoved } from '@/lib/learn/classes/people'
import { importRoster, previewRoster } from '@/lib/learn/classes/roster'
import { createSection } from '@/lib/learn/classes/sections'
import { createSet } from '@/lib/learn/classes/set-changes'
import { duplicateSet } from '@/lib/learn/classes/set-copy'
import { previewSet } from '@/lib/learn/classes/set-preview'
import { countEvent } from '@/lib/learn/rate-limit'
import { useDatabase } from '../support/database'
import { useContent } from './support/content'
import { newClass, newMember, somebody, type Somebody } from './support/classes'

const test = useDatabase()
useContent()

const place = { name: null, role: 'student' as const, externalId: null, sectionId: null }

const AT = new Date()
const BODY = SetBody.parse({
  title: 'One more', opensAt: AT.toISOString(), dueAt: AT.toISOString(), closesAt: AT.toISOString(),
  latePolicy: { kind: 'none' }, items: [], intro: '', attemptLimit: null, coolDownSeconds: 0, reveal: 'now', pickCount: 0,
})

/** A class in which that many more find room. */
async function almostFull(free: number) {
  const made = await newClass()
  const member = await newMember(made.id)
  await test.db.$executeRaw`
    insert into class_invitations (id, class_id, email)
    select gen_random_uuid(), ${made.id}::uuid, n || '@example.org' from generate_series(1, ${MAX_PEOPLE - 2 - free}::int) n`
  return { ...made, member, code: (await getJoin(made.instructor, made.id)).code }
}

const full = { code: 'class-full', message: expect.stringContaining(`${MAX_PEOPLE}`) }

describe('the people of a class', () => {
  it('are a bounded number, however they come', async () => {
    const { id, instructor, code } = await almostFull(1)
    await invite(instructor, id, { ...place, email: 'last@example.org' })
    await expect(invite(instructor, id, { ...place, email: 'more@example.org' })).rejects.toMatchObject(full)
    await expect(joinByCode(await somebody(), code)).rejects.toMatchObject(full)
    expect((await previewRoster(instructor, id, 'more@example.org')).problems).toMatchObject([{ rule: 'class-full' }])
    await expect(importRoster(instructor, id, 'more@example.org')).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('take the places that are kept for them also in a full class', async () => {
    const { id, instructor, code } = await almostFull(1)
    await invite(instructor, id, { ...place, email: 'last@example.org' })
    expect(await joinByCode(await somebody('last@example.org'), code)).toMatchObject({ standing: 'member' })
  })

  it('make room when they are removed', async () => {
    const { id, instructor, code, member } = await almostFull(0)
    await setRemoved(instructor, id, member.id, true)
    expect(await joinByCode(await somebody(), code)).toMatchObject({ standing: 'member' })
    await expect(setRemoved(instructor, id, member.id, false)).rejects.toMatchObject(full)
  })
})

describe('the problem sets of a class', () => {
  it('are a bounded number, made or copied', async () => {
    const { id, instructor } = await newClass()
    await test.db.problemSet.createMany({
      data: Array.from({ length: MAX_SETS }, () => {
        return { classId: id, title: 'One', opensAt: AT, dueAt: AT, closesAt: AT, latePolicy: { kind: 'none' } }
      }),
    })
    const full = { code: 'too-many-sets', message: expect.stringContaining(`${MAX_SETS}`) }
    await expect(createSet(instructor, id, BODY)).rejects.toMatchObject(full)
    const { id: set } = await test.db.problemSet.findFirstOrThrow({ where: { classId: id } })
    await expect(duplicateSet(instructor, id, set, { classId: id, days: 7 })).rejects.toMatchObject(full)
    await test.db.problemSet.delete({ where: { id: set } })
    await createSet(instructor, id, BODY)
  })
})

describe('what costs much', () => {
  const LOOKS = [
    ['gradebook', (who, id) => readGradebook(who, id)],
    ['analytics', (who, id) => listSetFigures(who, id)],
    ['analytics', (who, id, set) => getSetAnalytics(who, id, set)],
    ['set-preview', (who, id, set) => previewSet(who, id, set, BODY)],
    ['roster', (who, id) => previewRoster(who, id, 'a@example.org')],
    ['roster', (who, id) => importRoster(who, id, 'not an address')],
    ['exception-import', (who, id, set) => importExceptions(who, id, set, { csv: 'email\nx', apply: false })],
    ['export', (who, id) => exportCsv(who, id)],
    ['export', (who, id) => exportJson(who, id)],
    ['export', (who, id, set) => exportZip(who, id, set)],
  ] as [keyof typeof USES, (who: Somebody, id: string, set: string) => Promise<unknown>][]

  it.each(LOOKS)('is had only so often by one person: %s', async (use, look) => {
    const { id, instructor } = await newClass()
    const { id: set } = await createSet(instructor, id, BODY)
    await publish(set)
    const { limit, windowSeconds } = USES[use]
    const key = `class-${use}:user:${instructor.id}`
    await look(instructor, id, set).catch((error) => expect(error).toMatchObject({ code: 'bad-request' }))
    expect(await test.db.rateLimit.findMany({ where: { key } })).toMatchObject([{ count: 1 }])
    // Room comes back while a window goes by, so it is filled again until the look comes in time.
    await expect.poll(async () => {
      while ((await countEvent(key, limit, windowSeconds)).retryAfterSeconds === 0);
      return look(instructor, id, set).catch((error) => error)
    }, { timeout: 30_000 }).toMatchObject({
      code: 'too-many-requests', details: { retryAfterSeconds: expect.any(Number) },
    })
  })

  it.each(LOOKS)('is counted for nobody who may not have it: %s', async (use, look) => {
    const { id, instructor } = await newClass()
    const { id: set } = await createSet(instructor, id, BODY)
    await publish(set)
    for (const person of [await somebody(), await newMember(id)]) {
      await expect(look(person, id, set)).rejects.toMatchObject({ code: expect.stringMatching(/not-found|forbidden/) })
      expect(await test.db.rateLimit.count({ where: { key: `class-${use}:user:${person.id}` } })).toBe(0)
    }
  })

  const publish = (id: string) => test.db.problemSet.update({ where: { id }, data: { publishedAt: new Date() } })
})

describe('the sections of a class', () => {
  it('are a bounded number', async () => {
    const { id, instructor } = await newClass()
    await test.db.classSection.createMany({
      data: Array.from({ length: MAX_SECTIONS }, (_, index) => ({ classId: id, name: `${index}` })),
    })
    await expect(createSection(instructor, id, 'one more')).rejects.toMatchObject({
      code: 'too-many-sections', message: expect.stringContaining(`${MAX_SECTIONS}`),
    })
  })
})
