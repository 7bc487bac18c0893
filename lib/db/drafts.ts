import type { Queries } from './client'
import type { Draft } from './generated/client'

export type { Draft }

export interface DraftContent {
  source: string
  ownTests: string
}

/** The draft, or null. */
export function findDraft(db: Queries, userId: string, exercise: string): Promise<Draft | null> {
  return db.draft.findUnique({ where: { userId_exercise: { userId, exercise } } })
}

/** Keeps the draft in place of the one before, and returns it with the time of keeping. */
export function saveDraft(db: Queries, userId: string, exercise: string, content: DraftContent): Promise<Draft> {
  const { source, ownTests } = content
  return db.draft.upsert({
    where: { userId_exercise: { userId, exercise } },
    create: { userId, exercise, source, ownTests },
    update: { source, ownTests, updatedAt: new Date() },
  })
}
