import { z } from 'zod'
import { BoardView, ClassBoardQuery } from '@/lib/contract/leaderboard'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { classBoard } from '@/lib/learn/leaderboards/class-board'

/** The board of a class, or of a section or set of it, as the viewer may see it. */
export const GET = route(
  { auth: 'viewer', params: z.object({ class: Id }), query: ClassBoardQuery, output: BoardView },
  ({ viewer, params, query }) => classBoard(viewer, params.class, query),
)
