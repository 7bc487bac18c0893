import { z } from 'zod'
import { RosterBody, RosterReport } from '@/lib/contract/roster'
import { ROSTER } from '@/lib/http/body'
import { route } from '@/lib/http/route'
import { importRoster } from '@/lib/learn/classes/roster'

/** Imports a roster; with any problem, nothing of it. */
export const POST = route(
  {
    auth: 'viewer',
    rateLimit: { name: 'roster', per: 'viewer', limit: 60, windowSeconds: 600 },
    params: z.object({ class: z.uuid() }),
    body: RosterBody,
    bodyLimit: ROSTER,
    output: RosterReport,
  },
  ({ viewer, params, body }) => importRoster(viewer, params.class, body.csv),
)
