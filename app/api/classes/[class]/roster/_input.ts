import { z } from 'zod'
import { RosterBody, RosterReport } from '@/lib/contract/roster'
import { ROSTER } from '@/lib/http/body'

/** Importing a roster and asking what that would do are the same request: one count, one body, one report. */
export const ROSTER_REQUEST = {
  auth: 'viewer',
  rateLimit: { name: 'roster', per: 'viewer', limit: 60, windowSeconds: 600 },
  params: z.object({ class: z.uuid() }),
  body: RosterBody,
  bodyLimit: ROSTER,
  output: RosterReport,
} as const
