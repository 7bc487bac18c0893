import { NO_LIMIT_MS, noteProgress, takeHang } from './hang-watch'
import { compileFunction } from 'node:vm'
import { transform } from 'esbuild'
import { compileFile, type Transform } from '@/lib/compile/plan'
import type { RunReport } from '@/lib/contract/run'
import { loopback } from '@/lib/runtime/membrane/loopback'
import { reportUnhandled, runTests, type TestFile } from '@/lib/runtime/run-tests'
import type { MutateJob, MutateMessage } from './messages'
import type { MutantState } from './mutant'
import { cover, coverNothing, isActive, recordInto, stepsTaken, SWITCH_PARAMETERS, turnOn } from './switches'

/*
 * A process that tries the mutants of one exercise, one after another, each with the tests that come past it. It is a
 * process of its own so that a mutant which never lets go of it can be killed with it.
 */

type Load = TestFile['load']

const TEST_FILE = 'hidden.test.ts'
/** Every mutant meets the same inputs, so that a score is no matter of luck. */
const SEED = 1
/** A mutant may take this many times the reference's steps; the second number lets short tests have loops. */
const STEPS_FACTOR = 10
const STEPS_AT_LEAST = 200_000
const REFERENCE_ATTEMPTS = 3

for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
  Object.defineProperty(console, name, { value: () => undefined, configurable: true, writable: true })
}
for (const event of ['unhandledRejection', 'uncaughtException'] as const) process.on(event, reportUnhandled)
// A mutant that hangs must not outlive the command.
process.on('disconnect', () => process.exit(1))

process.once('message', (job: MutateJob) => {
  tryMutants(job).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    },
  )
})

async function tryMutants({ code, tests, mutants }: MutateJob): Promise<void> {
  const body = compileFunction(code, ['require', 'module', 'exports', ...SWITCH_PARAMETERS])
  const loadWith = (covering: typeof cover): Load => {
    return (require, module, exports) => void body(require, module, exports, isActive, covering)
  }
  const testFile = await compileTests(tests)
  const solution = loadWith(coverNothing)
  const reference = await runReference(solution, testFile)
  if (reference.failure !== null) return send({ kind: 'broken', reason: reference.failure })
  const covering = await recordCoverage(loadWith(cover), testFile)
  await send({ kind: 'ready', cpuMs: reference.cpuMs })
  for (const id of mutants) {
    // On its way before a mutant that may never let go of the process.
    await send({ kind: 'started', id })
    const wanted = covering(id)
    const state = wanted === null ? 'uncovered' : await tryMutant(id, wanted, reference.steps, solution, testFile)
    await send({ kind: 'ended', id, state })
  }
}

/** Full names of the tests that come past a mutant; `all` when loading does; null when nothing does. */
type Coverage = (id: string) => ReadonlySet<string> | 'all' | null

async function recordCoverage(solution: Load, testFile: Load): Promise<Coverage> {
  const loading = new Set<string>()
  const byTest = new Map<string, Set<string>>()
  turnOn(null, Infinity)
  recordInto(loading)
  // Ahead of the tests, since a file that imports nothing but types loads the solution within one of them.
  void loopback(solution).namespace
  await run(solution, testFile, {
    details: false,
    onTestStart(name) {
      const seen = byTest.get(name) ?? new Set()
      byTest.set(name, seen)
      recordInto(seen)
    },
  })
  return (id) => {
    if (loading.has(id)) return 'all'
    const tests = [...byTest].filter(([, seen]) => seen.has(id)).map(([name]) => name)
    return tests.length === 0 ? null : new Set(tests)
  }
}

interface Reference {
  failure: string | null
  cpuMs: number
  steps: number
}

/** Runs all tests with no mutant on, to learn how much there is to do. */
async function runReference(solution: Load, testFile: Load): Promise<Reference> {
  for (let attempt = 1; ; attempt++) {
    turnOn(null, Infinity)
    const before = process.cpuUsage()
    const report = await run(solution, testFile, { details: true })
    const { user, system } = process.cpuUsage(before)
    const failed = report.tests.find(({ state }) => state !== 'passed')
    const error = report.errors[0] ?? failed?.errors[0]
    const isFine = failed === undefined && error === undefined
    // A busy machine may have failed a test that looks at the clock.
    if (!isFine && attempt < REFERENCE_ATTEMPTS) continue
    const failure = isFine ? null : `"${failed?.name}": ${error?.message ?? 'skipped'}`
    return { failure, cpuMs: (user + system) / 1000, steps: stepsTaken() }
  }
}

async function tryMutant(
  id: string,
  covering: ReadonlySet<string> | 'all',
  referenceSteps: number,
  solution: Load,
  testFile: Load,
): Promise<MutantState> {
  const maxSteps = STEPS_FACTOR * referenceSteps + STEPS_AT_LEAST
  const attempt = async (): Promise<{ report: RunReport; state: MutantState }> => {
    turnOn(id, maxSteps)
    takeHang()
    const stop = new AbortController()
    const report = await run(solution, testFile, {
      details: false,
      isLeftOut: ({ suites, name }) => covering !== 'all' && !covering.has([...suites, name].join(' > ')),
      onTest: ({ state }) => {
        if (state === 'failed') stop.abort()
      },
      signal: stop.signal,
    })
    const isEndless = stepsTaken() > maxSteps || takeHang()
    turnOn(null, maxSteps)
    const hasFailed = report.errors.length > 0 || report.tests.some((test) => test.state === 'failed')
    return { report, state: isEndless ? 'timeout' : hasFailed ? 'killed' : 'survived' }
  }
  const { report, state } = await attempt()
  // An error outside any test may be the late end of the mutant before; of this one it would come again.
  if (state === 'killed' && report.tests.every((test) => test.state !== 'failed')) return (await attempt()).state
  return state
}

/** What a run may be told beyond what is the same for all of them. */
type Extras = Pick<Parameters<typeof runTests>[0], 'details' | 'onTestStart' | 'onTest' | 'isLeftOut' | 'signal'>

async function run(solution: Load, testFile: Load, extras: Extras): Promise<RunReport> {
  const link = loopback(solution)
  noteProgress()
  try {
    return await runTests({
      files: [{ name: TEST_FILE, load: testFile }],
      solution: () => link.namespace,
      drive: (source, args) => link.drive(source, args),
      foreign: link,
      seed: SEED,
      shuffle: false,
      testTimeoutMs: NO_LIMIT_MS,
      ...extras,
      onTestStart(name) {
        noteProgress()
        extras.onTestStart?.(name)
      },
    })
  } finally {
    link.close()
  }
}

async function compileTests(source: string): Promise<Load> {
  const result = await compileFile(transform as Transform, { name: TEST_FILE, source, kind: 'test' })
  if (!result.ok) throw new Error(`${TEST_FILE} does not compile: ${result.problems[0]?.message ?? ''}`)
  return compileFunction(result.code, ['require', 'module', 'exports'], { filename: TEST_FILE }) as Load
}

function send(message: MutateMessage): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()))
}
