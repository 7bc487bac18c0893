import { describe, expect, it } from 'vitest'
import { LatencyHistogram, report, schedule } from './solution'

describe('load-test-report', () => {
  it('starts requests evenly', () => {
    expect(schedule(4, 1000)).toEqual([0, 250, 500, 750])
  })

  it('reports latencies, rates and what went wrong', () => {
    const hits = [
      { startMs: 0, latencyMs: 40, code: 200 },
      { startMs: 500, latencyMs: 9, code: 200 },
      { startMs: 1000, latencyMs: 100, code: 500, error: 'internal error' },
      { startMs: 1500, latencyMs: 20, code: 302 },
      { startMs: 2000, latencyMs: 400, code: 0, error: 'timeout' },
    ]
    expect(report(hits)).toEqual({
      requests: 5,
      rate: 2.5,
      throughput: 1.25,
      success: 0.6,
      mean: 113.8,
      min: 9,
      max: 400,
      p50: 40,
      p90: 400,
      p95: 400,
      p99: 400,
      codes: { 0: 1, 200: 2, 302: 1, 500: 1 },
      errors: ['internal error', 'timeout'],
    })
  })

  it('counts latencies in buckets', () => {
    const histogram = new LatencyHistogram([10, 50, 100])
    for (const ms of [3, 10, 11, 60, 70, 5000]) histogram.record(ms)
    expect(histogram.counts).toEqual([2, 1, 2, 1])
    expect(histogram.quantile(0.5)).toBe(50)
  })

  it('adds histograms up', () => {
    const [a, b] = [new LatencyHistogram([10, 20]), new LatencyHistogram([10, 20])]
    a.record(5)
    b.record(15)
    expect(a.merge(b).counts).toEqual([1, 1, 0])
    expect(a.counts).toEqual([1, 0, 0])
  })
})
