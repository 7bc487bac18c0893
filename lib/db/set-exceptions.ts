import type { Queries } from './client'
import type { SetException } from './generated/client'

/** What somebody is granted; null leaves what the set says. */
export type ExceptionFields = Pick<SetException, 'dueAt' | 'closesAt' | 'attemptLimit' | 'exempt' | 'reason'>

/** Exactly one of the two. */
export type ExceptionTarget = { userId: string } | { sectionId: string }

export interface NamedException extends SetException {
  user: { name: string; email: string } | null
  section: { name: string } | null
}

/** The exceptions of a set, the latest first. */
export function listExceptions(db: Queries, setId: string): Promise<NamedException[]> {
  return db.setException.findMany({
    where: { setId },
    include: { user: { select: { name: true, email: true } }, section: { select: { name: true } } },
    orderBy: { id: 'desc' },
  })
}

/** Grants an exception in the place of what they had: it is a new one, of this moment. Hold the set. */
export async function putException(
  db: Queries, setId: string, target: ExceptionTarget, fields: ExceptionFields,
): Promise<void> {
  await db.setException.deleteMany({ where: { setId, ...target } })
  await db.setException.create({ data: { setId, ...target, ...fields } })
}

/** The same for many students at once; each is named once. */
export async function putStudentExceptions(
  db: Queries, setId: string, granted: readonly (ExceptionFields & { userId: string })[],
): Promise<void> {
  await db.setException.deleteMany({ where: { setId, userId: { in: granted.map(({ userId }) => userId) } } })
  await db.setException.createMany({ data: granted.map((each) => ({ ...each, setId })) })
}

/** @returns what was removed, or null when the set has no such exception */
export async function removeException(db: Queries, setId: string, id: string): Promise<SetException | null> {
  const found = await db.setException.findFirst({ where: { id, setId } })
  if (found) await db.setException.delete({ where: { id } })
  return found
}
