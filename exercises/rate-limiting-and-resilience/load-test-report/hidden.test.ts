import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { type Hit, LatencyHistogram, report, schedule } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** Requests of these latencies, all at once and well. */
const quick = (latencies: number[]): Hit[] => latencies.map((latencyMs) => ({ startMs: 0, latencyMs, code: 200 }))

/** A histogram of these latencies. */
function filled(bounds: number[], latencies: number[]): LatencyHistogram {
  const histogram = new LatencyHistogram(bounds)
  for (const ms of latencies) histogram.record(ms)
  return histogram
}

describe('Schedule', () => {
  it('requests start one interval apart, from 0 on', () => {
    const rate = random.pick([8, 40, 125, 500])
    const count = random.int(3, 30)
    expect(schedule(rate, (count * 1000) / rate)).toEqual(numbers(count).map((i) => (i * 1000) / rate))
  })

  it('the end of the duration belongs to it no more, any moment before does', () => {
    expect(schedule(10, 1000).at(-1)).toBe(900)
    expect(schedule(10, 1001).at(-1)).toBe(1000)
    expect(schedule(10, 1)).toEqual([0])
    expect(schedule(10, 0)).toEqual([])
    expect(schedule(0.5, 5000)).toEqual([0, 2000, 4000])
  })

  it('rounding errors do not add up', () => {
    const starts = schedule(300, 30_000)
    expect(starts).toHaveLength(9000)
    for (const i of [3, 301, 4501, 8999]) expect(starts[i]).toBe((i * 1000) / 300)
  })

  it('a rate or a duration that makes no sense is refused with RangeError', () => {
    for (const rate of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => schedule(rate, 100)).toThrow(RangeError)
    }
    for (const duration of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => schedule(10, duration)).toThrow(RangeError)
    }
  })
})

describe('Report', () => {
  it('percentiles are the values of the nearest rank, whatever the order of the requests', () => {
    // Sizes for which a share in fractions gives the same rank as one in hundredths.
    const isClear = (n: number) => [50, 90, 95, 99].every((p) => Math.ceil((p / 100) * n) === Math.ceil((p * n) / 100))
    for (const n of [1, 2, 20, 100, random.int(3, 60), random.int(101, 300)].filter(isClear)) {
      const sorted = numbers(n)
        .map(() => random.int(1, 2000))
        .sort((a, b) => a - b)
      const rank = (p: number) => sorted[Math.ceil((p * n) / 100) - 1]
      const { p50, p90, p95, p99, min, max } = report(quick(random.shuffle(sorted)))
      expect([p50, p90, p95, p99]).toEqual([rank(50), rank(90), rank(95), rank(99)])
      expect([min, max]).toEqual([sorted[0], sorted.at(-1)])
    }
  })

  it('latencies are compared as numbers', () => {
    const { min, p50, max } = report(quick([9, 100, 20, 1000, 3]))
    expect([min, p50, max]).toEqual([3, 20, 1000])
  })

  it('the mean is that of all latencies', () => {
    const latencies = numbers(random.int(2, 40)).map(() => random.int(1, 500))
    const mean = latencies.reduce((sum, ms) => sum + ms, 0) / latencies.length
    expect(report(quick(latencies)).mean).toBeCloseTo(mean, 9)
  })

  it('the rate counts requests between the first start and the last', () => {
    const first = random.int(0, 1e6)
    const starts = random.shuffle([0, 100, 250, 400, 1000, 2000])
    const hits = starts.map((at) => ({ startMs: first + at, latencyMs: random.int(3000, 9000), code: 500 }))
    expect([report(hits).requests, report(hits).rate]).toEqual([6, 3])
  })

  it('the throughput counts successes from the first start to the last answer', () => {
    const first = random.int(0, 1e6)
    const hits: Hit[] = random.shuffle([
      { startMs: first, latencyMs: 10, code: 200 },
      { startMs: first + 1000, latencyMs: 3000, code: 204 },
      { startMs: first + 2000, latencyMs: 10, code: 404 },
      { startMs: first + 3000, latencyMs: 10, code: 301 },
    ])
    expect(report(hits).throughput).toBe(0.75)
    const slowFailure = { startMs: first + 3000, latencyMs: 3000, code: 503 }
    expect(report([...hits, slowFailure]).throughput).toBe(0.5)
  })

  it('the share of successes is that of codes from 200 to 399', () => {
    const codes = random.shuffle([200, 201, 299, 301, 399, 100, 199, 400, 404, 500])
    const hits = codes.map((code) => ({ startMs: 0, latencyMs: 1, code }))
    expect(report(hits).success).toBe(0.5)
  })

  it('codes are counted', () => {
    const codes = random.shuffle([200, 200, 200, 404, 0, 503, 503])
    const hits = codes.map((code, i) => ({ startMs: i, latencyMs: 1, code }))
    expect(report(hits).codes).toEqual({ 0: 1, 200: 3, 404: 1, 503: 2 })
  })

  it('errors are named once, in the order in which they are first seen', () => {
    const errors = random.shuffle(['timeout', 'refused', 'reset'])
    const list = [undefined, errors[0], errors[1], errors[0], undefined, errors[2], errors[1]]
    const hits = list.map((error, i): Hit => {
      return { startMs: 100 - i, latencyMs: 1, code: 0, ...(error === undefined ? {} : { error }) }
    })
    expect(report(hits).errors).toEqual(errors)
    expect(report(quick([1, 2])).errors).toEqual([])
  })

  it('a run without requests is all zeros', () => {
    const zeros = { requests: 0, rate: 0, throughput: 0, success: 0, mean: 0, min: 0, max: 0 }
    expect(report([])).toEqual({ ...zeros, p50: 0, p90: 0, p95: 0, p99: 0, codes: {}, errors: [] })
  })

  it('a single request has no rate, but all the rest', () => {
    const one = report([{ startMs: 5000, latencyMs: 250, code: 200 }])
    expect(one).toMatchObject({ requests: 1, rate: 0, throughput: 4, success: 1, mean: 250, p50: 250, p99: 250 })
    expect(report([{ startMs: 7, latencyMs: 0, code: 200 }])).toMatchObject({ rate: 0, throughput: 0, success: 1 })
  })

  it('the hits are left as they are', () => {
    const hits = quick([5, 3, 9])
    report(hits)
    expect(hits.map(({ latencyMs }) => latencyMs)).toEqual([5, 3, 9])
  })
})

