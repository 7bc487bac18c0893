import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { RosterBody, RosterReport } from '@/lib/contract/roster'
import { ROSTER } from '@/lib/http/body'

/** Importing a roster and asking what that would do are the same request: one body, one report. */
export const ROSTER_REQUEST = {
  auth: 'viewer',
  params: z.object({ class: Id }),
  body: RosterBody,
  bodyLimit: ROSTER,
  output: RosterReport,
} as const
