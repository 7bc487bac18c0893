import type { Queries } from './client'
import type { Prisma } from './generated/client'

const WHOLE = {
  items: { orderBy: { position: 'asc' } },
  exceptions: { orderBy: { id: 'asc' } },
} satisfies Prisma.ProblemSetInclude

/** A problem set with its exercises in order and all of its exceptions. */
export type SetRow = Prisma.ProblemSetGetPayload<{ include: typeof WHOLE }>
export type SetItemRow = SetRow['items'][number]
export type SetExceptionRow = SetRow['exceptions'][number]

/** What an instructor decides of a set; its exercises come apart. */
export type SetFields = Pick<SetRow,
  | 'title' | 'intro' | 'opensAt' | 'dueAt' | 'closesAt' | 'attemptLimit' | 'coolDownSeconds' | 'reveal' | 'pickCount'
> & { latePolicy: Prisma.InputJsonObject }

/** The place of an item is its place in the list. */
export type SetItemFields = Pick<SetItemRow, 'exercise' | 'points' | 'kind'>

/** The sets of a class in order of their due times. @param published only these, or only drafts; all without it */
export function listSetRows(
  db: Queries, classId: string, { published }: { published?: boolean } = {},
): Promise<SetRow[]> {
  const state = published === undefined ? {} : { publishedAt: published ? { not: null } : null }
  const orderBy = [{ dueAt: 'asc' }, { id: 'asc' }] satisfies Prisma.ProblemSetOrderByWithRelationInput[]
  return db.problemSet.findMany({ where: { classId, ...state }, include: WHOLE, orderBy })
}

/** One set, if it is of this class. */
export function findSetRow(db: Queries, classId: string, setId: string): Promise<SetRow | null> {
  return db.problemSet.findFirst({ where: { id: setId, classId }, include: WHOLE })
}

/** Locks a set until the transaction ends, so that two who change it do so one after the other. */
export async function lockSet(db: Queries, classId: string, setId: string): Promise<void> {
  await db.$queryRaw`
    select 1 as locked from problem_sets where id = ${setId}::uuid and class_id = ${classId}::uuid for update`
}

/** Stores a draft. @returns its id */
export async function createSet(
  db: Queries, classId: string, fields: SetFields, items: readonly SetItemFields[],
): Promise<string> {
  const set = await db.problemSet.create({
    data: { classId, ...fields, items: { create: items.map((item, position) => ({ ...item, position })) } },
    select: { id: true },
  })
  return set.id
}

/**
 * Changes a set. Items keep their ids by exercise, and with them the marks that were given by hand; those that are gone
 * take theirs along.
 */
export async function updateSet(
  db: Queries, set: Pick<SetRow, 'id' | 'items'>, fields: SetFields, items: readonly SetItemFields[],
): Promise<void> {
  await db.problemSet.update({ where: { id: set.id }, data: { ...fields, updatedAt: new Date() } })
  const exercises = items.map(({ exercise }) => exercise)
  await db.problemSetItem.deleteMany({ where: { setId: set.id, exercise: { notIn: exercises } } })
  const kept = new Map(set.items.map((item) => [item.exercise, item]))
  for (const [position, item] of items.entries()) {
    const before = kept.get(item.exercise)
    if (!before) await db.problemSetItem.create({ data: { ...item, setId: set.id, position } })
    else if (before.position !== position || before.points !== item.points || before.kind !== item.kind) {
      const { points, kind } = item
      await db.problemSetItem.update({ where: { id: before.id }, data: { points, kind, position } })
    }
  }
}

export async function setPublishedAt(db: Queries, setId: string, publishedAt: Date): Promise<void> {
  await db.problemSet.update({ where: { id: setId }, data: { publishedAt, updatedAt: new Date() } })
}

/** Deletes a set with its exceptions and the marks that were given by hand; submissions stay. */
export async function deleteSet(db: Queries, setId: string): Promise<void> {
  await db.problemSet.delete({ where: { id: setId } })
}

/** The class of a set; the caller checks who may know. */
export async function findClassOfSet(db: Queries, setId: string): Promise<string | null> {
  return (await db.problemSet.findUnique({ where: { id: setId }, select: { classId: true } }))?.classId ?? null
}

/** How many sets a class has, drafts included. */
export function countSets(db: Queries, classId: string): Promise<number> {
  return db.problemSet.count({ where: { classId } })
}
