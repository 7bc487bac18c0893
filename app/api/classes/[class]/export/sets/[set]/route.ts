import { z } from 'zod'
import { route } from '@/lib/http/route'
import { exportZip } from '@/lib/learn/classes/export-zip'
import { attachment, streamOf } from '../../attachment'
import { EXPORT_LIMIT } from '../../limit'

/** The submissions that count in a set, as ZIP. */
export const GET = route(
  { auth: 'viewer', params: z.object({ class: z.uuid(), set: z.uuid() }), rateLimit: EXPORT_LIMIT },
  async ({ viewer, params }) => {
    const { name, chunks } = await exportZip(viewer, params.class, params.set)
    return attachment(streamOf(chunks), { name, type: 'application/zip' })
  },
)
