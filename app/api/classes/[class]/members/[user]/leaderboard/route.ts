import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { OffBoardsBody } from '@/lib/contract/leaderboard'
import { route } from '@/lib/http/route'
import { setOffBoards } from '@/lib/learn/leaderboards/class-choices'

/** Keeps a student off the leaderboards of the class, or lets them back on. */
export const PUT = route(
  { auth: 'viewer', params: z.object({ class: Id, user: Id }), body: OffBoardsBody, output: OffBoardsBody },
  ({ viewer, params, body }) => setOffBoards(viewer, params.class, params.user, body.offBoards),
)
