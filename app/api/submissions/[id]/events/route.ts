import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { eventStream } from '@/lib/http/event-stream'
import { found } from '@/lib/http/found'
import { route } from '@/lib/http/route'
import { submissionEvents } from '@/lib/learn/submission-events'
import { findSubmission } from '@/lib/learn/submissions'

/** The states of one of the viewer's own submissions as server-sent events: the present one first, the verdict last. */
export const GET = route(
  { auth: 'viewer', params: z.object({ id: Id }) },
  async ({ request, viewer, params: { id }, locale }) => {
    found(await findSubmission(viewer.id, id, locale), 'submission')
    return eventStream(request, {
      owner: viewer.id,
      values: (signal) => submissionEvents(viewer.id, id, locale, signal),
      isLast: ({ state }) => state === 'done',
    })
  },
)
