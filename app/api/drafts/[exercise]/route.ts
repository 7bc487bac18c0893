import { z } from 'zod'
import { Slug } from '@/lib/contract/exercise'
import { DraftBody, DraftView } from '@/lib/contract/submission'
import { SOURCES } from '@/lib/http/body'
import { route } from '@/lib/http/route'
import { findDraft, saveDraft } from '@/lib/learn/drafts'

const params = z.object({ exercise: Slug })

/** What the viewer has typed for the exercise; null when nothing is kept. */
export const GET = route(
  { auth: 'viewer', params, output: DraftView.nullable() },
  ({ viewer, params: { exercise } }) => findDraft(viewer.id, exercise),
)

/** Keeps what the viewer has typed. */
export const PUT = route(
  {
    auth: 'viewer',
    rateLimit: { name: 'draft', per: 'viewer', limit: 120, windowSeconds: 60 },
    params,
    body: DraftBody,
    bodyLimit: SOURCES,
    output: DraftView,
  },
  ({ viewer, params: { exercise }, body }) => saveDraft(viewer.id, exercise, body),
)
