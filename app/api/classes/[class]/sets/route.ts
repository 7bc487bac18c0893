import { z } from 'zod'
import { SetBody, SetPlace, SetView } from '@/lib/contract/problem-set'
import { route } from '@/lib/http/route'
import { createSet } from '@/lib/learn/classes/set-changes'
import { listSets } from '@/lib/learn/classes/sets'
import { CLASS_PATH, SETS } from './_input'

/** The sets of a class that the viewer may see; students get those that are published, with their own dates. */
export const GET = route(
  { auth: 'viewer', params: CLASS_PATH, output: z.array(SetView) },
  ({ viewer, params }) => listSets(viewer, params.class),
)

/** Stores a new draft. */
export const POST = route(
  { auth: 'viewer', params: CLASS_PATH, body: SetBody, bodyLimit: SETS, output: SetPlace, status: 201 },
  ({ viewer, params, body }) => createSet(viewer, params.class, body),
)
