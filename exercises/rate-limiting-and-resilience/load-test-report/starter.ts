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
  throw new Error('not implemented')
}

/** What a load test has shown. */
export function report(hits: readonly Hit[]): Report {
  throw new Error('not implemented')
}

/** Counts latencies in buckets; histograms of several machines can be added up. */
export class LatencyHistogram {
  constructor(bounds: readonly number[]) {
    throw new Error('not implemented')
  }

  record(ms: number): void {
    throw new Error('not implemented')
  }

  /** The sum of both, as a new histogram. */
  merge(other: LatencyHistogram): LatencyHistogram {
    throw new Error('not implemented')
  }

  /** An estimate of the latency that a share `q` of all stays below. */
  quantile(q: number): number {
    throw new Error('not implemented')
  }

  /** One count for each bucket; the last is what lies above all bounds. */
  get counts(): number[] {
    throw new Error('not implemented')
  }
}
