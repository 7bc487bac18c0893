/// <reference lib="webworker" />
import { describeError } from '@/lib/runtime/errors/describe-error'
import { loopback } from '@/lib/runtime/membrane/loopback'
import { reportUnhandled, runTests } from '@/lib/runtime/run-tests'
import type { CompiledFile, RunJob } from '../protocol'
import { captureConsole } from './console'
import { settleGlobals } from './globals'
import { loadCompiled } from './load'
import { createNotes } from './notes'
import { createStackCleaner } from './stack'

/*
 * The worker inside the frame: one run, then the frame ends it. Its order matters: whatever it needs of the global
 * object is taken before `settleGlobals`, and learner code comes last.
 */

declare const self: DedicatedWorkerGlobalScope

const post = self.postMessage.bind(self)
const stacks = createStackCleaner()
const notes = createNotes(post, stacks)
let running: string | null = null

// The frames of the assertion library come first, and an engine's usual ten would end before the learner's.
Error.stackTraceLimit = 50
self.onmessage = ({ data }: MessageEvent<RunJob>) => {
  self.onmessage = null
  void run(data)
}
self.addEventListener('error', (event) => {
  event.preventDefault()
  tellUnhandled(event.error ?? event.message)
})
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  tellUnhandled(event.reason)
})
captureConsole({ wanted: notes.countLine, print: (line) => notes.print({ ...line, test: running }) })
settleGlobals()
post('ready')

async function run(job: RunJob): Promise<void> {
  let durationMs = 0
  for (const file of job.tests) durationMs += await runFile(file, job)
  notes.done(durationMs)
}

/** Runs one test file with an instance of the solution of its own. Answers how long it took. */
async function runFile(file: CompiledFile, job: RunJob): Promise<number> {
  const link = loopback((...given) => loadCompiled(job.solution, stacks)(...given))
  const report = await runTests({
    files: [{ name: file.name, load: loadCompiled(file, stacks) }],
    solution: () => link.namespace,
    drive: (source, args) => link.drive(source, args),
    foreign: link,
    seed: job.seed,
    shuffle: false,
    testTimeoutMs: job.testTimeoutMs,
    details: true,
    onTestStart: (name) => {
      running = name
      notes.running(name)
    },
    onTest: (test) => {
      running = null
      notes.test(test)
    },
  })
  link.close()
  report.errors.forEach((error) => notes.error(error))
  return report.durationMs
}

/** An error that no test could catch belongs to the run that is going on, or else stands alone. */
function tellUnhandled(thrown: unknown): void {
  if (!reportUnhandled(thrown)) describeError(thrown).forEach((error) => notes.error(error))
}
