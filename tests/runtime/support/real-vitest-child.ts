import { startVitest, type TestModule } from 'vitest/node'
import type { RealJob, RealResult } from './real-vitest'

/* The real Vitest on some files, in a process of its own. */

process.once('message', (job: RealJob) => {
  run(job).then(
    (results) => process.send?.(results, undefined, undefined, () => process.exit(0)),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})

async function run({ files, seed }: RealJob): Promise<RealResult[]> {
  const results: RealResult[] = []
  const vitest = await startVitest(
    'test',
    files,
    {
      config: false,
      watch: false,
      include: ['**/bodies/**/*.ts'],
      reporters: [{ onTestModuleEnd: (module) => void results.push(resultOf(module)) }],
      silent: true,
      allowOnly: true,
      dangerouslyIgnoreUnhandledErrors: true,
      pool: 'forks',
      sequence: seed === null ? {} : { shuffle: { tests: true }, seed },
    },
    { server: { watch: null } },
  )
  await vitest.close()
  return results
}

function resultOf(module: TestModule): RealResult {
  const suites = [...module.children.allSuites()]
  const errors = [...module.errors(), ...suites.flatMap((suite) => suite.errors())]
  return {
    file: module.moduleId,
    tests: [...module.children.allTests()].map((test) => ({
      name: test.fullName,
      state: String(test.result().state),
      messages: (test.result().errors ?? []).map((error) => error.message),
      diffs: (test.result().errors ?? []).map((error) => error.diff ?? null),
    })),
    errors: errors.map((error) => error.message),
  }
}

