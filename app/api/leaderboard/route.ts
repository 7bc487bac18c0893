import { BoardQuery, BoardView } from '@/lib/contract/leaderboard'
import { route } from '@/lib/http/route'
import { publicBoard } from '@/lib/learn/leaderboards/public-board'

/** Everybody's board, or that of a topic: 50 rows from a position on, and the viewer's own place. */
export const GET = route(
  { auth: 'optional', query: BoardQuery, output: BoardView },
  ({ viewer, query }) => publicBoard(viewer?.id ?? null, query),
)