describe('Histogram', () => {
  it('each latency counts in the first bucket whose bound it does not exceed', () => {
    const histogram = filled([10, 20, 50], [0, 10, 10.5, 20, 21, 50, 51, 1e6])
    expect(histogram.counts).toEqual([2, 2, 2, 2])
    expect(new LatencyHistogram([7]).counts).toEqual([0, 0])
  })

  it('a quantile is interpolated within its bucket', () => {
    const histogram = filled([100, 200, 400], [...numbers(4).map(() => 50), ...numbers(4).map(() => 300)])
    const quantiles = [0.25, 0.375, 0.5, 0.625, 0.75, 1].map((q) => histogram.quantile(q))
    for (const [i, value] of [50, 75, 100, 250, 300, 400].entries()) expect(quantiles[i]).toBeCloseTo(value, 9)
  })

  it('buckets without latencies are passed over', () => {
    const histogram = filled([10, 20, 30, 40], [25, 25])
    expect([0, 0.5, 1].map((q) => histogram.quantile(q))).toEqual([20, 25, 30])
  })

  it('above the last bound the last bound is the answer', () => {
    const histogram = filled([10, 20], [5, 500, 600, 700])
    expect([0.5, 0.99, 1].map((q) => histogram.quantile(q))).toEqual([20, 20, 20])
    expect(filled([10, 20], [999]).quantile(0)).toBe(20)
  })

  it('an empty histogram has quantiles of 0', () => {
    expect([0, 0.5, 1].map((q) => new LatencyHistogram([1, 2]).quantile(q))).toEqual([0, 0, 0])
  })

  it('the sum of two histograms is that of all their latencies, and both stay as they are', () => {
    const bounds = [10, 20, 40]
    const some = (count: number) => numbers(count).map(() => random.int(0, 60))
    const [left, right] = [some(6), some(9)]
    const [a, b] = [filled(bounds, left), filled(bounds, right)]
    const sum = a.merge(b)
    expect(sum.counts).toEqual(filled(bounds, [...left, ...right]).counts)
    sum.record(5)
    expect([a.counts, b.counts]).toEqual([filled(bounds, left).counts, filled(bounds, right).counts])
    expect(a.merge(a).counts).toEqual(a.counts.map((count) => count * 2))
  })

  it('histograms with different bounds are not added up', () => {
    const histogram = new LatencyHistogram([10, 20])
    for (const bounds of [[10], [10, 21], [10, 20, 30], [9, 20]]) {
      expect(() => histogram.merge(new LatencyHistogram(bounds))).toThrow(RangeError)
      expect(() => new LatencyHistogram(bounds).merge(histogram)).toThrow(RangeError)
    }
  })

  it('counts and bounds are copies', () => {
    const bounds = [10, 20]
    const histogram = new LatencyHistogram(bounds)
    bounds[0] = 1
    histogram.record(5)
    histogram.counts[0] = 99
    expect(histogram.counts).toEqual([1, 0, 0])
  })

  it('bounds, latencies and quantiles that make no sense are refused with RangeError', () => {
    for (const bounds of [[], [0], [-1, 1], [10, 10], [20, 10], [Number.NaN], [1, Number.POSITIVE_INFINITY]]) {
      expect(() => new LatencyHistogram(bounds)).toThrow(RangeError)
    }
    const histogram = new LatencyHistogram([10])
    for (const bad of [-1, Number.NaN]) {
      expect(() => histogram.record(bad)).toThrow(RangeError)
      expect(() => histogram.quantile(bad)).toThrow(RangeError)
    }
    expect(() => histogram.quantile(1.01)).toThrow(RangeError)
    expect(histogram.counts).toEqual([0, 0])
  })
})
