import type { Viewer } from '@/lib/contract/account'
import type { Locale } from '@/lib/contract/localized'
import { isProblemError } from '@/lib/contract/problem'
import type { DraftView, ListedSubmission } from '@/lib/contract/submission'
import { findDraft } from '@/lib/learn/drafts'
import { listSubmissions } from '@/lib/learn/submissions'

export interface OwnWork {
  draft: DraftView | null | 'unknown'
  submissions: ListedSubmission[] | null
}

/** The viewer's draft and submissions of an exercise. A database that is away does not take the page away. */
export async function findOwnWork(viewer: Viewer | null, exercise: string, locale: Locale): Promise<OwnWork> {
  if (!viewer) return { draft: null, submissions: [] }
  try {
    const [draft, submissions] = await Promise.all([
      findDraft(viewer.id, exercise),
      listSubmissions(viewer.id, { exercise }, locale),
    ])
    return { draft, submissions }
  } catch (error) {
    if (isProblemError(error) && error.code === 'service-unavailable') return { draft: 'unknown', submissions: null }
    throw error
  }
}
