import { randomUUID } from 'node:crypto'
import { run, type Runner, type WorkerEvents } from 'graphile-worker'
import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'pg'
import { z } from 'zod'
import { connectionOptions } from '@/lib/db/connection'
import { GRADE_TASK, REGRADE_TASK, type GradeJob, type RegradeJob } from '@/lib/db/queue'
import { gradeSubmission, type SubmissionGrader } from '@/lib/learn/grade-submission'
import { dismissGrader, HEARTBEAT_MS, recoverLostWork, reportGrader, type Heartbeat } from '@/lib/learn/grader-presence'
import { regradeSubmission } from '@/lib/learn/regrade-submission'
import { continueRegrades } from '@/lib/learn/regrades'
import { log, queueLog } from './grader-log'
import type { GraderMetrics } from './grader-metrics'
import { isRunning, processSpace } from '@/lib/processes/process-info'
import { Solitude } from './solitude'

const Job: z.ZodType<GradeJob> = z.object({ submissionId: z.uuid() })
const Regrade: z.ZodType<RegradeJob> = z.object({ regradeId: z.uuid(), submissionId: z.uuid() })

/** How often the queue is looked at without having been told of a job, milliseconds. */
const POLL_MS = 1_000
/** How long submissions in hand may take to finish when the process is to stop, milliseconds. */
const FINISH_MS = 5_000

export interface GradingWorkerOptions {
  grader: SubmissionGrader
  databaseUrl: string
  /** Submissions that are graded at the same time. */
  concurrency: number
  /** For the heartbeat: what verdicts are graded with, and the hardening layers that were found in force. */
  runtimeVersion: string
  layers: Record<string, boolean>
  /** Told of every verdict that was stored. */
  onGraded?: GraderMetrics['observe']
}

export interface GradingWorker {
  /** Resolves when the worker can go on no longer, with the reason; the process should end and be started anew. */
  broken: Promise<string>
  /** Lets submissions in hand finish for a few seconds, gives back those that do not, and says goodbye. */
  stop(): Promise<void>
}

/** Takes jobs off the queue and grades them, and looks after those that other graders left behind. */
export async function startGradingWorker(options: GradingWorkerOptions): Promise<GradingWorker> {
  const { grader, databaseUrl, concurrency, runtimeVersion, layers, onGraded } = options
  const heartbeat: Heartbeat = {
    id: randomUUID(), host: processSpace(), pid: process.pid, concurrency, runtimeVersion, layers, workerIds: [],
  }
  const events: WorkerEvents = new EventEmitter()
  events.on('worker:create', ({ worker }) => heartbeat.workerIds.push(worker.workerId))
  const pgPool = new Pool({ ...connectionOptions(databaseUrl), max: concurrency + 2 })
  pgPool.on('error', () => {})
  const stopping = new AbortController()
  const abandoned = new AbortController()
  const solitude = new Solitude()
  await recover()
  const runner = await run({
    pgPool, concurrency, events, logger: queueLog, pollInterval: POLL_MS, noHandleSignals: true,
    taskList: {
      // A job that was taken up before was perhaps the end of its grader. Alone, it takes no other one with it.
      [GRADE_TASK]: (payload, { job }) => solitude.run({ alone: job.attempts > 1 }, () => {
        return grade(untilAbandoned(grader, abandoned.signal), Job.parse(payload), onGraded)
      }),
      [REGRADE_TASK]: (payload, { job }) => solitude.run({ alone: job.attempts > 1 }, () => {
        return regradeSubmission(untilAbandoned(grader, abandoned.signal), Regrade.parse(payload))
      }),
    },
  })
  const beating = keepBeating(heartbeat, stopping.signal)
  return {
    broken: whenBroken(runner, events),
    stop: async () => {
      stopping.abort()
      const finished = await Promise.race([stopRunner(runner), sleep(FINISH_MS, false)])
      abandoned.abort()
      await beating
      await dismissGrader(heartbeat)
      // Otherwise a job still holds a connection, and will until the process ends.
      if (finished) await pgPool.end()
    },
  }
}

async function stopRunner(runner: Runner): Promise<true> {
  // One that has broken is stopped already, and says so by throwing.
  await runner.stop().catch(() => {})
  return true
}

/** A verdict that comes after its submission was given back, perhaps because all is being torn down, is not stored. */
function untilAbandoned(grader: SubmissionGrader, signal: AbortSignal): SubmissionGrader {
  return {
    grade: async (task) => {
      const verdict = await grader.grade(task)
      signal.throwIfAborted()
      return verdict
    },
  }
}

async function grade(
  grader: SubmissionGrader,
  { submissionId }: GradeJob,
  onGraded: GradingWorkerOptions['onGraded'],
): Promise<void> {
  const started = performance.now()
  let queueMs = 0
  const verdict = await gradeSubmission(grader, submissionId, ({ submittedAt }) => {
    queueMs = Date.now() - submittedAt.getTime()
  })
  if (!verdict) return
  const { verdict: outcome, reason, score, exerciseVersion } = verdict
  const totalMs = performance.now() - started
  onGraded?.(verdict, { queueMs, totalMs })
  const ms = Math.round(totalMs)
  log[outcome === 'error' ? 'error' : 'info']({ submissionId, outcome, reason, score, exerciseVersion, ms }, 'graded')
}

async function keepBeating(heartbeat: Heartbeat, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await reportGrader(heartbeat)
      await recover()
      await continueRegrades()
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'no heartbeat')
    }
    await sleep(HEARTBEAT_MS, undefined, { signal, ref: false }).catch(() => {})
  }
}

/** Graders of this machine whose process is gone need not be waited for. */
async function recover(): Promise<void> {
  const here = processSpace()
  const { gradersLost, submissionsGivenUp } = await recoverLostWork(({ host, pid }) => host === here && !isRunning(pid))
  if (gradersLost > 0) log.warn({ gradersLost }, 'took over the work of graders that are gone')
  for (const submissionId of submissionsGivenUp) log.error({ submissionId }, 'given up after too many attempts')
}

/** graphile-worker does not replace a worker that failed to hand in its job, as when the database went away. */
function whenBroken(runner: Runner, events: WorkerEvents): Promise<string> {
  return new Promise((resolve) => {
    events.on('worker:fatalError', () => resolve('a job could not be handed in'))
    runner.promise.then(() => resolve('the queue ended'), (error: Error) => resolve(error.message))
  })
}
