import { ensureBubblewrap } from './run-all/ensure-bubblewrap'
import { ensureChromium } from './run-all/ensure-chromium'
import { closingLine, printResult } from './run-all/report'
import { runSuites } from './run-all/schedule'
import { listSuites, type Suite } from './run-all/suites'
import { failure, type SuiteResult } from './run-all/suite-result'

/*
 * npm test: every check of the project, two at a time, and one closing line of how many passed and failed.
 *
 *   npm test                  all of it
 *   npm test -- grader http   only these; `npm test -- --list` says which there are
 *
 * What each suite wrote is kept in .handroll/test/<suite>.log.
 */

const started = Date.now()
const names = process.argv.slice(2)
const all = listSuites()

if (names.includes('--list')) {
  for (const { name, about } of all) console.log(`${name.padEnd(16)}${about}`)
  process.exit(0)
}
const unknown = names.filter((name) => !all.some((suite) => suite.name === name))
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}. There are: ${all.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

const chosen = names.length === 0 ? all : all.filter(({ name }) => names.includes(name))
if (chosen.some(({ needsBubblewrap }) => needsBubblewrap)) ensureBubblewrap(console.log)
const results = await run(chosen)
const minutes = ((Date.now() - started) / 60_000).toFixed(1)
console.log(`\n${results.length} suites in ${minutes} minutes`)
console.log(closingLine(results))
process.exit(results.some(({ failed }) => failed > 0) ? 1 : 0)

/** Suites that need a browser fail where none is to be had; the others run all the same. */
async function run(suites: Suite[]): Promise<SuiteResult[]> {
  const needing = suites.filter(({ needsBrowser }) => needsBrowser)
  const missing = needing.length === 0 ? null : ensureChromium(console.log)
  const able = missing === null ? suites : suites.filter((suite) => !needing.includes(suite))
  const unable = missing === null ? [] : needing.map(({ name }) => failure(name, 'needs a browser', missing))
  unable.forEach(printResult)
  return [...unable, ...(await runSuites(able, printResult))]
}
