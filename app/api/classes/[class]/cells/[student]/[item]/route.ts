import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { CellView } from '@/lib/contract/marking'
import { route } from '@/lib/http/route'
import { getCell } from '@/lib/learn/classes/cell'

/** One student's work on one exercise of a set; for the staff of the class. */
export const GET = route(
  { auth: 'viewer', params: z.object({ class: Id, student: Id, item: Id }), output: CellView },
  ({ viewer, params }) => getCell(viewer, params.class, params.student, params.item),
)
