import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { poolSize } from '@/lib/db/client'
import { markGrading } from '@/lib/db/submissions'
import { listPlaces } from '@/lib/db/turns'
import { gradeSubmission } from '@/lib/learn/grade-submission'
import { recoverLostWork } from '@/lib/learn/grader-presence'
import { placeInQueue } from '@/lib/learn/queue-places'
import { recordVerdict } from '@/lib/learn/record-verdict'
import { submit } from '@/lib/learn/submit'
import { findSubmission, listSubmissions } from '@/lib/learn/submissions'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { newLearner } from './support/people'
import { emptyQueue, gradeNext, listJobs, removeJob } from './support/queue'
import { graderThatFinds, verdict } from './support/verdicts'

const test = useDatabase()
useContent()

beforeEach(emptyQueue)
afterEach(() => {
  delete process.env.QUEUE_LIMIT
  delete process.env.QUEUE_LIMIT_PER_USER
})

const learners = (count: number) => Promise.all(Array.from({ length: count }, async () => (await newLearner()).id))
const send = async (userId: string) => (await submit(userId, { exercise: EXERCISE, source: 'x' })).id
const sendAll = async (userId: string, count: number) => {
  const ids = []
  for (let each = 0; each < count; each++) ids.push(await send(userId))
  return ids
}
const gradeAll = async () => {
  const order: string[] = []
  for (let id = await gradeNext(graderThatFinds()); id; id = await gradeNext(graderThatFinds())) order.push(id)
  return order
}

/** Rows F1, F2 and F3 of the list of attacks (docs/attacks.md). */
describe('the queue', () => {
  it('holds one job of each learner at a time, and the next one after the verdict', async () => {
    const [ada = '', ben = ''] = await learners(2)
    const [first, second] = await sendAll(ada, 3)
    const [other] = await sendAll(ben, 2)
    expect(await listJobs()).toEqual([first, other])
    await gradeNext(graderThatFinds())
    expect(await listJobs()).toEqual([other, second])
  })

  it('holds no further job of a learner while one is being graded, nor does submitting more cost a turn', async () => {
    const [ada = '', ben = ''] = await learners(2)
    const [first, other] = [await send(ada), await send(ben)]
    await send(ada)
    expect(await listJobs()).toEqual([first, other])
    await markGrading(test.db, first)
    await send(ada)
    expect(await listJobs()).toEqual([first, other])
  })

  it('serves learners in rounds: many submissions of one delay nobody\'s first', async () => {
    const [ada = '', ben = '', eve = ''] = await learners(3)
    const a = await sendAll(ada, 5)
    const b = await sendAll(ben, 1)
    const e = await sendAll(eve, 2)
    expect(await gradeAll()).toEqual([a[0], b[0], e[0], a[1], e[1], a[2], a[3], a[4]])
  })

  it('never runs two submissions of one learner at a time, however many graders there are', async () => {
    const [ada = ''] = await learners(1)
    const ids = await sendAll(ada, 5)
    let running = 0
    let most = 0
    const grader = {
      grade: async () => {
        most = Math.max(most, ++running)
        await new Promise(setImmediate)
        running--
        return verdict()
      },
    }
    const work = async () => {
      for (;;) {
        const [job] = await test.db.$queryRaw<{ id: string; key: string }[]>`
          update graphile_worker._private_jobs set locked_by = 'w', locked_at = now(), attempts = attempts + 1
          where id = (select id from graphile_worker.jobs where locked_at is null limit 1) and locked_at is null
          returning id::text, key`
        if (job) {
          await gradeSubmission(grader, job.key)
          await removeJob(job.key)
        } else if ((await listJobs()).length === 0) return
      }
    }
    await Promise.all([work(), work(), work()])
    expect(most).toBe(1)
    expect((await listSubmissions(ada, {}, 'en')).map(({ id, state }) => [id, state])).toEqual(
      ids.toReversed().map((id) => [id, 'done']),
    )
  })

  it('holds one job also when verdicts and submissions of one learner come at the same moment', async () => {
    const [ada = ''] = await learners(1)
    process.env.QUEUE_LIMIT_PER_USER = '100'
    for (let round = 0; round < 15; round++) {
      const [id = ''] = await listJobs()
      await Promise.all([
        id === '' ? undefined : verdict().then((each) => recordVerdict(id, each)).then(() => removeJob(id)),
        send(ada), send(ada), send(ada),
      ])
      expect(await listJobs()).toHaveLength(1)
    }
  })
})

