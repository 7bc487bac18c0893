import type { Queries } from '@/lib/db/client'
import { listExerciseHistory, type ExerciseHistory } from '@/lib/db/exercise-history'
import { listAttemptTimes } from '@/lib/db/learner-sets'
import { withDatabase } from './database'
import { listLearnerSets, type LearnerSet } from './learner-terms'
import { nextSteps, type NextStep, type SetTask } from './next-steps'
import { attemptState } from './set-limits'
import { listTopics } from './topics'

export { REVIEW_AFTER_DAYS, REVIEW_ATTEMPTS, type NextReason, type NextStep } from './next-steps'

/** What the learner should do next, each with its reason, the most urgent first; the rule is in next-steps.ts. */
export async function nextForYou(userId: string, now = Date.now()): Promise<NextStep[]> {
  const topics = await listTopics()
  const slugs = topics.flatMap(({ exercises }) => exercises.map(({ slug }) => slug))
  return withDatabase(async (db) => {
    const history = await listExerciseHistory(db, userId)
    const open = (await listLearnerSets(db, userId, slugs)).filter((set) => isOpen(set, now))
    const blocked = await findBlocked(db, userId, open, now)
    const tasks = open.flatMap((set) => listTasks(set, history)).filter(({ exercise }) => !blocked.has(exercise))
    return nextSteps(topics, { history, tasks, blocked }, now)
  })
}

function isOpen({ terms }: LearnerSet, now: number): boolean {
  return terms.opensAt <= now && now <= terms.closesAt && !terms.exempt
}

/** Exercises of which one of these open sets takes no more submissions: none is taken then, whoever else asks for it. */
async function findBlocked(
  db: Queries, userId: string, open: readonly LearnerSet[], now: number,
): Promise<ReadonlySet<string>> {
  const limiting = open.filter(({ terms }) => terms.attemptLimit !== null)
  if (limiting.length === 0) return new Set()
  const exercises = [...new Set(limiting.flatMap(({ row }) => row.items.map(({ exercise }) => exercise)))]
  const from = new Date(Math.min(...limiting.map(({ terms }) => terms.opensAt)))
  const attempts = await listAttemptTimes(db, userId, exercises, from)
  return new Set(limiting.flatMap(({ row, terms: { opensAt, attemptLimit } }) => {
    const limits = { opensAt, attemptLimit, coolDownSeconds: row.coolDownSeconds }
    return row.items.map(({ exercise }) => exercise).filter((exercise) => {
      const times = attempts.filter((each) => each.exercise === exercise).map(({ submittedAt }) => submittedAt.getTime())
      return attemptState(limits, times, now).spent
    })
  }))
}

/**
 * What one open set still asks for: its required exercises and, until enough of them are passed, those to choose from.
 * Passed counts from the set's opening, as its marks do.
 */
function listTasks({ row, terms }: LearnerSet, history: readonly ExerciseHistory[]): SetTask[] {
  const passed = new Set(history.flatMap(({ exercise, lastPassedAt }) => {
    return lastPassedAt && lastPassedAt.getTime() >= terms.opensAt ? [exercise] : []
  }))
  const chosen = row.items.filter(({ kind, exercise }) => kind === 'choice' && passed.has(exercise)).length
  const wanted = row.items.filter(({ kind, exercise }) => {
    return !passed.has(exercise) && (kind === 'required' || (kind === 'choice' && chosen < row.pickCount))
  })
  return wanted.map(({ exercise }) => ({
    exercise,
    set: { id: row.id, title: row.title, classId: row.classId },
    dueAt: new Date(terms.dueAt).toISOString(),
    closesAt: new Date(terms.closesAt).toISOString(),
  }))
}
