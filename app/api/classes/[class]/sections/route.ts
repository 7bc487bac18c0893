import { z } from 'zod'
import { SectionBody } from '@/lib/contract/class'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { createSection } from '@/lib/learn/classes/sections'

/** Makes a section. */
export const POST = route(
  {
    auth: 'viewer',
    params: z.object({ class: Id }),
    body: SectionBody,
    output: z.strictObject({ id: z.string() }),
    status: 201,
  },
  ({ viewer, params, body }) => createSection(viewer, params.class, body.name),
)
