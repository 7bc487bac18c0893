import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { OverrideBody, OverrideView } from '@/lib/contract/marking'
import { route } from '@/lib/http/route'
import { overrideMark } from '@/lib/learn/classes/overrides'

/** Gives a mark by hand, or goes back to the computed one. Answers all changes of the cell, the latest first. */
export const POST = route(
  { auth: 'viewer', params: z.object({ class: Id }), body: OverrideBody, output: z.array(OverrideView), status: 201 },
  ({ viewer, params, body }) => overrideMark(viewer, params.class, body),
)
