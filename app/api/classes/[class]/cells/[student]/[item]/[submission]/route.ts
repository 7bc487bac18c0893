import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { CellSource } from '@/lib/contract/marking'
import { route } from '@/lib/http/route'
import { getCellSource } from '@/lib/learn/classes/cell'

/** One submission of a cell, with its source and the comments on it; for the staff of the class. */
export const GET = route(
  {
    auth: 'viewer', output: CellSource,
    params: z.object({ class: Id, student: Id, item: Id, submission: Id }),
  },
  ({ viewer, params }) => getCellSource(viewer, params.class, params),
)
