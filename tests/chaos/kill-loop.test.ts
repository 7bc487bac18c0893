import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { closeDatabase, database } from '@/lib/db/client'
import { useContent } from '../db/support/content'
import { newLearner } from '../db/support/people'
import { KeptProcess } from './support/kept-process'
import { startOwnPostgres, type OwnPostgres } from './support/own-postgres'
import { descendantsOf, isStillRunning, kill9, type SeenProcess } from './support/process-tree'
import { pick, seededRandom, shuffle } from './support/random'
import { verdictOn } from './support/sources'

/*
 * The whole of grading under kill -9: real graders with real sandboxes, a process that submits as the web process does,
 * and a Postgres, all of which are killed at moments that a seed decides. CHAOS_SEED repeats a run as far as the
 * machine allows.
 */

const SEED = Number(process.env.CHAOS_SEED) || Math.floor(Math.random() * 2 ** 31)
const SUBMISSIONS = 200
const LEARNERS = 12
/** Once a grader is back, all that waited is graded within this time, milliseconds. */
const BACK_MS = 30_000
/** So many may wait when that is measured. */
const BACKLOG = 12
const TIMEOUT_MS = 1_200_000

const KILLS = {
  grader: 7,
  host: 7,
  guest: 18,
  submitter: 5,
  postgres: 2,
}
type Victim = keyof typeof KILLS

vi.setConfig({ testTimeout: TIMEOUT_MS })
useContent()

const ROOT = path.resolve(import.meta.dirname, '../..')
const random = seededRandom(SEED)
const accepted = new Set<string>()
const refused: string[] = []
const seen = new Map<string, SeenProcess>()
const kills: Record<Victim, number> = { grader: 0, host: 0, guest: 0, submitter: 0, postgres: 0 }
let postgres: OwnPostgres
let graders: KeptProcess[] = []
let submitter: KeptProcess | undefined
let watching: NodeJS.Timeout

beforeAll(async () => {
  postgres = await startOwnPostgres()
  Object.assign(process.env, {
    DATABASE_URL: postgres.url, GRADER_CONCURRENCY: '2', LOG_LEVEL: 'warn', HANDROLL_DATA: path.join(os.tmpdir(), randomUUID()),
  })
  // Written down often, so that whatever lived for a while is known when it is looked for afterwards.
  watching = setInterval(lookAround, 200)
})
afterAll(async () => {
  clearInterval(watching)
  await submitter?.stop('SIGKILL')
  await Promise.all(graders.map((grader) => grader.stop('SIGKILL')))
  await closeDatabase()
  await postgres.stop()
})

function lookAround(): SeenProcess[] {
  const found = descendantsOf(graders.map(({ pid }) => pid))
  for (const each of found) seen.set(`${each.pid} ${each.mark}`, each)
  return found
}

/** Asks again while the database is away. */
async function ask<T>(question: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await question()
    } catch {
      await sleep(100)
    }
  }
}

const countDone = () => ask(() => database().verdict.count())
const countOpen = () => ask(() => database().submission.count({ where: { state: { not: 'done' } } }))

async function until(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await sleep(50)
}

/** The processes that may be the victim now. */
function candidates(victim: Victim): number[] {
  if (victim === 'grader') return graders.map(({ pid }) => pid)
  if (victim === 'submitter') return submitter ? [submitter.pid] : []
  const command = victim === 'host' ? /\/grader-host\.mjs$/ : /\/guest\.js$/
  return lookAround().filter((each) => command.test(each.command)).map(({ pid }) => pid)
}

async function killOne(victim: Victim): Promise<void> {
  await sleep(random() * 400)
  if (victim === 'postgres') await postgres.killAndRestart()
  else {
    let found = candidates(victim).filter((pid) => pid > 0)
    for (; found.length === 0; found = candidates(victim)) await sleep(20)
    kill9(pick(random, found))
  }
  kills[victim]++
}

