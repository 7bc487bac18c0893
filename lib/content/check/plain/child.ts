import path from 'node:path'
import { type Reporter, startVitest, type TestCase, type TestModule } from 'vitest/node'
import type { ChildJob, ChildMessage } from '../child-messages'
import { REPOSITORY, TEST_API } from '../repository'
import type { Run, TestOutcome } from '../run'
import { bindTestApi } from './bind-plugin'
import { writeCase } from './case-folder'

/*
 * A process that runs cases in the real Vitest, one after another, and reports each as it ends. It is a process of
 * its own so that a solution which never returns can be killed with it.
 */

process.once('message', (job: ChildJob) => {
  runJob(job).then(
    () => send({ kind: 'finished' }, () => process.exit(0)),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})

async function runJob({ runs, scratch }: ChildJob): Promise<void> {
  const files = await Promise.all(runs.map((run, index) => writeCase(scratch, index, run)))
  const runByFile = new Map(files.map((file, index) => [file, runs[index] as Run]))
  const vitest = await startVitest(
    'test',
    files,
    {
      config: false,
      root: scratch,
      watch: false,
      include: ['**/*.test.ts'],
      reporters: [reporterFor(runByFile)],
      runner: path.join(import.meta.dirname, 'runner.ts'),
      // One worker for all files: they are many and small, and the runner tidies up between them.
      pool: 'threads',
      maxWorkers: 1,
      isolate: false,
      silent: true,
      dangerouslyIgnoreUnhandledErrors: true,
      cache: false,
    },
    {
      plugins: [bindTestApi()],
      resolve: { alias: { '@': REPOSITORY, handroll: TEST_API } },
      server: { fs: { strict: false }, watch: null },
    },
  )
  await vitest.close()
}

function reporterFor(runByFile: ReadonlyMap<string, Run>): Reporter {
  const idOf = (file: string): string => runByFile.get(file)?.id ?? file
  let before = process.cpuUsage()
  return {
    // Not onTestModuleStart: that message waits for the next turn of a worker which may never take one.
    onTestModuleQueued(module) {
      before = process.cpuUsage()
      send({ kind: 'started', id: idOf(module.moduleId) })
    },
    onTestModuleEnd(module) {
      const { user, system } = process.cpuUsage(before)
      send(outcomeOf(module, idOf(module.moduleId), (user + system) / 1000))
    },
    onTestRunEnd(_modules, unhandled) {
      for (const error of unhandled) {
        if (typeof error.VITEST_TEST_PATH !== 'string') throw new Error(`unhandled, in no file: ${error.message}`)
        const message = `unhandled ${error.name ?? 'error'}: ${error.message}`
        send({ kind: 'unhandled', id: idOf(error.VITEST_TEST_PATH), message })
      }
    },
  }
}

/** A busy machine stretches wall time: a run never counts for more than what it computed (`cpuMs`). */
function outcomeOf(module: TestModule, id: string, cpuMs: number): ChildMessage {
  const tests = [...module.children.allTests()].map(testOutcome)
  // Of the file, or of a hook around a whole suite: an error that belongs to no test.
  const outside = [module, ...module.children.allSuites()].flatMap((each) => each.errors())
  const fault = outside[0]?.message ?? null
  return { kind: 'ended', id, tests, fault, wallMs: Math.min(cpuMs, module.diagnostic().duration) }
}

function testOutcome(test: TestCase): TestOutcome {
  const titles = titlesOf(test)
  const group = titles.length > 1 ? (titles.shift() ?? '') : ''
  const { state, errors } = test.result()
  const message = errors?.[0]?.message.split('\n')[0] ?? null
  return { group, name: titles.join(' > '), state: state === 'pending' ? 'skipped' : state, message }
}

function titlesOf(test: TestCase): string[] {
  const titles = [test.name]
  for (let parent = test.parent; parent.type === 'suite'; parent = parent.parent) titles.unshift(parent.name)
  return titles
}

function send(message: ChildMessage, then?: () => void): void {
  process.send?.(message, undefined, undefined, then)
}
