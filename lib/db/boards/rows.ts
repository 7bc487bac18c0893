import type { Queries } from '../client'
import { countedVerdicts } from '../counted-verdicts'
import { Prisma } from '../generated/client'
import type { BoardKey } from './boards'
import { countedGains } from './due-entries'

/* Who stands on boards, and what their places rest on. */

export interface BoardPerson {
  userId: string
  handle: string | null
  profilePublic: boolean
}

/** What everybody's boards call these people. */
export function listBoardPeople(db: Queries, userIds: readonly string[]): Promise<BoardPerson[]> {
  return db.$queryRaw<BoardPerson[]>`
    select id::text as "userId", handle, profile_public as "profilePublic" from users where id = any(${userIds}::uuid[])`
}

export interface BoardStudent {
  userId: string
  name: string
  alias: number | null
  aliasOnly: boolean
}

/** What the boards of a class call these students. */
export function listBoardStudents(db: Queries, classId: string, userIds: readonly string[]): Promise<BoardStudent[]> {
  return db.$queryRaw<BoardStudent[]>`
    select m.user_id::text as "userId", coalesce(m.name, u.name) as name, m.alias, m.alias_only as "aliasOnly"
    from class_members m join users u on u.id = m.user_id
    where m.class_id = ${classId}::uuid and m.user_id = any(${userIds}::uuid[])`
}

/** The student of a class with a pseudonym. */
export async function findStudentByAlias(db: Queries, classId: string, alias: number): Promise<string | null> {
  const row = await db.classMember.findUnique({ where: { classId_alias: { classId, alias } }, select: { userId: true } })
  return row?.userId ?? null
}

export interface CountedExercise {
  exercise: string
  points: number
  at: Date
  /** Of the exercise: hash of the files whose tests gave the points. */
  version: string
}

/** The exercises that count for somebody on a board, the latest first. @param classId of the class whose board it is */
export function listCountedExercises(
  db: Queries, { scope, of, span, starts }: BoardKey, userId: string, classId: string | null,
): Promise<CountedExercise[]> {
  const due = classId === null
    ? { everyone: Prisma.sql`g.user_id = ${userId}::uuid`, classes: Prisma.sql`false` }
    : { everyone: null, classes: Prisma.sql`m.user_id = ${userId}::uuid and c.id = ${classId}::uuid` }
  const isCounted = Prisma.sql`s.id in (select id from counted)`
  return db.$queryRaw<CountedExercise[]>`
    with counted as materialized (
      select exercise, sum(points)::int as points, max(at) as at,
        (array_agg(submission_id order by at desc, submission_id desc))[1] as id
      from (${countedGains(due)}) gains
      where scope = ${scope}::board_scope and of = ${of} and span = ${span}::board_span and starts = ${starts}::date
      group by exercise
    ), verdicts_that_count as (${countedVerdicts(isCounted)})
    select c.exercise, c.points, c.at, v.version_hash as version
    from counted c join verdicts_that_count v using (id)
    order by c.at desc, c.exercise`
}
