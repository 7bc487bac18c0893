import { z } from 'zod'
import { route } from '@/lib/http/route'
import { exportJson } from '@/lib/learn/classes/export-json'
import { attachment, streamOf } from '../attachment'
import { EXPORT_LIMIT } from '../limit'

/** Everything of a class as JSON. */
export const GET = route(
  { auth: 'viewer', params: z.object({ class: z.uuid() }), rateLimit: EXPORT_LIMIT },
  async ({ viewer, params }) => {
    const { name, chunks } = await exportJson(viewer, params.class)
    return attachment(streamOf(chunks), { name, type: 'application/json; charset=utf-8' })
  },
)
