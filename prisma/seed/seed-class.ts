import { randomUUID } from 'node:crypto'
import type { Database, Queries } from '@/lib/db/client'
import { addMember } from '@/lib/db/class-members'
import { createSections } from '@/lib/db/class-sections'
import { createClass } from '@/lib/db/classes'
import { createSet, setPublishedAt } from '@/lib/db/problem-sets'
import { createUser } from '@/lib/db/users'
import { keepVersion } from '@/lib/db/versions'
import { newJoinCode } from '@/lib/learn/classes/join-code'
import { hashPassword } from '@/lib/learn/password-hash'
import { toVersion } from '@/lib/learn/versions'
import { createRandom, type Random } from '@/lib/runtime/test-api/random'
import { drawExceptions } from './draw-exceptions'
import { drawSubmissions, type DrawnStudent } from './draw-submissions'
import type { GradedExercise } from './graded-sources'
import { insertActiveDays, insertProgress, insertSubmissions } from './insert-submissions'
import { drawName } from './names'
import { planSets } from './plan-sets'
import { shareSolutions } from './share-solutions'

const TIME_ZONE = 'Europe/Berlin'
const SECTIONS = ['A', 'B', 'C', 'D']
const DAY = 24 * 3600 * 1000

export interface SeedOptions {
  students: number
  submissions: number
  /** The same for the same drawn class; ids, addresses and passwords are new each time. */
  seed: number
  now: number
  /** Told what is being done. */
  onStep(step: string): void
}

export interface SeededClass {
  classId: string
  submissions: number
  /** One of each role, with passwords. */
  accounts: { role: 'instructor' | 'assistant' | 'student'; email: string; password: string }[]
  instructorId: string
}

/** Fills a class with students who have worked for a term: sets, submissions with verdicts, progress, exceptions, marks. */
export async function seedClass(
  db: Database, exercises: readonly GradedExercise[], options: SeedOptions,
): Promise<SeededClass> {
  const { now, onStep } = options
  const random = createRandom(options.seed).random
  const tag = randomUUID().slice(0, 6)
  const passwords = { instructor: newPassword(), assistant: newPassword(), student: newPassword() }
  // Hashing takes its time by design; the students of a demo may share one.
  const [instructorHash, assistantHash, studentHash] = await Promise.all(Object.values(passwords).map(hashPassword))
  const address = (name: string) => `${name}.${tag}@demo.example`

  onStep(`a class of ${options.students} students`)
  const instructor = await createUser(db, {
    email: address('instructor'), name: 'Grace Demo', locale: 'en', passwordHash: instructorHash!, role: 'instructor',
  })
  const assistant = await createUser(db, {
    email: address('assistant'), name: 'Alan Demo', locale: 'en', passwordHash: assistantHash!, role: 'learner',
  })
  const row = await createClass(db, {
    name: 'Back-end engineering by hand', term: `Demo ${tag}`, timeZone: TIME_ZONE, graceDays: 5, joinCode: newJoinCode(),
  })
  const classId = row.id
  await addMember(db, { classId, userId: instructor.id, role: 'instructor' })
  await addMember(db, { classId, userId: assistant.id, role: 'assistant' })
  const sections = await createSections(db, classId, SECTIONS)
  const sectionIds = sections.map(({ id }) => id)
  const plan = planSets(exercises, TIME_ZONE, now)
  const joinedAt = new Date(plan[0]!.opensAt - 3 * DAY)
  const students = await createStudents(db, options.students, {
    classId, sectionIds, joinedAt, random, email: (number) => address(`s${String(number).padStart(3, '0')}`),
    passwordHash: studentHash!,
  })

  onStep(`${plan.length} problem sets`)
  const setIds: string[] = []
  for (const { items, opensAt, dueAt, closesAt, ...fields } of plan) {
    const dates = { opensAt: new Date(opensAt), dueAt: new Date(dueAt), closesAt: new Date(closesAt) }
    const rows = items.map(({ graded, points, kind }) => ({ exercise: graded.exercise.slug, points, kind }))
    const setId = await createSet(db, classId, { ...fields, ...dates }, rows)
    await setPublishedAt(db, setId, new Date(Math.min(opensAt - DAY, now)))
    setIds.push(setId)
  }
  for (const { exercise } of exercises) await keepVersion(db, toVersion(exercise))

  const submissions = drawSubmissions(students, plan, now, options.submissions, random)
  onStep(`${submissions.length} submissions`)
  await insertSubmissions(db, submissions)
  await insertProgress(db, students.map(({ id }) => id))
  await insertActiveDays(db, students.map(({ id }) => id))
  onStep('extensions, exemptions and marks by hand')
  await drawExceptions(db, { students, sectionIds, setIds, plan, instructorId: instructor.id, random })
  onStep('solutions that students share')
  await shareSolutions(db, students.map(({ id }) => id), random)
  onStep('statistics of the tables')
  await db.$executeRaw`analyze submissions`
  await db.$executeRaw`analyze verdicts`
  const accounts = [
    { role: 'instructor' as const, email: instructor.email, password: passwords.instructor },
    { role: 'assistant' as const, email: assistant.email, password: passwords.assistant },
    { role: 'student' as const, email: address('s001'), password: passwords.student },
  ]
  return { classId, submissions: submissions.length, accounts, instructorId: instructor.id }
}

interface Enrolment {
  classId: string
  sectionIds: string[]
  joinedAt: Date
  random: Random
  email: (number: number) => string
  passwordHash: string
}

async function createStudents(
  db: Queries, count: number, { classId, sectionIds, joinedAt, random, email, passwordHash }: Enrolment,
): Promise<DrawnStudent[]> {
  const users = await db.user.createManyAndReturn({
    data: Array.from({ length: count }, (_, index) => ({
      email: email(index + 1), name: drawName(random), passwordHash, createdAt: joinedAt,
      locale: random.next() < 0.2 ? 'zh' : 'en',
    })),
    select: { id: true },
  })
  await db.classMember.createMany({
    data: users.map(({ id }, index) => ({
      classId, userId: id, role: 'student' as const, sectionId: sectionIds[index % sectionIds.length]!, joinedAt,
      externalId: `m${String(100_001 + index * 7)}`,
    })),
  })
  return users.map(({ id }) => ({ id, skill: random.next(), diligence: Math.sqrt(random.next()) }))
}

function newPassword(): string {
  return randomUUID().replaceAll('-', '').slice(0, 16)
}
