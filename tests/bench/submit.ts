import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { SubmissionView } from '@/lib/contract/submission'
import { connectionOptions } from '@/lib/db/connection'
import { CHANNEL, SubmissionChange } from '@/lib/db/live'
import { Visitor } from '@/tests/http/support/visitor'

/** One visitor may submit this often in a minute; a little less than the site's limit. */
const PER_VISITOR = 25
/** Of a crowd everybody has one submission waiting: the queue runs one of each visitor at a time. */
const PER_VISITOR_OF_CROWD = 1
/** A reader's pause: the pool of guests is full again. */
const PAUSE_MS = 500

export interface SubmitBench {
  /** From the request to the commit of the verdict, one submission at a time. */
  storedMs: number[]
  /** Verdicts a second while the queue is never empty. */
  perSecond: number
}

/** Measures grading over HTTP: how soon a verdict is stored, and how many a second. All of them must pass. */
export async function benchSubmit(
  { origin, databaseUrl, exercise, source, rounds = 40, crowd = 100 }:
  { origin: string; databaseUrl: string; exercise: string; source: string; rounds?: number; crowd?: number },
): Promise<SubmitBench> {
  const watch = await watchVerdicts(databaseUrl)
  try {
    // Different each time: a source that was graded before has its verdict without a grader.
    const body = () => ({ exercise, source: `${source}\n// ${randomUUID()}\n` })
    const storedMs: number[] = []
    const single = await visitors(origin, rounds + 5, PER_VISITOR)
    for (const [round, visitor] of single.entries()) {
      await pause(PAUSE_MS)
      const started = performance.now()
      const id = await send(visitor, body())
      const stored = await watch.until(id)
      // The first ones warm the processes up.
      if (round >= 5) storedMs.push(stored - started)
    }

    const many = await visitors(origin, crowd, PER_VISITOR_OF_CROWD)
    const started = performance.now()
    const ids = await Promise.all(many.map((visitor) => send(visitor, body())))
    const ends = await Promise.all(ids.map((id) => watch.until(id)))
    const perSecond = crowd / ((Math.max(...ends) - started) / 1_000)
    await assertAllPassed(new Set([...single, ...many]))
    return { storedMs, perSecond }
  } finally {
    await watch.close()
  }
}

/** A list of signed-in visitors, as long as asked for, in which none stands too often. */
async function visitors(origin: string, length: number, each: number): Promise<Visitor[]> {
  const people = Array.from({ length: Math.ceil(length / each) }, () => new Visitor(origin))
  for (const visitor of people) await visitor.signUp()
  return Array.from({ length }, (_, index) => people[index % people.length] as Visitor)
}

async function send(visitor: Visitor, body: { exercise: string; source: string }): Promise<string> {
  const answer = await visitor.call('/api/submissions', { body })
  if (answer.status !== 202) throw new Error(`Not accepted: ${answer.status} ${answer.text}`)
  return SubmissionView.parse(answer.json).id
}

/** A figure of submissions that fail says nothing about those that pass. */
async function assertAllPassed(people: Iterable<Visitor>): Promise<void> {
  for (const visitor of people) {
    const { json } = await visitor.call('/api/submissions')
    const failed = SubmissionView.array().parse(json).filter(({ verdict }) => verdict?.verdict !== 'passed')
    if (failed.length > 0) throw new Error(`Not passed: ${JSON.stringify(failed[0]?.verdict)}`)
  }
}

interface VerdictWatch {
  /** Resolves with the moment at which the verdict of a submission was heard of. */
  until(submissionId: string): Promise<number>
  close(): Promise<void>
}

/** Hears of verdicts as the web process does: a notification that the commit sends. */
async function watchVerdicts(databaseUrl: string): Promise<VerdictWatch> {
  const client = new Client(connectionOptions(databaseUrl))
  await client.connect()
  const asking = new Client(connectionOptions(databaseUrl))
  await asking.connect()
  const heard = new Map<string, number>()
  const waiting = new Map<string, (at: number) => void>()
  client.on('notification', ({ payload = '' }) => {
    const at = performance.now()
    const { submissionId } = SubmissionChange.parse(JSON.parse(payload))
    // That grading begins is told as well, and the verdict may follow before this question is answered.
    const sql = 'select 1 from verdicts where submission_id = $1 and graded_at <= $2'
    void asking.query(sql, [submissionId, new Date()]).then(({ rowCount }) => {
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
