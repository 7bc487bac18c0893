import type { Item, Mark } from './terms'

/** Whole points in hundredths. */
export function toMark(points: number): Mark {
  return points * 100
}

/**
 * Which items make up the total of a set: all that are required, and of those to choose from the best `pickCount`; of
 * equal ones, those that come first. Optional ones never do.
 * @param marks one for each item, in their order
 * @returns for each item whether it counts
 */
export function pickItems(items: readonly Item[], pickCount: number, marks: readonly Mark[]): boolean[] {
  const choices = items.flatMap(({ kind }, index) => kind === 'choice' ? [index] : [])
  // Sorting is stable.
  const best = new Set(choices.sort((a, b) => (marks[b] ?? 0) - (marks[a] ?? 0)).slice(0, pickCount))
  return items.map(({ kind }, index) => kind === 'required' || best.has(index))
}

/** The sum of the marks that count. */
export function totalOf(items: readonly Item[], pickCount: number, marks: readonly Mark[]): Mark {
  const counts = pickItems(items, pickCount, marks)
  return marks.reduce((sum, mark, index) => counts[index] ? sum + mark : sum, 0)
}

/** The greatest total that a set gives without overrides: every item with full score, on time. */
export function maxOf({ items, pickCount }: { items: readonly Item[]; pickCount: number }): Mark {
  return totalOf(items, pickCount, items.map(({ points }) => toMark(points)))
}
