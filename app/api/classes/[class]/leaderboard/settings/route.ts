import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { ClassBoardsBody } from '@/lib/contract/leaderboard'
import { route } from '@/lib/http/route'
import { saveClassBoards } from '@/lib/learn/leaderboards/class-choices'

/** Chooses what students see of each other on the leaderboards of the class. */
export const PUT = route(
  { auth: 'viewer', params: z.object({ class: Id }), body: ClassBoardsBody, output: ClassBoardsBody },
  ({ viewer, params, body }) => saveClassBoards(viewer, params.class, body),
)
