import { signUpCrowd } from './crowd'
import { burst, oneAtATime } from './load'
import { watchVerdicts } from './verdict-watch'

/** One visitor may submit this often in a minute; a little less than the site's limit. */
const PER_VISITOR = 25
/** Submissions that warm the processes up. */
const SETTLING = 5

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
    const load = { databaseUrl, watch, exercise, source }
    const few = await signUpCrowd(origin, Math.ceil((rounds + SETTLING) / PER_VISITOR))
    const single = await oneAtATime(load, few, rounds, SETTLING)
    // The queue runs one submission of each person at a time, so everybody in the crowd has one.
    const { perSecond } = await burst(load, await signUpCrowd(origin, crowd))
    return { storedMs: single.map(({ total }) => total), perSecond }
  } finally {
    await watch.close()
  }
}
