import { readSync, writeSync } from 'fs'
import { parentPort } from 'worker_threads'
import { createFrameChannel } from '@/lib/grader/frames'
import { isClockFaked } from '@/lib/runtime/clock'
import { type Foreign, NOTHING_FOREIGN } from '@/lib/runtime/foreign'
import { linkGuest } from '@/lib/runtime/membrane/judge-link'
import { loopback } from '@/lib/runtime/membrane/loopback'
import { reportUnhandled, runTests, type TestFile } from '@/lib/runtime/run-tests'
import type { RealmJob, RealmReply } from './realm'
import { markingForeign } from './marking-foreign'

/* A realm of its own for runs of tests: the runtime's state is the realm's, and the tests' own Vitest has it too. */

type Load = TestFile['load']

function evaluate(code: string): Load {
  return (0, eval)(`(function (require, module, exports) {\n${code}\n})`) as Load
}

interface Link extends Foreign {
  readonly namespace: unknown
  drive: (source: string, args: unknown[]) => unknown
  close: () => void
}

/** The membrane that the job asks for, with the solution behind it. */
function linkFor({ between, solution }: RealmJob): Link | null {
  if (between === 'nothing') return null
  if (between === 'loopback') return loopback(evaluate(solution))
  const { read, write } = between
  const channel = createFrameChannel({
    read: (into) => readSync(read, into),
    write: (bytes) => writeSync(write, bytes),
  })
  const link = linkGuest(channel, { isClockFaked })
  const loaded = link.load(solution)
  if (!loaded.ok) throw new Error(loaded.error.message)
  return link
}

async function run(job: RealmJob): Promise<RealmReply> {
  const started: string[] = []
  const ended: string[] = []
  const controller = new AbortController()
  const link = linkFor(job)
  const marks = job.marked ? markingForeign() : { ...NOTHING_FOREIGN, mark: (value: object) => value, touched: [] }
  Object.assign(globalThis, { mark: marks.mark })
  const solution = (): unknown => {
    if (link) return link.namespace
    const module = { exports: {} as unknown }
    evaluate(job.solution)(() => undefined, module, module.exports)
    return module.exports
  }
  let isAlive = true
  const report = await runTests({
    files: job.files.map(({ name, code }) => ({ name, load: evaluate(code) })),
    solution,
    drive: (source, args) => {
      if (link) return link.drive(source, args)
      const driver = (0, eval)(`(${source})`) as (exports: unknown, ...args: unknown[]) => unknown
      return driver(solution(), ...args)
    },
    foreign: link ?? marks,
    seed: job.seed,
    shuffle: job.shuffle,
    testTimeoutMs: job.testTimeoutMs,
    details: job.details,
    collectOnly: job.collectOnly,
    isAlive: () => isAlive,
    signal: controller.signal,
    onTestStart: (name) => started.push(name),
    onTest: (test) => {
      ended.push(test.name)
      if (test.name === job.abortAfter) controller.abort()
      if (test.name === job.dieAfter) isAlive = false
    },
  })
  link?.close()
  Reflect.deleteProperty(globalThis, 'mark')
  const isClean = !isClockFaked() && setTimeout.name === 'setTimeout'
  return { report, started, ended, touched: [...marks.touched], isClean, globals: Object.keys(globalThis) }
}

process.on('unhandledRejection', (reason) => reportUnhandled(reason))
parentPort?.on('message', (job: RealmJob) => {
  run(job).then(
    (reply) => parentPort?.postMessage(reply),
    (error: unknown) => parentPort?.postMessage({ fault: String((error as Error)?.stack ?? error) }),
  )
})
parentPort?.postMessage('ready')
