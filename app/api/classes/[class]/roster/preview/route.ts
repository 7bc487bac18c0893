import { route } from '@/lib/http/route'
import { previewRoster } from '@/lib/learn/classes/roster'
import { ROSTER_REQUEST } from '../_input'

/** What importing a roster would do, with every problem by line. Changes nothing. */
export const POST = route(ROSTER_REQUEST, ({ viewer, params, body }) => previewRoster(viewer, params.class, body.csv))
