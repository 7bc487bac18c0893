/** One request of a load test. */
export interface Hit {
  startMs: number
  latencyMs: number
  code: number
  error?: string
}

export interface Report {
  requests: number
  rate: number
  throughput: number
  success: number
  mean: number
  min: number
  max: number
  p50: number
  p90: number
  p95: number
  p99: number
  codes: Record<string, number>
  errors: string[]
}

/** When each request of a load test starts, in milliseconds from its beginning. */
export function schedule(ratePerSec: number, durationMs: number): number[] {
  if (!Number.isFinite(ratePerSec) || ratePerSec <= 0) throw new RangeError('the rate must be a number above 0')
  if (!Number.isFinite(durationMs) || durationMs < 0) throw new RangeError('the duration must be a number of 0 or more')
  const starts: number[] = []
  // Each time is worked out from its number: adding up an interval would add up its rounding errors too.
  for (let i = 0; (i * 1000) / ratePerSec < durationMs; i++) starts.push((i * 1000) / ratePerSec)
  return starts
}

/** What a load test has shown. */
export function report(hits: readonly Hit[]): Report {
  const sorted = hits.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b)
  const starts = hits.map(({ startMs }) => startMs)
  const began = least(starts)
  const lastStart = greatest(starts)
  const lastEnd = greatest(hits.map(({ startMs, latencyMs }) => startMs + latencyMs))
  const successes = hits.filter(({ code }) => code >= 200 && code < 400).length
  return {
    requests: hits.length,
    rate: share(hits.length * 1000, lastStart - began),
    throughput: share(successes * 1000, lastEnd - began),
    success: share(successes, hits.length),
    mean: share(
      sorted.reduce((sum, ms) => sum + ms, 0),
      hits.length,
    ),
    min: sorted[0] ?? 0,
    max: sorted.at(-1) ?? 0,
    p50: nearestRank(sorted, 50),
    p90: nearestRank(sorted, 90),
    p95: nearestRank(sorted, 95),
    p99: nearestRank(sorted, 99),
    codes: countCodes(hits),
    errors: [...new Set(hits.flatMap(({ error }) => (error ? [error] : [])))],
  }
}

/** The smallest of the sorted values that at least `percent` of them do not exceed. */
function nearestRank(sorted: readonly number[], percent: number): number {
  // Whole numbers up to the division: 0.95 times something may be a hair above a whole number.
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? 0
}

function countCodes(hits: readonly Hit[]): Record<string, number> {
  const codes: Record<string, number> = {}
  for (const { code } of hits) codes[code] = (codes[code] ?? 0) + 1
  return codes
}

/** A quotient, or 0 where there is nothing to divide by. */
function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}

// Not Math.min(...values): as arguments, some hundred thousand values overflow the stack.
const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
const greatest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)

/** Counts latencies in buckets; histograms of several machines can be added up. */
export class LatencyHistogram {
  readonly #bounds: readonly number[]
  readonly #counts: number[]

  constructor(bounds: readonly number[]) {
    const isRising = bounds.every((bound, i) => Number.isFinite(bound) && bound > (bounds[i - 1] ?? 0))
    if (bounds.length === 0 || !isRising) throw new RangeError('bounds must be rising numbers above 0')
    this.#bounds = [...bounds]
    this.#counts = new Array<number>(bounds.length + 1).fill(0)
  }

  record(ms: number): void {
    if (!(ms >= 0)) throw new RangeError('a latency must be a number of 0 or more')
    const place = this.#bounds.findIndex((bound) => ms <= bound)
    const bucket = place < 0 ? this.#bounds.length : place
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1
  }

  merge(other: LatencyHistogram): LatencyHistogram {
    const isAlike =
      other.#bounds.length === this.#bounds.length && other.#bounds.every((bound, i) => bound === this.#bounds[i])
    if (!isAlike) throw new RangeError('histograms with different bounds cannot be added')
    const sum = new LatencyHistogram(this.#bounds)
    for (const [i, count] of this.#counts.entries()) sum.#counts[i] = count + (other.#counts[i] ?? 0)
    return sum
  }

  quantile(q: number): number {
    if (!(q >= 0 && q <= 1)) throw new RangeError('a quantile lies between 0 and 1')
    const rank = q * this.#counts.reduce((sum, count) => sum + count, 0)
    let below = 0
    for (const [i, count] of this.#counts.entries()) {
      if (count > 0 && below + count >= rank) {
        const lower = this.#bounds[i - 1] ?? 0
        const upper = this.#bounds[i] ?? lower // nothing is known above the last bound
        return lower + ((upper - lower) * (rank - below)) / count
      }
      below += count
    }
    return 0
  }

  get counts(): number[] {
    return [...this.#counts]
  }
}
