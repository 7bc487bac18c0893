import type { ExerciseSummary, TopicSummary } from '@/lib/contract/catalogue'
import type { ExerciseHistory } from '@/lib/db/exercise-history'
import { firstExercise } from './first-exercise'

/*
 * What to do next, by a rule that anybody can check (messages `next.rule` say it to learners):
 * 1. what open problem sets still ask for, in order of their due times; what is late already comes after that;
 * 2. in each topic that was begun, the latest first: the exercise that was tried and is not passed, else the next one;
 * 3. what was passed with some trouble and has not been touched for long, the longest ago first.
 * Who has begun nothing, or has finished all that they began, is offered a beginning instead of 2. What an open set takes
 * no more submissions of is offered by none of them.
 */

/** Days without a submission after which an exercise can come up for review. */
export const REVIEW_AFTER_DAYS = 30
/** Graded submissions, the one that passed among them, that make it worth a review. */
export const REVIEW_ATTEMPTS = 3

const DAY_MS = 86_400_000
const MOST = { sets: 3, topics: 3, review: 2 }

/** An exercise that an open problem set still asks the learner for. Times are ISO 8601. */
export interface SetTask {
  exercise: string
  set: { id: string; title: string; classId: string }
  dueAt: string
  closesAt: string
}

export type NextReason =
  | { kind: 'set'; set: SetTask['set']; dueAt: string; closesAt: string; late: boolean }
  /** Graded submissions so far, none of which passed. */
  | { kind: 'tried'; attempts: number }
  /** The next one of a topic that was begun. */
  | { kind: 'topic' }
  /** The first one of a topic that was not begun yet. */
  | { kind: 'new-topic' }
  /** The very first one. */
  | { kind: 'first' }
  | { kind: 'review'; lastAt: string; attempts: number }

export interface NextStep {
  exercise: ExerciseSummary
  reason: NextReason
}

/** What is known of a learner when the next steps are chosen. */
export interface Learner {
  /** The latest submission first. */
  history: readonly ExerciseHistory[]
  tasks: readonly SetTask[]
  /** Exercises that they cannot submit at present. */
  blocked: ReadonlySet<string>
}

/** The next steps, the most urgent first, no exercise twice; empty when there is nothing left to do. */
export function nextSteps(topics: readonly TopicSummary[], learner: Learner, now: number): NextStep[] {
  const found = [
    ...ofSets(topics, learner.tasks, now).slice(0, MOST.sets),
    ...beginning(topics, learner, ofTopics(topics, learner)).slice(0, MOST.topics),
    ...ofReview(topics, learner, now).slice(0, MOST.review),
  ]
  return found.filter(({ exercise }, index) => {
    return found.findIndex((earlier) => earlier.exercise.slug === exercise.slug) === index
  })
}

function ofSets(topics: readonly TopicSummary[], tasks: readonly SetTask[], now: number): NextStep[] {
  const isLate = ({ dueAt }: SetTask) => Date.parse(dueAt) < now
  const ends = (task: SetTask) => Date.parse(isLate(task) ? task.closesAt : task.dueAt)
  return tasks
    .toSorted((a, b) => Number(isLate(a)) - Number(isLate(b)) || ends(a) - ends(b))
    .flatMap((task) => {
      const exercise = findExercise(topics, task.exercise)
      const { set, dueAt, closesAt } = task
      return exercise ? [{ exercise, reason: { kind: 'set' as const, set, dueAt, closesAt, late: isLate(task) } }] : []
    })
}

function ofTopics(topics: readonly TopicSummary[], { history, blocked }: Learner): NextStep[] {
  const bySlug = new Map(history.map((each) => [each.exercise, each]))
  const begun = new Set(history.flatMap(({ exercise }) => findExercise(topics, exercise)?.topic ?? []))
  return [...begun].flatMap((slug) => {
    const { exercises = [] } = topics.find((topic) => topic.slug === slug) ?? {}
    const isOpen = ({ slug }: ExerciseSummary) => !bySlug.get(slug)?.firstPassedAt && !blocked.has(slug)
    const tried = history.find((each) => exercises.some((exercise) => exercise.slug === each.exercise && isOpen(exercise)))
    const latest = history.find((each) => exercises.some(({ slug }) => slug === each.exercise))
    const last = exercises.findIndex((exercise) => exercise.slug === latest?.exercise)
    const next = tried
      ? exercises.find((exercise) => exercise.slug === tried.exercise)
      : exercises.slice(last + 1).find(isOpen) ?? exercises.find(isOpen)
    if (!next) return []
    return [{ exercise: next, reason: tried ? { kind: 'tried', attempts: tried.attemptsBefore } : { kind: 'topic' } }]
  })
}

/** The steps in topics that were begun, or where to begin when there are none. */
function beginning(
  topics: readonly TopicSummary[], { history, blocked }: Learner, begun: NextStep[],
): NextStep[] {
  if (begun.length > 0) return begun
  const touched = new Set(history.map(({ exercise }) => exercise))
  const anything = topics.some(({ exercises }) => exercises.some(({ slug }) => touched.has(slug)))
  if (!anything) {
    const first = firstExercise(topics)
    return first ? [{ exercise: first, reason: { kind: 'first' } }] : []
  }
  const next = topics
    .filter(({ exercises }) => !exercises.some(({ slug }) => touched.has(slug)))
    .flatMap(({ exercises }) => exercises.find(({ slug }) => !blocked.has(slug)) ?? [])[0]
  return next ? [{ exercise: next, reason: { kind: 'new-topic' } }] : []
}

function ofReview(topics: readonly TopicSummary[], { history, blocked }: Learner, now: number): NextStep[] {
  const isDue = ({ exercise, firstPassedAt, attemptsBefore, lastSubmittedAt }: ExerciseHistory) => firstPassedAt !== null
    && attemptsBefore + 1 >= REVIEW_ATTEMPTS
    && !blocked.has(exercise)
    && now - lastSubmittedAt.getTime() >= REVIEW_AFTER_DAYS * DAY_MS
  return history
    .filter(isDue)
    .toSorted((a, b) => a.lastSubmittedAt.getTime() - b.lastSubmittedAt.getTime())
    .flatMap(({ exercise: slug, lastSubmittedAt, attemptsBefore }) => {
      const exercise = findExercise(topics, slug)
      const reason = { kind: 'review' as const, lastAt: lastSubmittedAt.toISOString(), attempts: attemptsBefore + 1 }
      return exercise ? [{ exercise, reason }] : []
    })
}

function findExercise(topics: readonly TopicSummary[], slug: string): ExerciseSummary | undefined {
  return topics.flatMap(({ exercises }) => exercises).find((exercise) => exercise.slug === slug)
}
