import { z } from 'zod'
import { AssignBody, ClassPeople } from '@/lib/contract/class'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { assignSection, listPeople } from '@/lib/learn/classes/people'

const params = z.object({ class: Id })

/** Everybody who is or was in the class, its sections, and the places that it keeps. */
export const GET = route(
  { auth: 'viewer', params, output: ClassPeople },
  ({ viewer, params }) => listPeople(viewer, params.class),
)

/** Puts students into a section, or into none. */
export const PUT = route(
  {
    auth: 'viewer',
    params,
    body: AssignBody,
    bodyLimit: { bytes: 64 * 1024, code: 'body-too-large', rule: 'The body may have at most 64 KiB' },
    output: z.strictObject({ assigned: z.int() }),
  },
  ({ viewer, params, body }) => assignSection(viewer, params.class, body),
)
