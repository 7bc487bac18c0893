import { cpus } from 'node:os'
import { rmSync } from 'node:fs'
import { startOwnPostgres } from '@/tests/chaos/support/own-postgres'
import type { Visitor } from '@/tests/http/support/visitor'
import { newDataDir } from '@/tests/service/support/site'
import { signUpCrowd } from '../crowd'
import { formatTable, type Measured, quantile } from '../figures'
import { benchJest } from '../run-jest'
import { benchVitest } from '../run-vitest'
import { findSolved } from '../solved-exercise'
import { watchVerdicts } from '../verdict-watch'
import { type Fleet, type FleetOptions, startGraders, startWebs } from './fleet'
import { type Breakdown, burst, type Load, oneAtATime } from '../load'
import { memoryOf, watchPeak } from './memory'

/*
 * npm run bench:grader: what grading takes, from the request to the stored verdict, with real web and grader processes on
 * a real Postgres that keeps its commits; what it holds; how it grows with more graders; beside `vitest run` and jest
 * with ts-jest on the same exercise in the same minutes. Compare ratios, not milliseconds, between machines.
 */

const EXERCISE = 'lru-cache'
const CROWD = 200
const CORES = cpus().length
const SETTLE_MS = 3_000
/** So many are graded by new processes before anything is measured: the engine has compiled what is hot by then. */
const WARMING = 100
/** So many submit while memory is looked at. */
const WATCHED = 20

const solved = await findSolved(EXERCISE)
const dataDir = newDataDir()
const postgres = await startOwnPostgres({ isDurable: true })
const running: Fleet[] = []
const watch = await watchVerdicts(postgres.url)
try {
  const options: FleetOptions = { databaseUrl: postgres.url, dataDir }
  const load: Load = { databaseUrl: postgres.url, watch, exercise: EXERCISE, source: solved.hidden.source }
  say('vitest run, and jest with ts-jest')
  const vitestHidden = await benchVitest('hidden', solved.hidden)
  const vitestVisible = await benchVitest('visible', solved.visible)
  const jestVisible = await benchJest(solved.visible)

  say('starting the site')
  const webs = await startWebs(1, options)
  running.push(webs)
  const crowd = await signUpCrowd(webs.origins, CROWD)

  const { single, burstOfAll, cold, idle } = await measureOne(options, load, crowd)
  const one = await measureFleet(1, options, load, crowd.slice(0, CROWD / 2))
  const two = await measureFleet(2, options, load, crowd.slice(0, CROWD / 2))
  const four = await measureFleet(4, options, load, crowd.slice(0, CROWD / 2))
  const wide = await measureFleet(1, options, load, crowd.slice(0, CROWD / 2), 4)
  const pair = (wide.peak.own - one.peak.own) / 3

  const totals = single.map(({ total }) => total)
  const rows: Measured[] = [
    { what: 'Request to stored verdict, one at a time', values: totals, goal: { value: 40 }, comparedTo: vitestHidden },
    { what: '  its 95th percentile', values: [percentile95(totals)], goal: { value: 100 } },
    ...phasesOf(single),
    { what: `Burst of ${CROWD} people: verdicts a second`, values: [burstOfAll.perSecond], goal: { value: 28, atLeast: true }, unit: '/s' },
    { what: '  wait, 95th percentile', values: [percentile95(burstOfAll.waits)], goal: { value: 2_000 } },
    { what: `The first ${WARMING} that a new grader gets: a second`, values: [cold.perSecond], unit: '/s' },
    { what: '1 grader process, one at a time: a second', values: [one.perSecond], unit: '/s' },
    { what: '2 grader processes', values: [two.perSecond], unit: '/s' },
    { what: '4 grader processes', values: [four.perSecond], unit: '/s' },
    { what: 'Idle grader with its pool', values: [idle], goal: { value: 250 }, unit: 'MiB' },
    { what: 'Each guest and judge more, at work', values: [pair], goal: { value: 64 }, unit: 'MiB' },
    { what: 'vitest run, hidden tests', values: vitestHidden },
    { what: 'vitest run, visible tests', values: vitestVisible },
    ...(jestVisible ? [{ what: 'jest with ts-jest, visible tests', values: jestVisible }] : []),
  ]
  if (!jestVisible) console.log('\nFor the line of jest: npm install --no-save jest ts-jest')
  console.log(`\n${EXERCISE} on ${CORES} cores, Node ${process.version}; no verdict was written twice\n\n${formatTable(rows)}`)
} finally {
  await Promise.all(running.map((fleet) => fleet.stop()))
  await watch.close()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

/** One grader as it is by default: at rest, when it is new, one submission at a time, and when everybody comes at once. */
async function measureOne(options: FleetOptions, load: Load, crowd: readonly Visitor[]) {
  const grader = await startGraders(1, CORES, options)
  running.push(grader)
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const idle = memoryOf(pidsOf(grader)).own
  say('a new grader')
  const cold = await burst(load, crowd.slice(0, WARMING))
  say('one at a time')
  const single = await oneAtATime(load, crowd, 40)
  say(`a burst of ${crowd.length}`)
  const burstOfAll = await burst(load, crowd)
  await retire(grader)
  return { single, burstOfAll, cold, idle }
}

async function measureFleet(count: number, options: FleetOptions, load: Load, crowd: readonly Visitor[], concurrency = 1) {
  say(`${count} grader process${count === 1 ? '' : 'es'} with ${concurrency} at a time`)
  const graders = await startGraders(count, concurrency, options)
  running.push(graders)
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  await burst(load, crowd.slice(0, WARMING))
  const { perSecond } = await burst(load, crowd)
  // Looking at memory costs time itself, so that is another burst.
  const endWatch = watchPeak(pidsOf(graders))
  await burst(load, crowd.slice(0, WATCHED))
  const peak = endWatch()
  await retire(graders)
  return { perSecond, peak }
}

async function retire(fleet: Fleet): Promise<void> {
  running.splice(running.indexOf(fleet), 1)
  await fleet.stop()
}

function pidsOf({ commands }: Fleet): number[] {
  return commands.flatMap(({ process: { pid } }) => pid ?? [])
}

function phasesOf(single: readonly Breakdown[]): Measured[] {
  const phase = (what: string, name: keyof Breakdown): Measured => ({ what, values: single.map((each) => each[name]) })
  return [
    phase('  waiting in the queue', 'queue'),
    phase('  compiling', 'compile'),
    phase('  getting a guest', 'start'),
    phase('  loading and tests', 'tests'),
    phase('  ending the guest', 'end'),
    phase('  request, storing, hearing of it', 'rest'),
  ]
}

function percentile95(values: readonly number[]): number {
  return quantile(values, 0.95)
}

function say(step: string): void {
  console.error(`measuring: ${step}`)
}
