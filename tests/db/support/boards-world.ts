import { randomUUID } from 'node:crypto'
import type { Database } from '@/lib/db/client'
import type { useTopics } from './boards-content'

/** Draws from a list or below a number, by the numbers of a step; an empty list gives undefined. */
export interface Pick {
  <T>(list: readonly T[]): T | undefined
  number(below: number): number
}

export interface World {
  db: Database
  content: ReturnType<typeof useTopics>
  adminId: string
  /** Accounts that there are. */
  users: string[]
  classes: { id: string; instructor: { id: string; role: 'learner' }; code: string }[]
}

/** Does something, if there is something to do it to. @returns false when there was not */
export type Step = (world: World, pick: Pick) => Promise<boolean | void>

/** Learners and classes with students, sections and sets, in a database that is empty otherwise. */
export async function newWorld(db: Database, content: World['content'], { users = 8, classes = 2 } = {}): Promise<World> {
  const everything = ['user', 'class', 'regrade', 'exerciseVersion', 'board', 'boardExercise'] as const
  for (const table of everything) await (db[table] as Database['user']).deleteMany({})
  const admin = await db.user.create({ data: { email: `${randomUUID()}@example.org`, name: 'Admin', role: 'admin' } })
  const world: World = { db, content, adminId: admin.id, users: [], classes: [] }
  for (let index = 0; index < users; index++) await addUser(world)
  for (let index = 0; index < classes; index++) await addClass(world, index)
  return world
}

export async function addUser({ db, users }: World): Promise<string> {
  const handle = `l${randomUUID().slice(0, 12)}`
  const { id } = await db.user.create({
    data: { email: `${handle}@example.org`, name: handle, handle, onBoards: users.length % 3 !== 0 },
  })
  users.push(id)
  return id
}

async function addClass({ db, users, classes }: World, index: number): Promise<void> {
  const instructor = await db.user.create({ data: { email: `${randomUUID()}@example.org`, name: 'Instructor' } })
  const code = randomUUID().replaceAll('-', '').toUpperCase()
  const { id } = await db.class.create({
    data: {
      name: 'Back ends', timeZone: 'UTC', joinCode: code, boardMode: index === 0 ? 'names' : 'off',
      members: {
        create: [
          { userId: instructor.id, role: 'instructor' },
          ...users.slice(index, index + 5).map((userId) => ({ userId, role: 'student' as const })),
        ],
      },
      sections: { create: [{ name: 'Monday' }, { name: 'Tuesday' }] },
    },
  })
  const [opensAt, dueAt, closesAt] = ['2026-01-01', '2026-03-01', '2026-03-02'].map((day) => new Date(day)) as [Date, Date, Date]
  await db.problemSet.create({
    data: {
      classId: id, title: 'Week', opensAt, dueAt, closesAt, latePolicy: { kind: 'none' }, publishedAt: opensAt, onBoards: true,
      items: { create: ['lru', 'fifo'].map((exercise, position) => ({ exercise, position, points: 5 })) },
    },
  })
  classes.push({ id, instructor: { id: instructor.id, role: 'learner' }, code })
}
