import type { Queries } from './client'
import { Prisma } from './generated/client'
import { planned } from './planned'

/*
 * The queue of grading jobs, kept by graphile-worker in its own schema of the same database. The job of a new submission
 * is keyed by the id of that; one of a regrade by both ids.
 */

/** Names of the tasks that graders work on: a new submission, and one of a regrade. */
export const GRADE_TASK = 'grade'
export const REGRADE_TASK = 'regrade'
const TASKS = [GRADE_TASK, REGRADE_TASK]

/** Payload of a grading job. */
export interface GradeJob {
  submissionId: string
}

/** Payload of a regrading job. */
export interface RegradeJob {
  regradeId: string
  submissionId: string
}

/** Jobs of a lower number come first. Nobody waits for a regrade. */
const REGRADE_PRIORITY = 10

/**
 * How often a job may be taken up. Far more often than grading may begin (lib/learn/grade-submission.ts), since a job
 * is taken up for nothing when the grader dies of another one that it works on.
 */
const MAX_ATTEMPTS = 100

/** Adds the job that grades a submission; within the transaction that stores the submission, or not at all. */
export async function addGradeJob(db: Queries, submissionId: string): Promise<void> {
  const payload: GradeJob = { submissionId }
  await db.$queryRaw(planned(Prisma.sql`
    select id::text from graphile_worker.add_job(
      ${GRADE_TASK}, ${JSON.stringify(payload)}::json, job_key => ${submissionId}, max_attempts => ${MAX_ATTEMPTS})`))
}

/** Adds the job that grades one submission of a regrade. */
export async function addRegradeJob(db: Queries, payload: RegradeJob, key: string): Promise<void> {
  await db.$queryRaw`
    select id::text from graphile_worker.add_job(
      ${REGRADE_TASK}, ${JSON.stringify(payload)}::json, job_key => ${key}, max_attempts => ${MAX_ATTEMPTS},
      priority => ${REGRADE_PRIORITY}::int)`
}

export function regradeJobKey(regradeId: string, submissionId: string): string {
  return `${regradeId}:${submissionId}`
}

/** Frees what these workers hold. Only for workers that are gone. */
export async function unlockWorkers(db: Queries, workerIds: string[]): Promise<void> {
  if (workerIds.length === 0) return
  await db.$executeRaw`select graphile_worker.force_unlock_workers(${workerIds}::text[])`
}

/**
 * Workers that hold jobs for longer than `forMs` and that no grader of the table `graders` calls its own. Since when is
 * not known where the clock was set back meanwhile: then they count as well.
 */
export async function findStrayWorkers(db: Queries, forMs: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select distinct locked_by as id from graphile_worker.jobs
    where task_identifier = any(${TASKS}::text[])
      and abs(extract(epoch from now() - locked_at)) * 1000 > ${forMs}::float8
      and locked_by not in (select unnest(worker_ids) from graders)`
  return rows.map(({ id }) => id)
}

/** A job that was taken up as often as it may be and has not ended. */
export interface ExhaustedJob {
  id: string
  /** Null for one of a regrade, which is queued anew. */
  submissionId: string | null
  lastError: string | null
}

export async function findExhaustedJobs(db: Queries): Promise<ExhaustedJob[]> {
  return db.$queryRaw<ExhaustedJob[]>`
    select id::text, case when task_identifier = ${GRADE_TASK} then key end as "submissionId", last_error as "lastError"
    from graphile_worker.jobs
    where task_identifier = any(${TASKS}::text[]) and attempts >= max_attempts and locked_at is null and key is not null`
}

/** Takes a job off the queue, unless it is running. */
export async function removeJob(db: Queries, id: string): Promise<void> {
  await db.$queryRaw`select id::text from graphile_worker.complete_jobs(array[${id}::bigint])`
}

/** Lets jobs that failed come again within `ms`: the pauses that the queue makes of itself grow to hours. */
export async function hastenJobs(db: Queries, ms: number): Promise<void> {
  await db.$queryRaw`
    select id::text from graphile_worker.reschedule_jobs(
      array(select id from graphile_worker.jobs
        where locked_at is null and attempts < max_attempts
          and run_at > now() + ${ms}::float8 * interval '1 millisecond'),
      run_at => now() + ${ms}::float8 * interval '1 millisecond')`
}
