import '@/lib/service/follow-parent'
import { setTimeout as sleep } from 'node:timers/promises'
import { POINTS_BY_DIFFICULTY } from '@/lib/contract/exercise'
import { closeDatabase } from '@/lib/db/client'
import { databaseUrl } from '@/lib/db/connection'
import { errorVerdict } from '@/lib/contract/error-verdict'
import type { SubmissionGrader } from '@/lib/learn/grade-submission'
import { startGradingWorker } from '@/lib/service/grading-worker'
import { aborted, stopSignal } from '@/lib/service/stop-signal'

/*
 * A grader process whose verdict is always a pass. A source that begins with `sleep` takes so many milliseconds; one
 * that says `die` ends the process as a crash does.
 */

const grader: SubmissionGrader = {
  grade: async ({ exercise, source }) => {
    if (source.includes('die')) process.kill(process.pid, 'SIGKILL')
    await sleep(Number(/^sleep (\d+)/.exec(source)?.[1] ?? 0))
    const points = Object.values(exercise.groups).reduce((sum, group) => sum + group.points, 0)
    const maxScore = Math.max(points, POINTS_BY_DIFFICULTY.easy)
    const verdict = errorVerdict({ exerciseVersion: exercise.version })
    return { ...verdict, verdict: 'passed', reason: null, score: maxScore, maxScore }
  },
}

const stop = stopSignal()
const worker = await startGradingWorker({
  grader, databaseUrl: databaseUrl(), concurrency: 2, runtimeVersion: 'stub', layers: {},
})
const reason = await Promise.race([aborted(stop), worker.broken])
await worker.stop()
await closeDatabase()
process.exit(reason ? 1 : 0)
