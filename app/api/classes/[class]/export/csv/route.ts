import { z } from 'zod'
import { route } from '@/lib/http/route'
import { exportCsv } from '@/lib/learn/classes/export-csv'
import { attachment } from '../attachment'
import { EXPORT_LIMIT } from '../limit'

/** The gradebook as CSV. */
export const GET = route(
  { auth: 'viewer', params: z.object({ class: z.uuid() }), rateLimit: EXPORT_LIMIT },
  async ({ viewer, params }) => {
    const { name, text } = await exportCsv(viewer, params.class)
    return attachment(text, { name, type: 'text/csv; charset=utf-8' })
  },
)
