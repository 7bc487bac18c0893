import { termsOf, type StudentInput } from '@/lib/marks/marks'
import type { Attempt, MarkedSet } from '@/lib/marks/terms'
import type { World } from '../oracle'

/** A world as `markStudent` takes it: with all attempts, or only with those that improve on all before them. */
export function studentInput(world: World, { onlyImproving }: { onlyImproving: boolean }): StudentInput {
  const attempts = new Map<string, Attempt[]>()
  for (const { set } of world.sets) {
    for (const { id, exercise } of set.items) {
      const all = attemptsAt(world, set, exercise)
      attempts.set(id, onlyImproving ? improving(all) : all)
    }
  }
  const { now, timeZone, graceDays, overrides } = world
  const sets = world.sets.map(({ set, own, section }) => ({ set, terms: termsOf(set, timeZone, own, section) }))
  return { now, graceDays, sets, attempts, overrides }
}

/** All graded submissions for one exercise since a set opened. */
export function attemptsAt(world: World, { opensAt }: MarkedSet, exercise: string): Attempt[] {
  const graded = world.submissions.filter((each) => each.exercise === exercise && each.at >= opensAt && each.result)
  return graded.map(({ id: submissionId, at, result }, index) => {
    const before = graded.slice(0, index).filter(({ wasError }) => !wasError).length
    return { submissionId, at, ...result!, number: before + 1 }
  })
}

function improving(attempts: Attempt[]): Attempt[] {
  let best = -1
  return attempts.filter(({ score, maxScore }) => {
    const share = score / maxScore
    if (share <= best) return false
    best = share
    return true
  })
}
