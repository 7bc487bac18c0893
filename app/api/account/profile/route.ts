import { ProfileBody, ProfileSettings } from '@/lib/contract/profile'
import { route } from '@/lib/http/route'
import { saveProfile } from '@/lib/learn/profile'

/** Chooses the handle, and who may see the profile. Limited, as it tells which handles are taken. */
export const PUT = route(
  {
    auth: 'viewer',
    rateLimit: { name: 'profile', per: 'viewer', limit: 30, windowSeconds: 3600 },
    body: ProfileBody,
    output: ProfileSettings,
  },
  ({ viewer, body }) => saveProfile(viewer.id, body),
)
