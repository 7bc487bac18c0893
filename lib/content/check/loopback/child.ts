import { compileFunction } from 'node:vm'
import { transform } from 'esbuild'
import { compileFile, type SourceFile, type Transform } from '@/lib/compile/plan'
import type { RunReport, RunTest } from '@/lib/contract/run'
import { loopback } from '@/lib/runtime/membrane/loopback'
import { runTests, type TestFile } from '@/lib/runtime/run-tests'
import type { ChildJob, ChildMessage } from '../child-messages'
import { type Run, type TestOutcome, testTimeoutMs } from '../run'

/*
 * A process that runs cases one after another in its own realm, and reports each as it ends. It is a process of its
 * own so that a solution which never returns can be killed with it.
 */

type Load = TestFile['load']

/** The run that began last, and what it left unhandled while it went on. */
let latest: string | null = null
let isRunning = false
let unhandled: string | null = null

// Silent, as the other hosts are: thousands of runs would print thousands of lines.
for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
  Object.defineProperty(console, name, { value: () => undefined, configurable: true, writable: true })
}
for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
  process.on(event, (error: unknown) => {
    if (latest === null) return
    const message = `unhandled ${String(error)}`
    if (isRunning) unhandled ??= message
    else void send({ kind: 'unhandled', id: latest, message })
  })
}

process.once('message', (job: ChildJob) => {
  runJob(job).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    },
  )
})

async function runJob({ runs }: ChildJob): Promise<void> {
  for (const run of runs) {
    // On its way before a run that may never let go of the process.
    await send({ kind: 'started', id: run.id })
    latest = run.id
    unhandled = null
    isRunning = true
    const outcome = await outcomeOf(run)
    isRunning = false
    await send(outcome)
  }
  await send({ kind: 'finished' })
}

async function outcomeOf(run: Run): Promise<ChildMessage> {
  const ended = { kind: 'ended' as const, id: run.id }
  try {
    const [solution, tests] = await Promise.all([
      load({ name: 'solution.ts', source: run.source, kind: 'solution' }),
      load({ name: `${run.tests}.test.ts`, source: run.testSource, kind: 'test' }),
    ])
    const before = process.cpuUsage()
    const report = await runCompiled(run, solution, tests)
    const { user, system } = process.cpuUsage(before)
    const [error] = report.errors
    const fault = error === undefined ? unhandled : `${error.name}: ${error.message}`
    // A busy machine stretches wall time: a run never counts for more than what it computed.
    const wallMs = Math.min(report.durationMs, (user + system) / 1000)
    return { ...ended, tests: report.tests.map(testOutcome), fault, wallMs }
  } catch (error) {
    if (!(error instanceof DoesNotCompile)) throw error
    return { ...ended, tests: [], fault: error.message, wallMs: 0 }
  }
}

async function runCompiled(run: Run, solution: Load, tests: Load): Promise<RunReport> {
  const link = loopback(solution)
  try {
    return await runTests({
      files: [{ name: `${run.tests}.test.ts`, load: tests }],
      solution: () => link.namespace,
      drive: (source, args) => link.drive(source, args),
      foreign: link,
      seed: run.seed,
      shuffle: true,
      testTimeoutMs: testTimeoutMs(run),
      details: true,
    })
  } finally {
    link.close()
  }
}

class DoesNotCompile extends Error {
  override readonly name = 'DoesNotCompile'
}

async function load(file: SourceFile): Promise<Load> {
  const result = await compileFile(transform as Transform, file)
  if (!result.ok) {
    const [problem] = result.problems
    throw new DoesNotCompile(`${file.name} does not compile: ${problem?.message ?? ''}`)
  }
  return compileFunction(result.code, ['require', 'module', 'exports'], { filename: file.name }) as Load
}

function testOutcome({ suites, name, state, errors }: RunTest): TestOutcome {
  const [group = '', ...inner] = suites
  const message = errors[0]?.message.split('\n')[0] ?? null
  return { group, name: [...inner, name].join(' > '), state, message }
}

function send(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()))
}
