import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { ClassBoardQuery } from '@/lib/contract/leaderboard'
import { eventStream } from '@/lib/http/event-stream'
import { route } from '@/lib/http/route'
import { classBoardEvents } from '@/lib/learn/leaderboards/board-events'
import { classBoard } from '@/lib/learn/leaderboards/class-board'

/** A board of a class as server-sent events: as it is, then each time it has changed for the viewer. */
export const GET = route(
  { auth: 'viewer', params: z.object({ class: Id }), query: ClassBoardQuery },
  async ({ request, viewer, params, query }) => {
    // Whoever may not see it is told so, and not by a stream that breaks.
    await classBoard(viewer, params.class, query)
    return eventStream(request, {
      owner: viewer.id,
      values: (signal) => classBoardEvents(viewer, params.class, query, signal),
      isLast: () => false,
    })
  },
)
