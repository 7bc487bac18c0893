import { z } from 'zod'
import { ClassSettingsBody, ClassView } from '@/lib/contract/class'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { getClass } from '@/lib/learn/classes/classes'
import { changeSettings } from '@/lib/learn/classes/settings'

const params = z.object({ class: Id })

/** A class that the viewer is in. */
export const GET = route(
  { auth: 'viewer', params, output: ClassView },
  ({ viewer, params }) => getClass(viewer, params.class),
)

/** Changes name, term, time zone and grace days. */
export const PUT = route(
  { auth: 'viewer', params, body: ClassSettingsBody, output: ClassView },
  ({ viewer, params, body }) => changeSettings(viewer, params.class, body),
)
