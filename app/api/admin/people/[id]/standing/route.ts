import { z } from 'zod'
import { forgetViewer } from '@/lib/auth/find-viewer'
import { Person } from '@/lib/contract/account'
import { Id } from '@/lib/contract/id'
import { StandingBody, StandingView } from '@/lib/contract/leaderboard'
import { route } from '@/lib/http/route'
import { changeStanding, getStanding } from '@/lib/learn/leaderboards/standing'

const params = z.object({ id: Id })

/** What there is to know before somebody's standing is changed. */
export const GET = route({ auth: 'admin', params, output: StandingView }, ({ params: { id } }) => getStanding(id))

/** Suspends somebody else, keeps them off leaderboards, or lifts that. */
export const PUT = route(
  { auth: 'admin', params, body: StandingBody, output: Person },
  async ({ viewer, params: { id }, body }) => {
    const person = await changeStanding(viewer.id, id, body)
    forgetViewer(id)
    return person
  },
)
