import { database } from '@/lib/db/client'
import { gradeSubmission, type SubmissionGrader } from '@/lib/learn/grade-submission'

/** The submissions that have a job, in the order in which graders take them. */
export async function listJobs(): Promise<string[]> {
  const jobs = await database().$queryRaw<{ key: string }[]>`
    select key from graphile_worker.jobs where task_identifier = 'grade' order by priority, run_at, id`
  return jobs.map(({ key }) => key)
}

/** Does what a grader process does with the next job. @returns its submission, or undefined when the queue is empty */
export async function gradeNext(grader: SubmissionGrader): Promise<string | undefined> {
  const [next] = await listJobs()
  if (next === undefined) return undefined
  await gradeSubmission(grader, next)
  await removeJob(next)
  return next
}

export async function removeJob(submissionId: string): Promise<void> {
  await database().$executeRaw`delete from graphile_worker._private_jobs where key = ${submissionId}`
}

/** Makes room: nothing waits any more. */
export async function emptyQueue(): Promise<void> {
  await database().$executeRaw`delete from graphile_worker._private_jobs`
  await database().submission.deleteMany({ where: { state: { not: 'done' } } })
}
