import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { attachment, streamOf } from '@/lib/http/attachment'
import { route } from '@/lib/http/route'
import { exportJson } from '@/lib/learn/classes/export-json'

/** Everything of a class as JSON. */
export const GET = route(
  { auth: 'viewer', params: z.object({ class: Id }) },
  async ({ viewer, params }) => {
    const { name, chunks } = await exportJson(viewer, params.class)
    return attachment(streamOf(chunks), { name, type: 'application/json; charset=utf-8' })
  },
)
