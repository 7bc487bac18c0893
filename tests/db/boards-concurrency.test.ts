import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ProblemError } from '@/lib/contract/problem'
import { BUCKETS } from '@/lib/db/boards/buckets'
import { closeDatabase } from '@/lib/db/client'
import { isUnavailable } from '@/lib/db/errors'
import { followCatalogue } from '@/lib/learn/leaderboards/follow-catalogue'
import { recordVerdict } from '@/lib/learn/record-verdict'
import { useDatabase } from '../support/database'
import { expectBoardsToAgree } from './support/boards-agree'
import { EXERCISES, LAYOUT, useTopics } from './support/boards-content'
import { STEP_NAMES, take } from './support/boards-history'
import { addUser, newWorld, type World } from './support/boards-world'
import { submitted, verdictOf } from './support/boards-learner-steps'

/** Graders that write at the same time, each on a connection of its own. */
const WRITERS = 50
const DAY = 86_400_000
const MOST_TRIES = 30
/** Prisma's codes for a row that is not there, itself or one that it refers to. */
const GONE = new Set(['P2003', 'P2025'])

const given = process.env.DATABASE_POOL_SIZE
process.env.DATABASE_POOL_SIZE = String(WRITERS)
const test = useDatabase()
const content = useTopics()

const sizes = { ...BUCKETS }
beforeAll(() => void Object.assign(BUCKETS, { most: 6, part: 3, least: 2 }))
afterAll(async () => {
  Object.assign(BUCKETS, sizes)
  await closeDatabase()
  if (given === undefined) delete process.env.DATABASE_POOL_SIZE
  else process.env.DATABASE_POOL_SIZE = given
})

let world: World
beforeEach(async () => {
  await content.change(LAYOUT)
  world = await newWorld(test.db, content)
  await followCatalogue()
})

/** Does all of it, as many at a time as there are writers. What fails because a row is gone by then fails rightly. */
async function atOnce(work: readonly (() => Promise<unknown>)[]): Promise<void> {
  const waiting = [...work]
  const faults: string[] = []
  const writer = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await again(next).catch((error: Error & { code?: string; cause?: unknown }) => {
        if (!GONE.has(error.code ?? '')) faults.push(`${error.message} ${String(error.cause)}`)
      })
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  expect(faults).toEqual([])
  // A deadlock that was resolved by trying again is one all the same.
  const [told] = await test.db.$queryRaw<{ deadlocks: bigint }[]>`
    select deadlocks from pg_stat_database where datname = current_database()`
  expect(Number(told?.deadlocks)).toBe(0)
}

/** As graders do, whose job comes back: a machine that is slow makes transactions end before they are through. */
async function again(work: () => Promise<unknown>): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const isSlow = (error instanceof ProblemError && error.code === 'service-unavailable') || isUnavailable(error)
      if (!isSlow || tries === MOST_TRIES || /deadlock/.test(String((error as Error).cause))) throw error
    }
  }
}

/** Numbers that look drawn and are the same each time (mulberry32). */
function drawer(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

/** Verdicts that wait to be written: of every learner on every exercise, all in one week. */
async function waitingVerdicts(users: readonly string[], at: number, exercises = EXERCISES.slice(0, 3)): Promise<(() => Promise<unknown>)[]> {
  const draw = drawer(at)
  const verdicts = []
  for (const exercise of exercises) {
    for (const userId of users) {
      const id = await submitted(world, userId, exercise, new Date(at + (draw() % 1000)))
      const { versionHash } = await test.db.submission.findUniqueOrThrow({ where: { id } })
      verdicts.push(() => recordVerdict(id, verdictOf(draw() % 11, versionHash)))
    }
  }
  return verdicts
}

describe('fifty writers', () => {
  it('make the boards of a new week together, once each, and lose no point', async () => {
    const users = []
    for (let index = 0; index < WRITERS; index++) users.push(await addUser(world))
    for (const week of [0, 7]) {
      await atOnce(await waitingVerdicts(users, Date.parse('2026-05-04T00:00:00Z') + week * DAY))
    }
    await expectBoardsToAgree(test.db, content.layout)
  }, 300_000)

  it('go on while classes, choices, regrades, accounts and the catalogue change, without deadlock', async () => {
    const draw = drawer(1)
    for (let index = 0; index < 20; index++) await addUser(world)
    for (const { code } of world.classes) {
      for (const id of world.users.slice(0, 15)) {
        await take(world, { name: 'somebody joins', numbers: [world.classes.findIndex((each) => each.code === code), 1, world.users.indexOf(id)] })
      }
    }
    for (const round of [1, 2]) {
      const verdicts = await waitingVerdicts(world.users, Date.parse('2026-06-01T00:00:00Z') + round * 7 * DAY)
      const steps = STEP_NAMES.filter((name) => name !== 'is graded' && !name.startsWith('an exercise'))
        .flatMap((name) => Array.from({ length: 5 }, () => () => take(world, { name, numbers: Array.from({ length: 8 }, draw) })))
      const catalogue = async () => {
        for (let change = 0; change < 3; change++) {
          await take(world, { name: 'an exercise is removed, moved or brought back', numbers: Array.from({ length: 8 }, draw) })
        }
      }
      await atOnce(shuffled([...verdicts, ...steps, catalogue], draw))
      // As the next grader does, should this one have been too slow to get through.
      await again(followCatalogue)
      await expectBoardsToAgree(test.db, content.layout, { ranks: round === 2 })
    }
  }, 300_000)
})

function shuffled<T>(list: T[], draw: () => number): T[] {
  return list.map((each) => ({ each, place: draw() })).sort((a, b) => a.place - b.place).map(({ each }) => each)
}
