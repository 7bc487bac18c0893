import { readdirSync } from 'node:fs'
import path from 'node:path'
import { commandSuite } from './command-suite'
import { contentSuite } from './content-suite'
import type { SuiteResult } from './suite-result'
import { vitestSuite } from './vitest-suite'

export interface Suite {
  name: string
  /** One line for --list. */
  about: string
  /** Of the two that there are. */
  slots: 1 | 2
  /** Waits for the suite `build`. */
  needsBuild: boolean
  needsBrowser: boolean
  /** Tries all layers of hardening only where it is installed. */
  needsBubblewrap?: boolean
  run(): Promise<SuiteResult>
}

type Traits = Partial<Pick<Suite, 'slots' | 'needsBuild' | 'needsBrowser' | 'needsBubblewrap'>> & { about: string }

const BIN = (file: string): string => path.resolve('node_modules', file)

/** The folders of tests/ with what they need, in the order in which they best fill two cores. */
const FOLDERS: Record<string, Traits> = {
  content: { about: 'the catalogue and the rules that an exercise keeps' },
  grader: { about: 'verdicts, honest and hostile solutions', needsBubblewrap: true },
  runtime: { about: 'the test runtime and the membrane' },
  unit: { about: 'small pieces of the pages' },
  db: { about: 'queries, migrations and use cases, on a real Postgres' },
  http: { about: 'routes, sessions and headers, on the real web process', needsBuild: true },
  runner: { about: 'Run in a real Chromium: honest, hostile and endless code', needsBrowser: true },
  pages: { about: 'every page in a real Chromium, with an accessibility check', needsBuild: true, needsBrowser: true },
  leaks: { about: 'hidden tests and solutions in nothing that is sent', needsBuild: true },
  service: { about: 'npm start: supervision, crashes, locks', slots: 2 },
  chaos: { about: 'kill -9 of graders, sandboxes and the database in a loop', slots: 2 },
  e2e: { about: 'the whole road in a real Chromium, over npm start', slots: 2, needsBuild: true, needsBrowser: true },
}

/** All suites. A folder with tests that is not in the table runs too: no test is left out for want of a line here. */
export function listSuites(): Suite[] {
  const folders = [...new Set([...Object.keys(FOLDERS), ...foldersWithTests()])]
  return [
    command('build', 'the production build', ['--import', 'tsx', path.join(import.meta.dirname, 'build.ts')]),
    {
      name: 'exercises', about: 'every exercise proved (exercises:check)', slots: 1, needsBuild: false,
      needsBrowser: false, run: () => contentSuite('exercises'),
    },
    command('lint', 'rules of the code', [BIN('eslint/bin/eslint.js'), '.']),
    command('imports', 'which folder may import which', [
      BIN('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs',
      'app', 'lib', 'exercises', 'prisma', 'tests', 'proxy.ts', 'instrumentation.ts',
    ]),
    command('typecheck', 'the TypeScript compiler', [BIN('typescript/bin/tsc'), '--noEmit'], { needsBuild: true }),
    ...folders.map((name): Suite => {
      const traits: Traits = FOLDERS[name] ?? { about: `tests/${name}` }
      return {
        name, slots: 1, needsBuild: false, needsBrowser: false, ...traits, run: () => vitestSuite(name, `tests/${name}/`),
      }
    }),
  ]
}

function command(name: string, about: string, args: string[], traits: { needsBuild?: boolean } = {}): Suite {
  const run = (): Promise<SuiteResult> => commandSuite(name, about, args)
  return { name, about, slots: 1, needsBuild: false, needsBrowser: false, ...traits, run }
}

function foldersWithTests(): string[] {
  const files = readdirSync('tests', { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('.test.ts')).map((file) => file.split(path.sep)[0] ?? '').sort()
}
