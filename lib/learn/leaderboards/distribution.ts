import type { PointsBin } from '@/lib/contract/leaderboard'

/** Most bins that a distribution is drawn with. */
const MOST_BINS = 16

/** Widths that people can read: 1, 2, 5 and these with zeros behind. */
const STEPS = [1, 2, 5]

/** Bounds of bins of one width that hold 1 to `most` points. */
export function binsUpTo(most: number): { from: number; to: number }[] {
  const width = widthFor(most)
  return Array.from({ length: Math.ceil(most / width) }, (_, index) => ({ from: index * width + 1, to: (index + 1) * width }))
}

/** @param above how many have more points than each bin's `from - 1`, in the order of the bins */
export function fillBins(bins: readonly { from: number; to: number }[], above: readonly number[]): PointsBin[] {
  return bins.map(({ from, to }, index) => ({ from, to, people: (above[index] ?? 0) - (above[index + 1] ?? 0) }))
}

function widthFor(most: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of STEPS) if (most <= step * power * MOST_BINS) return step * power
  }
}
