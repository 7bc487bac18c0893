import { expect, it, vi } from 'vitest'
import { ProblemError } from '@/lib/contract/problem'
import { submit } from '@/lib/learn/submit'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { newLearner } from './support/people'

/* What is said of a submission that is stored when the database goes away right after. */

const test = useDatabase()
useContent()

vi.mock('@/lib/learn/queue-places', () => ({
  placeInQueue: () => Promise.reject(new ProblemError('service-unavailable', 'The database does not answer.')),
}))

it('a submission that was stored is not refused because its place in the queue cannot be told', async () => {
  const { id: userId } = await newLearner()
  const sent = await submit(userId, { exercise: EXERCISE, source: 'x' })
  expect(sent).toMatchObject({ state: 'queued', place: null })
  expect(await test.db.submission.findMany({ select: { id: true } })).toEqual([{ id: sent.id }])
})
