import { z } from 'zod'
import { ClassBody, ClassSummary, ClassView } from '@/lib/contract/class'
import { route } from '@/lib/http/route'
import { createClass, listClasses } from '@/lib/learn/classes/classes'

/** The classes that the viewer is in, the latest first. */
export const GET = route({ auth: 'viewer', output: z.array(ClassSummary) }, ({ viewer }) => listClasses(viewer))

/** Makes a class; its maker is the first instructor. */
export const POST = route(
  {
    auth: 'instructor',
    rateLimit: { name: 'class-create', per: 'viewer', limit: 30, windowSeconds: 3600 },
    body: ClassBody,
    output: ClassView,
    status: 201,
  },
  ({ viewer, body }) => createClass(viewer, body),
)
