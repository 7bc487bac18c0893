import type { DraftBody, DraftView } from '@/lib/contract/submission'
import * as drafts from '@/lib/db/drafts'
import { withDatabase } from './database'
import { getExercise } from './exercise-lookup'
import { assertStorable } from './source-size'

/** What the user has typed for the exercise and not necessarily submitted; null when there is nothing. */
export async function findDraft(userId: string, exercise: string): Promise<DraftView | null> {
  const draft = await withDatabase((db) => drafts.findDraft(db, userId, exercise))
  return draft && toDraftView(draft)
}

/**
 * Keeps what the user has typed; it replaces what was kept before.
 * @throws ProblemError `source-too-large`, `bad-request` or `not-found`
 */
export async function saveDraft(userId: string, exercise: string, draft: DraftBody): Promise<DraftView> {
  assertStorable(draft.source, 'source')
  assertStorable(draft.ownTests, 'test file')
  const { slug } = await getExercise(exercise)
  return toDraftView(await withDatabase((db) => drafts.saveDraft(db, userId, slug, draft)))
}

function toDraftView({ source, ownTests, updatedAt }: drafts.Draft): DraftView {
  return { source, ownTests, updatedAt: updatedAt.toISOString() }
}
