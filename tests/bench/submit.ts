import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Visitor } from '@/tests/http/support/visitor'
import { assertAllPassed, send, signUpCrowd } from './crowd'
import { watchVerdicts } from './verdict-watch'

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
  const people = await signUpCrowd(origin, Math.ceil(length / each))
  return Array.from({ length }, (_, index) => people[index % people.length] as Visitor)
}
