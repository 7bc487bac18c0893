import { afterEach, beforeEach } from 'vitest'
import type { Verdict } from '@/lib/contract/verdict'
import type { Database } from '@/lib/db/client'
import { reloadCatalogue } from '@/lib/learn/catalogue'
import { regradeSubmission } from '@/lib/learn/regrade-submission'
import { startRegrade } from '@/lib/learn/regrades'
import { submit } from '@/lib/learn/submit'
import { EXERCISE, type useContent } from './content'
import { newLearner } from './people'
import { emptyQueue, gradeNext, removeJob } from './queue'
import { graderThatFinds, verdict } from './verdicts'

/** What a submission scores when it is handed in, and what after the tests have changed. */
export interface Grading {
  now: number
  then: number | 'error'
  verdict?: Partial<Verdict>
}

/** Regrades of the one exercise, with a grader that finds what the sources say. Each test begins without submissions. */
export function useRegrades(test: { readonly db: Database }, content: ReturnType<typeof useContent>) {
  const oracle = {
    graded: [] as string[],
    grade: async ({ source, exercise }: { source: string; exercise: { version: string } }) => {
      oracle.graded.push(source)
      const says = source.split(' ')[0]
      return verdict({
        exerciseVersion: exercise.version,
        ...(says === 'error' ? { verdict: 'error', reason: 'internal-error', score: 0 } : { score: Number(says) }),
      })
    },
  }

  beforeEach(async () => {
    oracle.graded.length = 0
    await emptyQueue()
    await test.db.regrade.deleteMany({})
    await test.db.submission.deleteMany({})
  })
  afterEach(() => content.restore())

  /** A learner with graded submissions. */
  async function learnerWith(...gradings: Grading[]): Promise<{ userId: string; ids: string[] }> {
    const { id: userId } = await newLearner()
    const ids = []
    for (const { now, then, verdict: found } of gradings) {
      ids.push((await submit(userId, { exercise: EXERCISE, source: `${then} // ${ids.length}` })).id)
      await gradeNext(graderThatFinds({ score: now, ...found })).catch(() => gradeNext(graderThatFinds({ score: now, ...found })))
    }
    return { userId, ids }
  }

  async function changeTests(): Promise<void> {
    content.change()
    await reloadCatalogue()
  }

  const regradeJobs = () => test.db.$queryRaw<{ key: string; payload: { regradeId: string; submissionId: string } }[]>`
    select j.key, p.payload from graphile_worker.jobs j join graphile_worker._private_jobs p on p.id = j.id
    where task_identifier = 'regrade' order by j.id`

  /** Does what graders do, `most` times at most. */
  async function work(most = Infinity): Promise<void> {
    for (let done = 0; done < most; done++) {
      const [job] = await regradeJobs()
      if (!job) return
      // An error is believed when it comes twice.
      await regradeSubmission(oracle, job.payload).catch(() => regradeSubmission(oracle, job.payload))
      await removeJob(job.key)
    }
  }

  /** A regrade that has come to its end, and waits to be applied. @returns its id */
  async function regradeAll(admin: string): Promise<string> {
    const { id } = await startRegrade(admin, EXERCISE)
    await work()
    return id
  }

  return { learnerWith, changeTests, oracle, regradeJobs, work, regradeAll }
}
