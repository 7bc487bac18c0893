import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { AliasOnlyBody } from '@/lib/contract/leaderboard'
import { route } from '@/lib/http/route'
import { chooseAliasOnly } from '@/lib/learn/leaderboards/class-choices'

/** Chooses whether the viewer has no name on the leaderboards of the class. */
export const PUT = route(
  {
    auth: 'viewer',
    rateLimit: { name: 'class-alias', per: 'viewer', limit: 60, windowSeconds: 3600 },
    params: z.object({ class: Id }),
    body: AliasOnlyBody,
    output: AliasOnlyBody,
  },
  ({ viewer, params, body }) => chooseAliasOnly(viewer, params.class, body.aliasOnly),
)