/** All graders, their sandboxes and the database at once, with some submissions in hand; then all come back. */
async function killEverything(): Promise<void> {
  for (const { pid } of lookAround()) kill9(pid)
  await postgres.killAndRestart()
}

/** Rows F5, F9 and F11 of the list of attacks (docs/attacks.md). */
describe('grading under kill -9', () => {
  it(`gives every accepted submission exactly one verdict, and the right one (seed ${SEED})`, async () => {
    const users = await Promise.all(Array.from({ length: LEARNERS }, async () => (await newLearner()).id))
    graders = [1, 2].map(() => new KeptProcess(path.join(ROOT, 'lib/service/run-grader.js')))
    submitter = new KeptProcess(path.join(import.meta.dirname, 'support/submitter.ts'), users, (line) => {
      const [word, ...rest] = line.split(' ')
      if (word === 'accepted') accepted.add(rest.join(' '))
      else refused.push(line)
    })

    const plan = shuffle(random, Object.entries(KILLS).flatMap(([victim, count]) => Array<Victim>(count).fill(victim as Victim)))
    for (const [index, victim] of plan.entries()) {
      // The kills are spread over the work, not over time: otherwise a slow machine would never get anything done.
      const due = Math.floor((index * (SUBMISSIONS - BACKLOG)) / plan.length)
      await until(async () => (await countDone()) >= due)
      await killOne(victim)
    }
    await until(async () => accepted.size >= SUBMISSIONS)
    await submitter.stop('SIGKILL')
    await until(async () => (await countOpen()) <= BACKLOG)

    await killEverything()
    const dead = await ask(() => database().$queryRaw<{ now: Date }[]>`select now() as now`)
    const since = dead[0]?.now ?? new Date()
    await until(async () => (await ask(() => database().grader.count({ where: { startedAt: { gt: since } } }))) > 0)
    const back = performance.now()
    await until(async () => (await countOpen()) === 0)
    const tookMs = performance.now() - back
    expect(tookMs).toBeLessThan(BACK_MS)
    console.log(`seed ${SEED}: ${accepted.size} accepted, killed ${JSON.stringify(kills)}, last backlog ${Math.round(tookMs)} ms`)
  })

  it('has lost none, made none up, and counted each once', async () => {
    expect(refused).toEqual([])
    expect(accepted.size).toBeGreaterThanOrEqual(SUBMISSIONS)
    const stored = await database().submission.findMany({ include: { verdict: true } })
    const ids = new Set(stored.map(({ id }) => id))
    expect([...accepted].filter((id) => !ids.has(id))).toEqual([])
    const wrong = stored.filter(({ source, verdict }) => verdict?.verdict !== verdictOn(source) || verdict.reason !== null)
    expect(wrong.map(({ id, gradings, verdict }) => ({ id, gradings, verdict: verdict?.verdict, reason: verdict?.reason })))
      .toEqual([])
    const [{ attempts } = { attempts: 0 }] = await database().$queryRaw<{ attempts: number }[]>`
      select sum(attempts)::int as attempts from progress`
    expect(attempts).toBe(stored.length)
  })

  it('leaves no job, process or folder behind', async () => {
    await Promise.all(graders.map((grader) => grader.stop('SIGTERM')))
    clearInterval(watching)
    const jobs = await database().$queryRaw<unknown[]>`select key from graphile_worker.jobs`
    expect(jobs).toEqual([])
    expect(await database().grader.count()).toBe(0)
    // What has lost its host ends on its own.
    await vi.waitFor(() => expect([...seen.values()].filter(isStillRunning)).toEqual([]), { timeout: 20_000 })
    // By start as well as by id: ids are used again, and other graders may be at work on this machine.
    const owners = new Set([...seen.values()].map(({ pid, mark }) => `${pid}-${mark}`))
    const folders = readdirSync(os.tmpdir()).filter((name) => owners.has(/^handroll-grader-(\d+-\d+)-/.exec(name)?.[1] ?? ''))
    expect(folders).toEqual([])
  })
})
