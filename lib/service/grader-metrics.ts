import { createServer, type Server } from 'node:http'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Verdict } from '@/lib/contract/verdict'
import type { Health } from '@/lib/contract/health'
import { log } from './grader-log'

/** Bounds in seconds, from a compile error to the longest wall limit with a second try. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
/** A queue may hold for far longer. */
const QUEUE_SECONDS = [...SECONDS, 300, 1_800]

/** Reasons for which a run is ended from outside. */
const KILLED: ReadonlySet<string | null> = new Set(['time-limit', 'memory-limit', 'output-limit', 'protocol-error'])

/** What one verdict took besides what it says itself, milliseconds. */
export interface GradedTimes {
  /** From the submission to the moment it was taken up, by two machines' clocks. */
  queueMs: number
  /** From taking it up until its verdict was stored. */
  totalMs: number
}

export interface GraderMetrics {
  observe(verdict: Verdict, times: GradedTimes): void
  /** All figures in the text format of Prometheus. The state of the queue is read from the database at that moment. */
  text(): Promise<string>
}

export interface GraderMetricsOptions {
  concurrency: number
  /** Layers of the sandbox, and whether each is in force. */
  layers: Readonly<Record<string, boolean>>
  /** The state of the queue now; null where it is not known. */
  measureQueue: () => Promise<Health['queue']>
}

/** Figures of one grader process. */
export function createGraderMetrics({ concurrency, layers, measureQueue }: GraderMetricsOptions): GraderMetrics {
  const registers = [new Registry()]
  const [registry] = registers as [Registry]
  collectDefaultMetrics({ register: registry })
  const verdicts = new Counter({
    name: 'handroll_verdicts_total', help: 'Verdicts that were stored, by outcome and reason', registers,
    labelNames: ['outcome', 'reason'],
  })
  const kills = new Counter({
    name: 'handroll_guest_kills_total', help: 'Runs that were ended from outside, by reason', registers, labelNames: ['reason'],
  })
  const phases = new Histogram({
    name: 'handroll_grading_phase_seconds', registers, labelNames: ['phase'], buckets: SECONDS,
    help: 'Where the time of a verdict went: compile, start, tests, end, store',
  })
  const queued = new Histogram({
    name: 'handroll_queue_wait_seconds', help: 'From the submission until it was taken up', registers, buckets: QUEUE_SECONDS,
  })
  new Gauge({ name: 'handroll_grader_slots', help: 'Submissions that are graded at a time', registers }).set(concurrency)
  const layer = new Gauge({
    name: 'handroll_sandbox_layer', help: '1 where the layer was found in force', registers, labelNames: ['layer'],
  })
  for (const [name, isOn] of Object.entries(layers)) layer.set({ layer: name }, isOn ? 1 : 0)
  // Figures are collected side by side, so both of the queue wait for one and the same look at it.
  let looking: Promise<Health['queue']> | null = null
  const look = (): Promise<Health['queue']> => looking ??= measureQueue().finally(() => (looking = null))
  new Gauge({
    name: 'handroll_queue_length', help: 'Submissions without a verdict, in the whole installation', registers,
    labelNames: ['state'],
    async collect() {
      const queue = await look()
      if (!queue) return this.reset()
      this.set({ state: 'queued' }, queue.queued)
      this.set({ state: 'grading' }, queue.grading)
    },
  })
  new Gauge({
    name: 'handroll_queue_oldest_seconds', help: 'Age of the oldest that waits to be taken up', registers,
    async collect() {
      const queue = await look()
      if (queue) this.set(queue.oldestSeconds ?? 0)
      else this.remove()
    },
  })

  return {
    observe({ verdict, reason, stats }, { queueMs, totalMs }) {
      verdicts.inc({ outcome: verdict, reason: reason ?? 'tests' })
      if (reason !== null && KILLED.has(reason)) kills.inc({ reason })
      queued.observe(Math.max(0, queueMs) / 1_000)
      const spent = Object.entries(stats.phases ?? {}).map(([name, ms]) => {
        phases.observe({ phase: name.replace(/Ms$/, '') }, ms / 1_000)
        return ms
      })
      const rest = totalMs - spent.reduce((sum, ms) => sum + ms, 0)
      phases.observe({ phase: 'store' }, Math.max(0, rest) / 1_000)
    },
    text: () => registry.metrics(),
  }
}

/** Serves the figures on `GET /metrics` of a port of its own, for a Prometheus on the same network. */
export function serveMetrics({ text }: GraderMetrics, { host, port }: { host: string; port: number }): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end()
    text().then(
      (body) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(body),
      (error: unknown) => {
        log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'no metrics')
        response.writeHead(500).end()
      },
    )
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} for metrics is in use. Stop the other program or set METRICS_PORT.`) : error)
    })
    server.listen(port, host, () => resolve(server))
  })
}
