import { Client } from 'pg'
import { connectionOptions } from '@/lib/db/connection'
import { CHANNEL, SubmissionChange } from '@/lib/db/live'

export interface VerdictWatch {
  /** Resolves with the moment at which the verdict of a submission was heard of. */
  until(submissionId: string): Promise<number>
  close(): Promise<void>
}

/** Hears of verdicts as the web process does: a notification that the commit sends. */
export async function watchVerdicts(databaseUrl: string): Promise<VerdictWatch> {
  const client = new Client(connectionOptions(databaseUrl))
  await client.connect()
  const asking = new Client(connectionOptions(databaseUrl))
  await asking.connect()
  const heard = new Map<string, number>()
  let asked: Promise<void> = Promise.resolve()
  const waiting = new Map<string, (at: number) => void>()
  client.on('notification', ({ payload = '' }) => {
    const at = performance.now()
    const { submissionId } = SubmissionChange.parse(JSON.parse(payload))
    // That grading begins is told as well, and the verdict may follow before this question is answered.
    const sql = 'select 1 from verdicts where submission_id = $1 and graded_at <= $2'
    asked = asked.then(() => asking.query(sql, [submissionId, new Date()])).then(({ rowCount }) => {
      if (rowCount === 0) return
      heard.set(submissionId, at)
      waiting.get(submissionId)?.(at)
    })
  })
  await client.query(`listen ${CHANNEL}`)
  return {
    until: (id) => new Promise((resolve) => {
      const at = heard.get(id)
      if (at === undefined) waiting.set(id, resolve)
      else resolve(at)
    }),
    close: async () => {
      await client.end()
      await asking.end()
    },
  }
}
