import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUCKETS } from '@/lib/db/boards/buckets'
import { followCatalogue } from '@/lib/learn/leaderboards/follow-catalogue'
import { useDatabase } from '../support/database'
import { expectBoardsToAgree } from './support/boards-agree'
import { LAYOUT, useTopics } from './support/boards-content'
import { histories, STEP_NAMES, take } from './support/boards-history'
import { newWorld } from './support/boards-world'

const test = useDatabase()
const content = useTopics()

const RUNS = Number(process.env.BOARDS_RUNS) || 20
/** A kind of step that chance has left out is waited for, this often at most. */
const ROUNDS = 4
/** Steps after which all is compared, besides the end. */
const LOOK_EVERY = 10

// With buckets of a few entries, few learners make them split and join.
const sizes = { ...BUCKETS }
beforeAll(() => void Object.assign(BUCKETS, { most: 3, part: 2, least: 2 }))
afterAll(() => void Object.assign(BUCKETS, sizes))

describe('leaderboards', () => {
  it('say what submissions, regrades and classes say, whatever has happened', async () => {
    const done = new Set<string>()
    const property = fc.asyncProperty(histories, async (history) => {
      await content.change(LAYOUT)
      const world = await newWorld(test.db, content)
      await followCatalogue()
      for (const [index, step] of history.entries()) {
        if (await take(world, step)) done.add(step.name)
        if (index % LOOK_EVERY === LOOK_EVERY - 1) await expectBoardsToAgree(test.db, content.layout, { ranks: false })
      }
      await expectBoardsToAgree(test.db, content.layout)
    })
    for (let round = 0; round < ROUNDS && done.size < STEP_NAMES.length; round++) {
      await fc.assert(property, { numRuns: RUNS, endOnFailure: true })
    }
    // What never happened was not tested.
    expect([...done].sort()).toEqual([...STEP_NAMES].sort())
  }, 600_000)
})
