import { z } from 'zod'
import { ArchiveBody, ClassView } from '@/lib/contract/class'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { archiveClass } from '@/lib/learn/classes/settings'

/** Archives a class, or brings it back. */
export const PUT = route(
  { auth: 'viewer', params: z.object({ class: Id }), body: ArchiveBody, output: ClassView },
  ({ viewer, params, body }) => archiveClass(viewer, params.class, body.archived),
)
