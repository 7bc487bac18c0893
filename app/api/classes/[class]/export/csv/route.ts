import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { attachment } from '@/lib/http/attachment'
import { route } from '@/lib/http/route'
import { exportCsv } from '@/lib/learn/classes/export-csv'

/** The gradebook as CSV. */
export const GET = route(
  { auth: 'viewer', params: z.object({ class: Id }) },
  async ({ viewer, params }) => {
    const { name, text } = await exportCsv(viewer, params.class)
    return attachment(text, { name, type: 'text/csv; charset=utf-8' })
  },
)
