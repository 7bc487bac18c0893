import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { attachment, streamOf } from '@/lib/http/attachment'
import { route } from '@/lib/http/route'
import { exportZip } from '@/lib/learn/classes/export-zip'

/** The submissions that count in a set, as ZIP. */
export const GET = route(
  { auth: 'viewer', params: z.object({ class: Id, set: Id }) },
  async ({ viewer, params }) => {
    const { name, chunks } = await exportZip(viewer, params.class, params.set)
    return attachment(streamOf(chunks), { name, type: 'application/zip' })
  },
)
