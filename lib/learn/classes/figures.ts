import type { Bin, MarkDistribution } from '@/lib/contract/analytics'
import type { Mark } from '@/lib/marks/terms'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Where bins of times begin, after the one for passes at once. */
const TIME_EDGES = [0, 10 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY]
/** Where bins of submissions begin. */
const ATTEMPT_EDGES = [1, 2, 3, 4, 6, 11, 21]
const MARK_BINS = 10

/** The middle one, or the mean of the two in the middle; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[sorted.length >> 1]
  if (upper === undefined) return null
  return sorted.length % 2 === 1 ? upper : ((sorted[sorted.length / 2 - 1] ?? upper) + upper) / 2
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** @param marks of those who have started */
export function markDistribution(marks: readonly Mark[], max: Mark, notStarted: number): MarkDistribution {
  const counts = Array<number>(MARK_BINS + 1).fill(0)
  for (const mark of marks) {
    const bin = mark >= max ? MARK_BINS : Math.floor((mark * MARK_BINS) / max)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const width = 100 / MARK_BINS
  const bins = counts.map((count, index): Bin => {
    return { from: index * width, to: Math.min(100, (index + 1) * width), count }
  })
  return { max, bins, notStarted, mean: mean(marks), median: median(marks) }
}

/** Times to pass, milliseconds. Who passed with the first submission took none. */
export function timeBins(times: readonly number[]): Bin[] {
  const atOnce: Bin = { from: 0, to: 0, count: times.filter((time) => time === 0).length }
  return [atOnce, ...binsOf(TIME_EDGES, times.filter((time) => time > 0))]
}

/** Submissions up to the first pass. */
export function attemptBins(attempts: readonly number[]): Bin[] {
  return binsOf(ATTEMPT_EDGES, attempts)
}

function binsOf(edges: readonly number[], values: readonly number[]): Bin[] {
  return edges.map((from, index) => {
    const to = edges[index + 1] ?? null
    return { from, to, count: values.filter((value) => value >= from && (to === null || value < to)).length }
  })
}
