import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findProgress } from '@/lib/db/progress'
import { submit } from '@/lib/learn/submit'
import { findSubmission } from '@/lib/learn/submissions'
import { EXERCISE, useContent } from '../db/support/content'
import { newLearner } from '../db/support/people'
import { useDatabase } from '../support/database'
import { GraderProcess } from './support/grader-process'

/** Several processes start one after the other, on a machine that may be busy. */
const TIMEOUT = 180_000
vi.setConfig({ testTimeout: TIMEOUT })

const test = useDatabase()
useContent()
process.env.QUEUE_LIMIT_PER_USER = '100'

let userId: string
beforeEach(async () => {
  userId = (await newLearner()).id
})

const graders: GraderProcess[] = []
const startGrader = () => {
  const grader = new GraderProcess()
  graders.push(grader)
  return grader
}
afterEach(async () => {
  for (const grader of graders.splice(0)) await grader.stop('SIGKILL')
  await test.db.$executeRaw`delete from graphile_worker._private_jobs`
})

const send = async (source: string) => (await submit(userId, { exercise: EXERCISE, source })).id
const find = (id: string) => findSubmission(userId, id, 'en')
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: TIMEOUT, interval: 20 })
const state = (id: string, expected: 'queued' | 'grading' | 'done') =>
  eventually(async () => expect(await find(id)).toMatchObject({ state: expected }))

/** Rows F4 and F5 of the list of attacks (docs/attacks.md). */
describe('grader processes', () => {
  it('grade what was submitted while there was none', async () => {
    const id = await send('x')
    expect(await find(id)).toMatchObject({ state: 'queued', place: 0 })
    startGrader()
    await state(id, 'done')
    expect(await find(id)).toMatchObject({ verdict: { verdict: 'passed', score: 10 } })
  })

  it('share the work: each submission is graded, and counted, once', async () => {
    startGrader()
    startGrader()
    const ids: string[] = []
    for (let i = 0; i < 10; i++) ids.push(...(await Promise.all([1, 2, 3, 4].map(() => send('sleep 5')))))
    for (const id of ids) await state(id, 'done')
    expect(await findProgress(test.db, userId, EXERCISE)).toMatchObject({ attempts: 40 })
  })

  it('take up at once what one of them was killed over', async () => {
    const first = startGrader()
    const id = await send('sleep 2000')
    await state(id, 'grading')
    await first.stop('SIGKILL')
    startGrader()
    await state(id, 'done')
    expect(await findProgress(test.db, userId, EXERCISE)).toMatchObject({ attempts: 1 })
  })

  it('give up a submission that kills them one after the other, and grade the others', async () => {
    const deadly = await send('die')
    const harmless = await send('x')
    while ((await find(deadly))?.state !== 'done') {
      await Promise.race([startGrader().ended, state(deadly, 'done')])
    }
    expect(await find(deadly)).toMatchObject({ verdict: { verdict: 'error', reason: 'internal-error' } })
    await state(harmless, 'done')
    expect(await find(harmless)).toMatchObject({ verdict: { verdict: 'passed' } })
    expect(await findProgress(test.db, userId, EXERCISE)).toMatchObject({ attempts: 1 })
  })

  it('change nothing when they come back from a pause after which another one had their work', async () => {
    const paused = startGrader()
    const id = await send('sleep 500')
    await state(id, 'grading')
    process.kill(paused.pid, 'SIGSTOP')
    // As if it had been silent for long.
    await test.db.$executeRaw`update graders set seen_at = seen_at - interval '1 hour'`
    startGrader()
    await state(id, 'done')
    process.kill(paused.pid, 'SIGCONT')
    await eventually(async () => expect(await test.db.grader.count({ where: { pid: paused.pid } })).toBe(1))
    await state(await send('x'), 'done')
    expect(await paused.stop('SIGTERM')).toBe(0)
    expect(await test.db.verdict.count({ where: { submissionId: id } })).toBe(1)
    expect(await findProgress(test.db, userId, EXERCISE)).toMatchObject({ attempts: 2 })
    expect(await test.db.$queryRaw`select 1 from graphile_worker.jobs`).toEqual([])
  })

  it('finish what they have in hand when they are asked to stop', async () => {
    const grader = startGrader()
    const id = await send('sleep 500')
    await state(id, 'grading')
    expect(await grader.stop('SIGTERM')).toBe(0)
    expect(await find(id)).toMatchObject({ state: 'done' })
    expect(await test.db.grader.count({ where: { pid: grader.pid } })).toBe(0)
  })

  it('give back what would take too long when they are asked to stop', async () => {
    const grader = startGrader()
    const id = await send('sleep 60000')
    await state(id, 'grading')
    expect(await grader.stop('SIGTERM')).toBe(0)
    expect(await find(id)).toMatchObject({ state: 'grading', verdict: null })
    const jobs = await test.db.$queryRaw`select locked_by from graphile_worker.jobs where key = ${id}`
    expect(jobs).toEqual([{ locked_by: null }])
  })
})
