import { z } from 'zod'
import { SetLogEntry } from '@/lib/contract/problem-set'
import { route } from '@/lib/http/route'
import { listSetLog } from '@/lib/learn/classes/set-log'
import { SET_PATH } from '../../_input'

/** Who changed what of the set, latest first. */
export const GET = route(
  { auth: 'viewer', params: SET_PATH, output: z.array(SetLogEntry) },
  ({ viewer, params }) => listSetLog(viewer, params.class, params.set),
)
