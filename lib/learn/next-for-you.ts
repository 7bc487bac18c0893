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
    const tasks: SetTask[] = []
    for (const set of open) tasks.push(...(await listTasks(db, userId, { set, history, now })))
    return nextSteps(topics, { history, tasks }, now)
  })
}

function isOpen({ terms }: LearnerSet, now: number): boolean {
  return terms.opensAt <= now && now <= terms.closesAt && !terms.exempt
}

/**
 * What one open set still asks for: its required exercises and, until enough of them are passed, those to choose from.
 * Passed counts from the set's opening, as its marks do. What has no attempts left is not asked for.
 */
async function listTasks(
  db: Queries, userId: string, { set: { row, terms }, history, now }: {
    set: LearnerSet
    history: readonly ExerciseHistory[]
    now: number
  },
): Promise<SetTask[]> {
  const passed = new Set(history.flatMap(({ exercise, lastPassedAt }) => {
    return lastPassedAt && lastPassedAt.getTime() >= terms.opensAt ? [exercise] : []
  }))
  const chosen = row.items.filter(({ kind, exercise }) => kind === 'choice' && passed.has(exercise)).length
  const wanted = row.items.filter(({ kind, exercise }) => {
    return !passed.has(exercise) && (kind === 'required' || (kind === 'choice' && chosen < row.pickCount))
  })
  const limits = { opensAt: terms.opensAt, attemptLimit: terms.attemptLimit, coolDownSeconds: row.coolDownSeconds }
  const attempts = terms.attemptLimit === null || wanted.length === 0
    ? []
    : await listAttemptTimes(db, userId, wanted.map(({ exercise }) => exercise), new Date(terms.opensAt))
  return wanted.flatMap(({ exercise }) => {
    const times = attempts.filter((each) => each.exercise === exercise).map(({ submittedAt }) => submittedAt.getTime())
    if (attemptState(limits, times, now).spent) return []
    return [{
      exercise,
      set: { id: row.id, title: row.title, classId: row.classId },
      dueAt: new Date(terms.dueAt).toISOString(),
      closesAt: new Date(terms.closesAt).toISOString(),
    }]
  })
}
