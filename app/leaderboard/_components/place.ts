import type { BoardQuery } from '@/lib/contract/leaderboard'
import type { BoardPlace } from '../../_leaderboard/board-place'

/** Everybody's board, or that of a topic, as a page's address asks for it. */
export function placeOf({ topic, span, day }: BoardQuery): BoardPlace {
  return { path: '/leaderboard', scope: { topic }, span, day }
}
