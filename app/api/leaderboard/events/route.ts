import { BoardQuery } from '@/lib/contract/leaderboard'
import { clientAddress } from '@/lib/http/address'
import { eventStream } from '@/lib/http/event-stream'
import { route } from '@/lib/http/route'
import { publicBoardEvents } from '@/lib/learn/leaderboards/board-events'
import { publicBoard } from '@/lib/learn/leaderboards/public-board'

/**
 * Everybody's board as server-sent events: as it is, then each time it has changed. How many streams a visitor may hold
 * goes by the address.
 */
export const GET = route({ auth: 'optional', query: BoardQuery }, async ({ request, viewer, query }) => {
  const viewerId = viewer?.id ?? null
  // A board that does not exist is answered as such, and not by a stream that breaks.
  await publicBoard(viewerId, query)
  return eventStream(request, {
    owner: viewerId ?? `ip:${clientAddress(request.headers)}`,
    values: (signal) => publicBoardEvents(viewerId, query, signal),
    isLast: () => false,
  })
})
