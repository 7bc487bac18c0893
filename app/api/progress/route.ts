import { z } from 'zod'
import { ProgressView } from '@/lib/contract/submission'
import { route } from '@/lib/http/route'
import { progressOf } from '@/lib/learn/progress'

/** How the viewer stands on every exercise. */
export const GET = route({ auth: 'viewer', output: z.array(ProgressView) }, ({ viewer }) => progressOf(viewer.id))
