import { z } from 'zod'
import { Slug } from '@/lib/contract/exercise'
import { Localized } from '@/lib/contract/localized'
import { ProblemError } from '@/lib/contract/problem'
import { found } from '@/lib/http/found'
import { route } from '@/lib/http/route'
import { findEditorial, findExercise } from '@/lib/learn/topics'

/** What there is to learn beyond the solution, for those who have found one. */
export const GET = route(
  { auth: 'viewer', params: z.object({ exercise: Slug }), output: Localized },
  async ({ viewer, params: { exercise } }) => {
    found(await findExercise(exercise), 'exercise')
    const editorial = await findEditorial(viewer.id, exercise)
    if (!editorial) {
      const message = 'The editorial opens when you have passed the exercise and every problem set of yours with it has closed.'
      throw new ProblemError('forbidden', message)
    }
    return editorial
  },
)