describe('the place in the queue', () => {
  it('is the number of those that come before, by the rounds in which learners are served', async () => {
    const [ada = '', ben = ''] = await learners(2)
    const a = await sendAll(ada, 3)
    const b = await sendAll(ben, 1)
    const placeOf = async (userId: string, id: string | undefined) => (await findSubmission(userId, id ?? '', 'en'))?.place
    expect([await placeOf(ada, a[0]), await placeOf(ben, b[0]), await placeOf(ada, a[1]), await placeOf(ada, a[2])])
      .toEqual([0, 1, 2, 3])
    await markGrading(test.db, a[0] ?? '')
    expect([await placeOf(ada, a[0]), await placeOf(ben, b[0]), await placeOf(ada, a[1])]).toEqual([null, 0, 1])
  })

  it('is told to a crowd that asks at the same moment, of whom none holds up the others', async () => {
    const [ada = ''] = await learners(1)
    const id = await send(ada)
    const crowd = Array.from({ length: 3 * poolSize() }, (_, index) => index)
    const places = await Promise.all([placeInQueue(id), ...crowd.map(async (index) => {
      const [seen] = index % 2 === 0 ? [await findSubmission(ada, id, 'en')] : await listSubmissions(ada, {}, 'en')
      return seen?.place
    })])
    expect(places).toEqual(places.map(() => 0))
  })

  it('is the order in which they are then graded, whoever submitted when', async () => {
    const people = await learners(4)
    const Step = fc.oneof(
      { weight: 3, arbitrary: fc.nat(people.length - 1) },
      { weight: 1, arbitrary: fc.constantFrom('grade' as const, 'begin' as const) },
    )
    await fc.assert(fc.asyncProperty(fc.array(Step, { minLength: 4, maxLength: 16 }), async (steps) => {
      await emptyQueue()
      for (const step of steps) {
        if (typeof step === 'number') await send(people[step] ?? '').catch(() => {})
        else if (step === 'grade') await gradeNext(graderThatFinds())
        else await markGrading(test.db, (await listJobs())[0] ?? people[0] ?? '')
      }
      const places = [...await listPlaces(test.db)].sort(([, a], [, b]) => a - b)
      expect(places.map(([, place]) => place)).toEqual(places.map((_, index) => index))
      const waiting = new Set(places.map(([id]) => id))
      expect((await gradeAll()).filter((id) => waiting.has(id))).toEqual(places.map(([id]) => id))
    }), { numRuns: 15, seed: 7 })
  })
})

/** Rows F1 and F2. */
describe('the bounds of the queue', () => {
  it('let five submissions of a learner wait, and say when to come back', async () => {
    const [ada = '', ben = ''] = await learners(2)
    await sendAll(ada, 5)
    await expect(send(ada)).rejects.toMatchObject({
      code: 'too-many-waiting', message: expect.stringMatching(/^5 of your submissions wait/), details: { retryAfterSeconds: 10 },
    })
    await send(ben)
    await gradeNext(graderThatFinds())
    await send(ada)
  })

  it('do not count the one that is being graded', async () => {
    const [ada = ''] = await learners(1)
    await sendAll(ada, 5)
    await markGrading(test.db, (await listJobs())[0] ?? '')
    await send(ada)
    await expect(send(ada)).rejects.toMatchObject({ code: 'too-many-waiting' })
  })

  it('hold exactly for one learner who submits many at the same moment, and store nothing beyond', async () => {
    const [ada = ''] = await learners(1)
    const sent = await Promise.allSettled(Array.from({ length: 20 }, () => send(ada)))
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    expect(await listSubmissions(ada, {}, 'en')).toHaveLength(5)
  })

  it('end all submitting when those of all learners have filled it', async () => {
    process.env.QUEUE_LIMIT = '3'
    const people = await learners(4)
    await Promise.all(people.slice(1).map(send))
    await expect(send(people[0] ?? '')).rejects.toMatchObject({ code: 'queue-full', details: { retryAfterSeconds: 60 } })
    await gradeNext(graderThatFinds())
    await send(people[0] ?? '')
  })
})

describe('a turn', () => {
  const recover = () => recoverLostWork(() => false)

  it('passes on when the submission that has it is deleted', async () => {
    const [ada = ''] = await learners(1)
    const [first, second] = await sendAll(ada, 2)
    await test.db.submission.delete({ where: { id: first ?? '' } })
    await removeJob(first ?? '')
    await recover()
    expect(await listJobs()).toEqual([second])
  })

  it('gets its job back when that was lost, and one only', async () => {
    const [ada = '', ben = ''] = await learners(2)
    const [a] = await sendAll(ada, 2)
    const [b] = await sendAll(ben, 1)
    await markGrading(test.db, b ?? '')
    await removeJob(a ?? '')
    await removeJob(b ?? '')
    await Promise.all([recover(), recover(), recover()])
    expect((await listJobs()).toSorted()).toEqual([a, b].toSorted())
  })

  it('whose grading failed comes again within seconds, however often that was', async () => {
    const [ada = ''] = await learners(1)
    const [id] = await sendAll(ada, 1)
    await test.db.$executeRaw`
      update graphile_worker._private_jobs set attempts = 9, run_at = now() + interval '2 hours' where key = ${id}`
    await recover()
    const [job] = await test.db.$queryRaw<{ soon: boolean; attempts: number }[]>`
      select run_at <= now() + interval '5 seconds' as soon, attempts from graphile_worker.jobs where key = ${id}`
    expect(job).toEqual({ soon: true, attempts: 9 })
  })
})
