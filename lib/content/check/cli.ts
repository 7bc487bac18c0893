import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { exercisesDir } from '../exercises-dir'
import { RULES } from '../problem'
import { locate } from './locate'
import { independentDirOf } from './repository'
import type { HostName } from './run'
import { runCheck } from './run-check'

const USAGE = `npm run exercises:check -- [path] [options]

Proves that exercises keep their format: see docs of each rule with --rules.
  path             a topic or an exercise; all of EXERCISES_DIR when left out
  --all            also what has passed before and has not changed (the default where CI is set)
  --hosts <list>   plain, loopback, pipe; all three by default
  --independent <folder>
                   of second solutions, <slug>.ts, that must pass too; for the project's own exercises
                   tests/content/independent by default
  --workers <n>    processes side by side for each host; 1 by default
  --rules          lists every rule
`

const HOSTS: readonly HostName[] = ['plain', 'loopback', 'pipe']

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: Boolean(process.env.CI) },
      hosts: { type: 'string', default: HOSTS.join(',') },
      independent: { type: 'string' },
      workers: { type: 'string', default: '1' },
      rules: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return print(USAGE)
  if (values.rules)
    return print(
      `${Object.entries(RULES)
        .map(([rule, asks]) => `${rule.padEnd(18)}${asks}`)
        .join('\n')}\n`,
    )
  const hosts = HOSTS.filter((host) => values.hosts.split(',').includes(host))
  const workers = Number(values.workers)
  const location = locate(positionals[0], exercisesDir())
  if (hosts.length === 0 || !Number.isInteger(workers) || workers < 1 || positionals.length > 1) return fail(USAGE)
  if (location === null) return fail(`${positionals[0]} does not exist\n`)

  const independentDir = values.independent === undefined ? independentDirOf(location.dir) : path.resolve(values.independent)
  if (independentDir !== null && !existsSync(independentDir)) return fail(`${independentDir} does not exist\n`)

  const started = Date.now()
  const report = await runCheck({
    ...location,
    hosts,
    workers,
    independentDir,
    cacheDir: path.resolve('.handroll/cache/check'),
    useCache: !values.all,
    onProgress: showProgress,
  })
  const { problems, checked, cached } = report
  for (const { file, rule, message } of problems) console.log(`${file}  [${rule}]  ${message}`)
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  const amount = `${checked} checked, ${cached} unchanged since they passed, ${seconds} s`
  if (problems.length === 0 && checked + cached === 0) return fail(`no exercise in ${location.dir}\n`)
  console.log(problems.length === 0 ? `Exercises are in order: ${amount}` : `${problems.length} problems: ${amount}`)
  return problems.length === 0 ? 0 : 1
}

/** One line that renews itself on a terminal; a line for every tenth elsewhere. */
function showProgress(step: string, done: number, total: number): void {
  const text = `${step}: ${done} of ${total} runs`
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}${done === total ? '\n' : ''}`)
  else if (done === total || done % Math.ceil(total / 10) === 0) process.stderr.write(`${text}\n`)
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

function fail(text: string): number {
  process.stderr.write(text)
  return 2
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(error)
    process.exitCode = 2
  },
)
