import { z } from 'zod'
import { RosterBody, RosterReport } from '@/lib/contract/roster'
import { ROSTER } from '@/lib/http/body'
import { route } from '@/lib/http/route'
import { previewRoster } from '@/lib/learn/classes/roster'

/** What importing a roster would do, with every problem by line. Changes nothing. */
export const POST = route(
  {
    auth: 'viewer',
    rateLimit: { name: 'roster', per: 'viewer', limit: 60, windowSeconds: 600 },
    params: z.object({ class: z.uuid() }),
    body: RosterBody,
    bodyLimit: ROSTER,
    output: RosterReport,
  },
  ({ viewer, params, body }) => previewRoster(viewer, params.class, body.csv),
)
