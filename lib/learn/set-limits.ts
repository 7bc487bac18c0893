import { ProblemError } from '@/lib/contract/problem'
import type { Queries } from '@/lib/db/client'
import { listAttemptTimes, type AttemptRow } from '@/lib/db/learner-sets'
import { listLearnerSets, type LearnerSet } from './learner-terms'

/** What a set says about how often one of its exercises may be submitted. */
export interface AttemptRules {
  opensAt: number
  attemptLimit: number | null
  coolDownSeconds: number
}

/** How far a learner has used up what a set allows for one exercise. */
export interface AttemptState {
  used: number
  /** None are left. */
  spent: boolean
  /** When the pause after the last one ends, milliseconds; null when it has, or none is asked for. */
  nextAt: number | null
}

/** @param times of the submissions of the exercise that count, oldest first */
export function attemptState(rules: AttemptRules, times: readonly number[], now: number): AttemptState {
  const counted = times.filter((at) => at >= rules.opensAt)
  const last = counted.at(-1)
  const nextAt = last === undefined ? 0 : last + rules.coolDownSeconds * 1_000
  return {
    used: counted.length,
    spent: rules.attemptLimit !== null && counted.length >= rules.attemptLimit,
    nextAt: nextAt > now ? nextAt : null,
  }
}

/**
 * Refuses a submission that a problem set of the learner does not allow: every set with the exercise that is open for
 * them must take it. Outside of the time from opening to close a set limits nothing, nor does one that the learner is
 * exempt from. The bound holds exactly, as the caller has locked the learner's turns.
 * @throws ProblemError `attempts-used`, or `cooling-down` with the seconds to wait
 */
export async function assertSetsAllow(db: Queries, userId: string, exercise: string, now = Date.now()): Promise<void> {
  const limiting = (await listLearnerSets(db, userId, [exercise])).filter((set) => limits(set, now))
  if (limiting.length === 0) return
  const from = new Date(Math.min(...limiting.map(({ terms }) => terms.opensAt)))
  const times = toTimes(await listAttemptTimes(db, userId, [exercise], from))
  const states = limiting.map((set) => ({ set, ...attemptState(rulesOf(set), times, now) }))
  const spent = states.find((state) => state.spent)
  if (spent) {
    const { set: { row: { title } }, used } = spent
    const message = `"${title}" allows no further submission of this exercise: you have used ${used}.`
    throw new ProblemError('attempts-used', message)
  }
  const nextAt = Math.max(...states.map((state) => state.nextAt ?? 0))
  if (nextAt > now) {
    const retryAfterSeconds = Math.ceil((nextAt - now) / 1_000)
    const message = 'A problem set asks for a pause between two submissions of this exercise.'
    throw new ProblemError('cooling-down', `${message} Try again in ${retryAfterSeconds} s.`, { retryAfterSeconds })
  }
}

function limits({ row, terms }: LearnerSet, now: number): boolean {
  const isOpen = terms.opensAt <= now && now <= terms.closesAt
  return isOpen && !terms.exempt && (terms.attemptLimit !== null || row.coolDownSeconds > 0)
}

function rulesOf({ row, terms }: LearnerSet): AttemptRules {
  return { opensAt: terms.opensAt, attemptLimit: terms.attemptLimit, coolDownSeconds: row.coolDownSeconds }
}

function toTimes(rows: readonly AttemptRow[]): number[] {
  return rows.map(({ submittedAt }) => submittedAt.getTime())
}
