/// <reference lib="webworker" />
import type { TestError } from '@/lib/contract/run'
import type { RunJob } from '../protocol'
import { captureConsole } from './console'
import { settleGlobals } from './globals'
import { loadCompiled } from './load'
import { createNotes } from './notes'
import { createStackCleaner } from './stack'
import { runTests } from './temporary-run-tests'

/*
 * The worker inside the frame: one run, then the frame ends it. Its order matters: whatever it needs of the global
 * object is taken before `settleGlobals`, and learner code comes last.
 */

declare const self: DedicatedWorkerGlobalScope

const post = self.postMessage.bind(self)
const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
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
  notes.error(plainError(event.error ?? event.message))
})
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  notes.error(plainError(event.reason))
})
captureConsole({ wanted: notes.countLine, print: (line) => notes.print({ ...line, test: running }) })
settleGlobals()
post('ready')

async function run(job: RunJob): Promise<void> {
  const instances = new Map<string, unknown>()
  const solutionOf = (testFile: string): unknown => {
    if (!instances.has(testFile)) instances.set(testFile, evaluate(job))
    return instances.get(testFile)
  }
  const report = await runTests({
    files: job.tests.map((file) => ({ name: file.name, load: loadCompiled(file, stacks) })),
    resolve: (specifier, from) => {
      if (specifier === './solution') return solutionOf(from)
      throw new Error(`'${specifier}' cannot be imported here`)
    },
    seed: job.seed,
    shuffle: false,
    testTimeoutMs: job.testTimeoutMs,
    onTest: (test) => notes.test(test),
  })
  report.errors.forEach((error) => notes.error(error))
  // A rejection that nobody handled is reported by the engine in a later turn than its cause.
  await nextTurn()
  notes.done(report.durationMs)
}

function evaluate(job: RunJob): unknown {
  const module = { exports: {} as unknown }
  const refuse = (specifier: string): never => {
    throw new Error(`'${specifier}' cannot be imported: a solution is one file that stands alone`)
  }
  loadCompiled(job.solution, stacks)(refuse, module, module.exports)
  return module.exports
}

/** Thrown values may be anything, even objects whose properties throw when read. */
function plainError(thrown: unknown): TestError {
  const read = (key: 'name' | 'message' | 'stack'): string | null => {
    try {
      const value: unknown = (thrown as Record<string, unknown> | null | undefined)?.[key]
      return typeof value === 'string' ? value : null
    } catch {
      return null
    }
  }
  const text = (): string => {
    try {
      return String(thrown)
    } catch {
      return '(a value that cannot be printed)'
    }
  }
  return {
    name: read('name') ?? 'Error',
    message: read('message') ?? text(),
    expected: null,
    actual: null,
    diff: null,
    stack: read('stack'),
  }
}
