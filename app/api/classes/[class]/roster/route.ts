import { route } from '@/lib/http/route'
import { importRoster } from '@/lib/learn/classes/roster'
import { ROSTER_REQUEST } from './_input'

/** Imports a roster; with any problem, nothing of it. */
export const POST = route(ROSTER_REQUEST, ({ viewer, params, body }) => importRoster(viewer, params.class, body.csv))
