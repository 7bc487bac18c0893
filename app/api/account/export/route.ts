import { attachment, streamOf } from '@/lib/http/attachment'
import { route } from '@/lib/http/route'
import { exportAccount } from '@/lib/learn/account-export'

/** Everything that the site keeps about the viewer, as a file. */
export const GET = route(
  { auth: 'viewer', rateLimit: { name: 'account-export', per: 'viewer', limit: 10, windowSeconds: 3600 } },
  async ({ viewer }) => {
    const { name, chunks } = await exportAccount(viewer.id)
    return attachment(streamOf(chunks), { name, type: 'application/json; charset=utf-8' })
  },
)
