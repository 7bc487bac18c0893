import type { OverrideBody } from '@/lib/contract/marking'
import { database } from '@/lib/db/client'
import { getCell } from '@/lib/learn/classes/cell'
import { overrideMark } from '@/lib/learn/classes/overrides'
import { addMember, DAY, newCourse, newPerson, newSet, newStudent, type Person } from './course'

/** What is thrown at whoever may not. */
export const NOT_FOUND = { code: 'not-found' }
export const FORBIDDEN = { code: 'forbidden' }

/** When the set of `newWork` opened. */
export const OPENED = Date.now() - 10 * DAY

/** A class with a set of one exercise of 10 points, open for 10 days, due 5 days ago, and a student. */
export async function newWork({ graceDays = 0, ...parts }: Parameters<typeof newSet>[1] & { graceDays?: number } = {}) {
  const course = await newCourse({ graceDays })
  const assistant = await newPerson()
  await addMember(course.id, assistant.id, 'assistant')
  const set = await newSet(course, {
    opensAt: new Date(OPENED).toISOString(), dueAt: new Date(OPENED + 5 * DAY).toISOString(),
    closesAt: new Date(OPENED + 30 * DAY).toISOString(), ...parts,
  })
  const student = await newStudent(course.id, { name: 'Ada Lovelace' })
  const { id: item } = await database().problemSetItem.findFirstOrThrow({ where: { setId: set } })
  const read = (viewer: Person = course.instructor) => getCell(viewer, course.id, student.id, item)
  const override = (body: Partial<OverrideBody> = {}, viewer: Person = course.instructor) =>
    overrideMark(viewer, course.id, { student: student.id, item, mark: 725, reason: 'Oral exam', after: null, ...body })
  return { course, set, item, student, assistant, read, override }
}
