import { z } from 'zod'
import type { DraftView } from '@/lib/contract/submission'

/** Both texts that a learner writes for one exercise. */
export interface DraftTexts {
  source: string
  ownTests: string
}

/** A draft as this browser keeps it. */
export const LocalDraft = z.object({
  source: z.string(),
  ownTests: z.string(),
  /** When it was typed, milliseconds since 1970. */
  editedAt: z.number(),
  /** `updatedAt` of the server's copy that this one was last equal to or grew out of; null when there was none. */
  base: z.string().nullable(),
  /** Whether something was typed since then. */
  dirty: z.boolean(),
})
export type LocalDraft = z.infer<typeof LocalDraft>

export interface Reconciled {
  /** What the editor shows; null means the starter. */
  use: LocalDraft | null
  /** The copy that lost, to be kept and offered. */
  other: DraftTexts | null
}

/**
 * Decides between this browser's copy and the server's. A copy that only lags behind yields silently. If both went on
 * from the same point, the newest wins and the other is kept.
 */
export function reconcile(local: LocalDraft | null, server: DraftView | null): Reconciled {
  if (!server) return { use: local && { ...local, base: null, dirty: true }, other: null }
  const fromServer: LocalDraft = {
    source: server.source,
    ownTests: server.ownTests,
    editedAt: Date.parse(server.updatedAt),
    base: server.updatedAt,
    dirty: false,
  }
  if (!local || sameTexts(local, server)) return { use: fromServer, other: null }
  if (local.base === server.updatedAt) return { use: { ...local, dirty: true }, other: null }
  if (!local.dirty) return { use: fromServer, other: null }
  if (local.editedAt >= fromServer.editedAt) {
    return { use: { ...local, base: server.updatedAt }, other: textsOf(server) }
  }
  return { use: fromServer, other: textsOf(local) }
}

export function sameTexts(a: DraftTexts, b: DraftTexts): boolean {
  return a.source === b.source && a.ownTests === b.ownTests
}

function textsOf({ source, ownTests }: DraftTexts): DraftTexts {
  return { source, ownTests }
}
