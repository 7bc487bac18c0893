import { describe, expect, it } from 'vitest'
import { archiveClass } from '@/lib/learn/classes/settings'
import { readGradebook } from '@/lib/learn/classes/gradebook'
import { undoOverride } from '@/lib/learn/classes/overrides'
import { useDatabase } from '../support/database'
import { useContent } from './support/content'
import { logOf } from './support/classes'
import { HOUR, newSubmission } from './support/course'
import { untilSomebodyWaits } from './support/locks'
import { FORBIDDEN, NOT_FOUND, newWork, OPENED } from './support/marked-work'

const test = useDatabase()
useContent()

describe('a mark given by hand', () => {
  it('stands instead of the computed one, in the cell and in the gradebook, also without a submission', async () => {
    const { course, read, override } = await newWork()
    await override({ mark: 725 })
    expect(await read()).toMatchObject({ mark: 725, computed: 0, overridden: true, overrides: [{ mark: 725, reason: 'Oral exam' }] })
    expect((await readGradebook(course.instructor, course.id)).rows[0]).toMatchObject({
      total: 725, cells: [['overridden', 725, 0, null, true]],
    })
  })

  it('keeps every change, can be undone step by step, and the undo too', async () => {
    const { course, student, read, override } = await newWork()
    await newSubmission(student.id, OPENED + HOUR, { score: 4 })
    const [first] = await override({ mark: 725 })
    const [second] = await override({ mark: 900, after: first!.id, reason: 'Recount' })
    const undo = (id: string) => undoOverride(course.instructor, course.id, id, { reason: 'A slip' })
    const [third] = await undo(second!.id)
    expect(await read()).toMatchObject({ mark: 725, overridden: true })
    await undo(third!.id)
    expect(await read()).toMatchObject({ mark: 900, overridden: true })
    const [latest] = (await read()).overrides
    await override({ mark: null, after: latest!.id, reason: 'As computed' })
    const cell = await read()
    expect(cell).toMatchObject({ mark: 400, computed: 400, overridden: false })
    expect(cell.overrides.map(({ mark, reason, givenBy }) => [mark, reason, givenBy?.id])).toEqual([
      [null, 'As computed', course.instructor.id], [900, 'A slip', course.instructor.id], [725, 'A slip', course.instructor.id],
      [900, 'Recount', course.instructor.id], [725, 'Oral exam', course.instructor.id],
    ])
  })

  it('goes back to the computed mark when its only change is undone', async () => {
    const { course, student, read, override } = await newWork()
    await newSubmission(student.id, OPENED + HOUR, { score: 4 })
    const [given] = await override()
    await undoOverride(course.instructor, course.id, given!.id, { reason: 'A slip' })
    expect(await read()).toMatchObject({ mark: 400, overridden: false })
  })

  it('is written down in the log, who gave it and what stood before', async () => {
    const { course, student, item, override } = await newWork()
    const [given] = await override()
    await undoOverride(course.instructor, course.id, given!.id, { reason: 'A slip' })
    const log = (await logOf(course.id)).filter(({ action }) => action.startsWith('class.mark'))
    expect(log).toEqual([
      { action: 'class.mark-overridden', actorId: course.instructor.id, detail: { item, student: student.id, before: null, mark: 725 } },
      { action: 'class.mark-undone', actorId: course.instructor.id, detail: { item, student: student.id, before: 725, mark: null } },
    ])
  })

  it('does not overwrite what somebody else gave in the meantime', async () => {
    const { course, read, override } = await newWork()
    const [given] = await override({ mark: 100 })
    await expect(override({ mark: 900 })).rejects.toMatchObject({ code: 'conflict' })
    await override({ mark: 200, after: given!.id })
    await expect(undoOverride(course.instructor, course.id, given!.id, { reason: 'x' })).rejects.toMatchObject({ code: 'conflict' })
    expect(await read()).toMatchObject({ mark: 200, overrides: [{ mark: 200 }, { mark: 100 }] })
  })

  it('is given once when two give one at the same moment', async () => {
    const { read, override } = await newWork()
    const outcomes = await Promise.allSettled([override({ mark: 100 }), override({ mark: 200 }), override({ mark: 300 })])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await read()).overrides).toHaveLength(1)
  })

  it('is refused when its exercise is taken out of the set at the same moment', async () => {
    const { item, override } = await newWork()
    const outcome = await test.db.$transaction(async (tx) => {
      await tx.problemSetItem.delete({ where: { id: item } })
      const given = override().then(() => 'given', (error) => error.code)
      await untilSomebodyWaits(test.db)
      return { given }
    })
    expect(await outcome.given).toBe('not-found')
  })

  it('is given by instructors only, for students and exercises of their class, and not in an archived one', async () => {
    const { course, student, assistant, override } = await newWork()
    const other = await newWork()
    await expect(override({}, assistant)).rejects.toMatchObject(FORBIDDEN)
    await expect(override({}, student)).rejects.toMatchObject(FORBIDDEN)
    await expect(override({}, other.course.instructor)).rejects.toMatchObject(NOT_FOUND)
    for (const body of [{ student: other.student.id }, { item: other.item }, { student: assistant.id }]) {
      await expect(override(body)).rejects.toMatchObject(NOT_FOUND)
    }
    const [foreign] = await other.override()
    await expect(undoOverride(course.instructor, course.id, foreign!.id, { reason: 'x' })).rejects.toMatchObject(NOT_FOUND)
    await archiveClass(course.instructor, course.id, true)
    await expect(override()).rejects.toMatchObject({ code: 'class-archived' })
    expect(await test.db.markOverride.count({ where: { item: { set: { classId: course.id } } } })).toBe(0)
  })
})
