import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { OverrideView, UndoBody } from '@/lib/contract/marking'
import { route } from '@/lib/http/route'
import { undoOverride } from '@/lib/learn/classes/overrides'

/** Takes the latest change of a mark back. Answers all changes of the cell, the latest first. */
export const POST = route(
  {
    auth: 'viewer', params: z.object({ class: Id, override: Id }), body: UndoBody,
    output: z.array(OverrideView), status: 201,
  },
  ({ viewer, params, body }) => undoOverride(viewer, params.class, params.override, body),
)
