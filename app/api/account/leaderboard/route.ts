import { OnBoardsBody } from '@/lib/contract/leaderboard'
import { route } from '@/lib/http/route'
import { chooseOnBoards } from '@/lib/learn/leaderboards/choices'

/** Chooses whether the viewer stands on everybody's leaderboards. Limited, as all their places follow. */
export const PUT = route(
  {
    auth: 'viewer',
    rateLimit: { name: 'on-boards', per: 'viewer', limit: 30, windowSeconds: 3600 },
    body: OnBoardsBody,
    output: OnBoardsBody,
  },
  ({ viewer, body }) => chooseOnBoards(viewer.id, body.onBoards),
)
