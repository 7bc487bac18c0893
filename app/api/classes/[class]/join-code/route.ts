import { z } from 'zod'
import { JoinSettingsBody, JoinView } from '@/lib/contract/class'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { changeJoin, getJoin, rotateJoinCode } from '@/lib/learn/classes/join-settings'

const params = z.object({ class: Id })

/** The code by which people join, and whether they can. */
export const GET = route(
  { auth: 'viewer', params, output: JoinView },
  ({ viewer, params }) => getJoin(viewer, params.class),
)

/** Opens or closes joining by code, and gives it an end. */
export const PUT = route(
  { auth: 'viewer', params, body: JoinSettingsBody, output: JoinView },
  ({ viewer, params, body }) => changeJoin(viewer, params.class, body),
)

/** Draws another code; the one before is worth nothing from now on. */
export const POST = route(
  { auth: 'viewer', params, output: JoinView },
  ({ viewer, params }) => rotateJoinCode(viewer, params.class),
)
