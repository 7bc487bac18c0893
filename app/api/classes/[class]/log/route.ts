import { z } from 'zod'
import { ClassLogKind, ClassLogPage } from '@/lib/contract/class-log'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { listClassLog } from '@/lib/learn/classes/class-log'

/** Who did what in the class, a page at a time. */
export const GET = route(
  {
    auth: 'viewer',
    params: z.object({ class: Id }),
    query: z.strictObject({ kind: ClassLogKind.optional(), before: Id.optional() }),
    output: ClassLogPage,
  },
  ({ viewer, params, query }) => listClassLog(viewer, params.class, query),
)
