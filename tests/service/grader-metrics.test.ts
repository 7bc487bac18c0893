import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorVerdict } from '@/lib/contract/error-verdict'
import type { GradingPhases, Verdict, VerdictReason } from '@/lib/contract/verdict'
import { createGraderMetrics, serveMetrics } from '@/lib/service/grader-metrics'
import { freePort } from '@/lib/service/ports'

/* What a Prometheus reads from a grader. */

const measureQueue = async () => ({ queued: 7, grading: 2, oldestSeconds: 1.5 })

const VALUE = (text: string, line: string): number | null => {
  const found = text.split('\n').find((each) => each.startsWith(`${line} `))
  return found === undefined ? null : Number(found.slice(line.length + 1))
}

const passedVerdict = (phases?: GradingPhases): Verdict => ({
  ...errorVerdict({ exerciseVersion: 'v' }), verdict: 'passed', reason: null, stats: { wallMs: 1, guestPeakRssKb: 1, phases },
})
const failedVerdict = (reason: VerdictReason): Verdict => ({ ...passedVerdict(), verdict: 'failed', reason })

describe('figures of a grader', () => {
  const metrics = createGraderMetrics({ concurrency: 3, layers: { permissions: true, noNetwork: false }, measureQueue })
  let origin = ''
  let close = (): void => {}

  beforeAll(async () => {
    const port = await freePort('127.0.0.1')
    const server = await serveMetrics(metrics, { host: '127.0.0.1', port })
    origin = `http://127.0.0.1:${port}`
    close = () => server.close()
  })
  afterAll(() => close())

  it('count verdicts by outcome and reason, and runs that were ended from outside', async () => {
    metrics.observe(passedVerdict(), { queueMs: 10, totalMs: 100 })
    metrics.observe(passedVerdict(), { queueMs: 10, totalMs: 100 })
    metrics.observe(failedVerdict('time-limit'), { queueMs: 10, totalMs: 100 })
    metrics.observe(failedVerdict('compile-error'), { queueMs: 10, totalMs: 100 })
    const text = await metrics.text()
    expect(VALUE(text, 'handroll_verdicts_total{outcome="passed",reason="tests"}')).toBe(2)
    expect(VALUE(text, 'handroll_verdicts_total{outcome="failed",reason="time-limit"}')).toBe(1)
    expect(VALUE(text, 'handroll_guest_kills_total{reason="time-limit"}')).toBe(1)
    expect(VALUE(text, 'handroll_guest_kills_total{reason="compile-error"}')).toBeNull()
  })

  it('tell where the time went, and what is left is the store', async () => {
    const apart = createGraderMetrics({ concurrency: 1, layers: {}, measureQueue })
    apart.observe(passedVerdict({ compileMs: 10, startMs: 20, testsMs: 30, endMs: 5 }), { queueMs: 2_000, totalMs: 100 })
    const text = await apart.text()
    expect(VALUE(text, 'handroll_grading_phase_seconds_sum{phase="compile"}')).toBeCloseTo(0.01)
    expect(VALUE(text, 'handroll_grading_phase_seconds_sum{phase="tests"}')).toBeCloseTo(0.03)
    expect(VALUE(text, 'handroll_grading_phase_seconds_sum{phase="store"}')).toBeCloseTo(0.035)
    expect(VALUE(text, 'handroll_queue_wait_seconds_sum')).toBe(2)
  })

  it('are served on a port of their own, with what the grader is set to', async () => {
    const response = await fetch(`${origin}/metrics`)
    expect(response.headers.get('content-type')).toContain('text/plain')
    const text = await response.text()
    expect(VALUE(text, 'handroll_grader_slots')).toBe(3)
    expect(VALUE(text, 'handroll_sandbox_layer{layer="permissions"}')).toBe(1)
    expect(VALUE(text, 'handroll_sandbox_layer{layer="noNetwork"}')).toBe(0)
  })

  it('tell how much waits, and where that is not known say nothing', async () => {
    const text = await metrics.text()
    expect(VALUE(text, 'handroll_queue_length{state="queued"}')).toBe(7)
    expect(VALUE(text, 'handroll_queue_oldest_seconds')).toBe(1.5)
    const blind = createGraderMetrics({ concurrency: 1, layers: {}, measureQueue: async () => null })
    expect(VALUE(await blind.text(), 'handroll_queue_length{state="queued"}')).toBeNull()
    expect(VALUE(await blind.text(), 'handroll_queue_oldest_seconds')).toBeNull()
  })

  it('tell of the oldest that waits at the moment they are read, not of the reading before', async () => {
    let oldestSeconds: number | null = 40
    const apart = createGraderMetrics({
      concurrency: 1, layers: {}, measureQueue: async () => ({ queued: 1, grading: 0, oldestSeconds }),
    })
    expect(VALUE(await apart.text(), 'handroll_queue_oldest_seconds')).toBe(40)
    oldestSeconds = null
    expect(VALUE(await apart.text(), 'handroll_queue_oldest_seconds')).toBe(0)
  })

  it('are all that is there', async () => {
    expect((await fetch(`${origin}/`)).status).toBe(404)
    expect((await fetch(`${origin}/metrics`, { method: 'POST' })).status).toBe(404)
  })

  it('say which setting to change when their port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await expect(serveMetrics(metrics, { host: '127.0.0.1', port })).rejects.toThrow(/METRICS_PORT/)
    other.close()
  })
})
