import { termsOf, type StudentInput } from '@/lib/marks/marks'
import type { Attempt } from '@/lib/marks/terms'
import type { World } from '../oracle'

/** A world as `markStudent` takes it: with all attempts, or only with those that improve on all before them. */
export function studentInput(world: World, { onlyImproving }: { onlyImproving: boolean }): StudentInput {
  const attempts = new Map<string, Attempt[]>()
  for (const { set } of world.sets) {
    for (const { id, exercise } of set.items) {
      const all = world.submissions
        .filter((each) => each.exercise === exercise && each.at >= set.opensAt && each.result)
        .map(({ id: submissionId, at, result }, index): Attempt => ({ submissionId, at, ...result!, number: index + 1 }))
      attempts.set(id, onlyImproving ? improving(all) : all)
    }
  }
  const { now, timeZone, graceDays, overrides } = world
  const sets = world.sets.map(({ set, own, section }) => ({ set, terms: termsOf(set, timeZone, own, section) }))
  return { now, graceDays, sets, attempts, overrides }
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
