import { randomUUID } from 'node:crypto'
import type { ClassRole } from '@/lib/contract/class'
import type { SetBody } from '@/lib/contract/problem-set'
import type { Verdict } from '@/lib/contract/verdict'
import { database } from '@/lib/db/client'
import { hashSource } from '@/lib/db/submissions'
import { publishSet, createSet } from '@/lib/learn/classes/set-changes'
import { EXERCISE } from './content'
import { newLearner } from './people'
import { verdict } from './verdicts'

export type Person = { id: string; role: 'learner'; email: string }

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** A moment relative to now, as the API writes it. */
export const at = (ms: number): string => new Date(Date.now() + ms).toISOString()

export async function newPerson(email?: string): Promise<Person> {
  const account = await newLearner(email)
  return { id: account.id, role: 'learner', email: account.email }
}

/** A class with an instructor. */
export async function newCourse({ timeZone = 'UTC', graceDays = 0 } = {}) {
  const instructor = await newPerson()
  const { id } = await database().class.create({
    data: { name: 'Back ends', timeZone, graceDays, joinCode: randomUUID() },
  })
  await addMember(id, instructor.id, 'instructor')
  return { id, instructor }
}

export async function addMember(
  classId: string, userId: string, role: ClassRole, more: { sectionId?: string; externalId?: string; name?: string } = {},
): Promise<void> {
  await database().classMember.create({ data: { classId, userId, role, ...more } })
}

export async function newStudent(
  classId: string, more: { sectionId?: string; externalId?: string; name?: string } = {},
): Promise<Person> {
  const person = await newPerson()
  await addMember(classId, person.id, 'student', more)
  return person
}

export async function newSection(classId: string, name: string): Promise<string> {
  return (await database().classSection.create({ data: { classId, name } })).id
}

/** A set that opened an hour ago, is due in a day and closes in two, with one exercise of 10 points. */
export function setBody(parts: Partial<SetBody> = {}): SetBody {
  return {
    title: 'Week 1', intro: '', opensAt: at(-HOUR), dueAt: at(DAY), closesAt: at(2 * DAY), latePolicy: { kind: 'none' },
    attemptLimit: null, coolDownSeconds: 0, reveal: 'now', pickCount: 0,
    items: [{ exercise: EXERCISE, points: 10, kind: 'required' }],
    ...parts,
  }
}

/** The same, published. @returns its id */
export async function newSet(course: { id: string; instructor: Person }, parts: Partial<SetBody> = {}): Promise<string> {
  const { id } = await createSet(course.instructor, course.id, setBody(parts))
  await publishSet(course.instructor, course.id, id)
  return id
}

/** A graded submission of the exercise, made at a moment of the past. @returns its id */
export async function newSubmission(userId: string, submittedAt: number, parts: Partial<Verdict> = {}): Promise<string> {
  const detail = await verdict(parts)
  const { verdict: kind, reason, score, maxScore, exerciseVersion: hash } = detail
  await database().exerciseVersion.upsert({
    where: { hash }, create: { hash, exercise: EXERCISE, title: {}, difficulty: 'easy', maxScore }, update: {},
  })
  const source = randomUUID()
  const { id } = await database().submission.create({
    data: {
      userId, exercise: EXERCISE, versionHash: hash, source, sourceHash: hashSource(source), state: 'done',
      submittedAt: new Date(submittedAt), verdict: { create: { verdict: kind, reason, score, maxScore, detail } },
    },
  })
  return id
}
