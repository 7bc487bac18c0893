import type { Queries } from './client'
import type { Draft } from './generated/client'

export type { Draft }

export interface DraftContent {
  source: string
  ownTests: string
}

export function findDraft(db: Queries, userId: string, exercise: string): Promise<Draft | null> {
  return db.draft.findUnique({ where: { userId_exercise: { userId, exercise } } })
}

export async function saveDraft(db: Queries, userId: string, exercise: string, content: DraftContent): Promise<void> {
  const { source, ownTests } = content
  await db.draft.upsert({
    where: { userId_exercise: { userId, exercise } },
    create: { userId, exercise, source, ownTests },
    update: { source, ownTests, updatedAt: new Date() },
  })
}
