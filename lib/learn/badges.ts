import type { TopicSummary } from '@/lib/contract/catalogue'
import type { Badge, TopicBadge } from '@/lib/contract/profile'

/*
 * What somebody has reached, derived each time from what the server's verdicts say now: a regrade that takes a pass
 * away takes along whatever rested on it. Nothing here counts clicks, time or luck. The rules are also written beside
 * each badge (messages `profile.badges`); whoever changes one changes both.
 */

/** Graded submissions without a pass, before the one that passed, that make a pass persistent. */
export const PERSISTENT_ATTEMPTS = 5

/** A first pass, and how many graded submissions came before it. */
export interface Pass {
  exercise: string
  passedAt: Date
  attemptsBefore: number
}

/** @param passes of exercises that the catalogue has */
export function badgesOf(topics: readonly TopicSummary[], passes: readonly Pass[]): Badge[] {
  const all = topics.flatMap(({ exercises }) => exercises)
  const levels = new Map(all.map(({ slug, difficulty }) => [slug, difficulty]))
  const inOrder = passes.toSorted((a, b) => a.passedAt.getTime() - b.passedAt.getTime())
  const isHard = ({ exercise }: Pass) => ['hard', 'expert'].includes(levels.get(exercise) ?? '')
  const moments = new Map(passes.map(({ exercise, passedAt }) => [exercise, passedAt.toISOString()]))
  const opened = topicBadgesOf(topics, passes).map(({ firstPassAt }) => firstPassAt)
  return [
    ...ofPasses('first-pass', inOrder.slice(0, 1)),
    ...ofPasses('first-try', inOrder.filter((pass) => isHard(pass) && pass.attemptsBefore === 0)),
    ...ofPasses('persistence', inOrder.filter(({ attemptsBefore }) => attemptsBefore >= PERSISTENT_ATTEMPTS)),
    ...ofPasses('expert', inOrder.filter(({ exercise }) => levels.get(exercise) === 'expert')),
    ...ofAll('every-topic', opened),
    ...ofAll('everything', all.map(({ slug }) => moments.get(slug))),
  ]
}

/** How far somebody has come in each topic, as it is today: one that gets a new exercise is complete no more. */
export function topicBadgesOf(topics: readonly TopicSummary[], passes: readonly Pass[]): TopicBadge[] {
  const passedAt = new Map(passes.map((pass) => [pass.exercise, pass.passedAt.toISOString()]))
  return topics.map(({ slug, exercises }) => {
    const passed = exercises.map((exercise) => exercise.slug).filter((each) => passedAt.has(each))
    const moments = passed.map((each) => passedAt.get(each) ?? '').toSorted()
    const total = exercises.length
    return {
      topic: slug,
      passed,
      total,
      firstPassAt: moments[0] ?? null,
      completeAt: (total > 0 && moments.length === total ? moments.at(-1) : null) ?? null,
    }
  })
}

/** A badge for one or more passes, the earliest first; it is dated by the first of them. */
function ofPasses(kind: Badge['kind'], [first, ...others]: readonly Pass[]): Badge[] {
  if (!first) return []
  const times = kind === 'first-pass' ? null : others.length + 1
  return [{ kind, earnedAt: first.passedAt.toISOString(), exercise: first.exercise, times }]
}

/** A badge for which nothing may be missing; it is dated by the last moment. */
function ofAll(kind: Badge['kind'], moments: readonly (string | null | undefined)[]): Badge[] {
  const reached = moments.filter((moment) => moment != null).toSorted()
  const last = reached.at(-1)
  return last !== undefined && reached.length === moments.length
    ? [{ kind, earnedAt: last, exercise: null, times: null }]
    : []
}
