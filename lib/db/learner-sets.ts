import { TAKES_ATTEMPT } from './attempt-numbers'
import type { Queries } from './client'
import { Prisma } from './generated/client'
import { planned } from './planned'

/**
 * The published sets of a learner's classes with one of these exercises, opened or not, of classes where they are a
 * student and have not been removed; with all that concerns their terms. Those of archived classes concern nobody.
 *
 * One query after the other: this is asked within transactions, which have one connection, and most learners have no
 * such set, so that the first one is all.
 */
export async function listSetsOfLearner(db: Queries, userId: string, exercises: string[]) {
  const found = await db.$queryRaw<{ id: string }[]>(planned(Prisma.sql`
    select s.id::text from class_members m
    join classes c on c.id = m.class_id and c.archived_at is null
    join problem_sets s on s.class_id = c.id and s.published_at is not null
    where m.user_id = ${userId}::uuid and m.role = 'student' and m.removed_at is null and exists (
      select from problem_set_items i where i.set_id = s.id and i.exercise = any(${exercises}::text[]))`))
  if (found.length === 0) return []
  const student = { userId, role: 'student', removedAt: null } as const
  const sets = await db.problemSet.findMany({
    where: { id: { in: found.map(({ id }) => id) }, publishedAt: { not: null } }, orderBy: { id: 'asc' },
  })
  const inSets = { setId: { in: sets.map(({ id }) => id) } }
  const inClasses = { in: sets.map(({ classId }) => classId) }
  const items = await db.problemSetItem.findMany({ where: inSets, orderBy: { position: 'asc' } })
  const exceptions = await db.setException.findMany({
    where: { ...inSets, OR: [{ userId }, { section: { members: { some: student } } }] },
  })
  const classes = await db.class.findMany({ where: { id: inClasses }, select: { id: true, timeZone: true } })
  const places = await db.classMember.findMany({
    where: { ...student, classId: inClasses }, select: { classId: true, sectionId: true },
  })
  const zones = new Map(classes.map(({ id, timeZone }) => [id, timeZone]))
  const sections = new Map(places.map(({ classId, sectionId }) => [classId, sectionId]))
  return sets.flatMap((set) => {
    const timeZone = zones.get(set.classId)
    // The class or the place in it went between two queries.
    if (timeZone === undefined || !sections.has(set.classId)) return []
    return [{
      ...set,
      items: items.filter(({ setId }) => setId === set.id),
      exceptions: exceptions.filter(({ setId }) => setId === set.id),
      timeZone,
      sectionId: sections.get(set.classId) ?? null,
    }]
  })
}

/** A set as `listSetsOfLearner` finds it. */
export type LearnerSetRow = Awaited<ReturnType<typeof listSetsOfLearner>>[number]

export interface AttemptRow {
  exercise: string
  submittedAt: Date
}

/** The attempts of a learner at these exercises from a moment on, oldest first, also those without a verdict yet. */
export function listAttemptTimes(db: Queries, userId: string, exercises: string[], from: Date): Promise<AttemptRow[]> {
  return db.$queryRaw<AttemptRow[]>`
    select s.exercise, s.submitted_at as "submittedAt"
    from submissions s left join verdicts v on v.submission_id = s.id
    where s.user_id = ${userId}::uuid and s.exercise = any(${exercises}::text[]) and s.submitted_at >= ${from}
      and coalesce(${TAKES_ATTEMPT}, true)
    order by s.submitted_at, s.id`
}
