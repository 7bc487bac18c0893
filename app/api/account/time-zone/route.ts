import { ProfileSettings, TimeZoneBody } from '@/lib/contract/profile'
import { route } from '@/lib/http/route'
import { saveTimeZone } from '@/lib/learn/profile'

/** Chooses the time zone in which the viewer's active days are counted. */
export const PUT = route(
  {
    auth: 'viewer',
    rateLimit: { name: 'time-zone', per: 'viewer', limit: 30, windowSeconds: 3600 },
    body: TimeZoneBody,
    output: ProfileSettings,
  },
  ({ viewer, body }) => saveTimeZone(viewer.id, body.timeZone),
)
