import { randomUUID } from 'node:crypto'
import type { ShareBody } from '@/lib/contract/shared-solution'
import { database } from '@/lib/db/client'
import { shareSolution } from '@/lib/learn/solutions/sharing'
import { submit } from '@/lib/learn/submit'
import { EXERCISE } from './content'
import { newLearner } from './people'
import { gradeNext } from './queue'
import { graderThatFinds } from './verdicts'

/** A graded submission of the exercise; passed with 10 points. @returns its id */
export async function graded(userId: string, source: string, score = 10): Promise<string> {
  const { id } = await submit(userId, { exercise: EXERCISE, source })
  await gradeNext(graderThatFinds({ score }))
  return id
}

/** Somebody who has passed the exercise with this source, and shares it unless told otherwise. */
export async function passer(
  source: string, { share = true, handle, signed = false, at }: { share?: boolean; handle?: string; at?: number } & Partial<ShareBody> = {},
): Promise<{ id: string; submission: string; program: string }> {
  const { id } = await newLearner(`${randomUUID()}@example.org`)
  if (handle !== undefined) await database().user.update({ where: { id }, data: { handle } })
  const submission = await graded(id, source)
  const program = share ? (await shareSolution(id, EXERCISE, { submission, signed })).program : ''
  if (at !== undefined) await database().sharedSolution.updateMany({ where: { userId: id }, data: { sharedAt: new Date(at) } })
  return { id, submission, program }
}
