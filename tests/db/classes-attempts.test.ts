import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { listImprovingAttempts } from '@/lib/db/gradebook'
import { useDatabase } from '../support/database'
import { newPerson } from './support/course'
import { regraded, submitted } from './support/marked-sets'

const test = useDatabase()

const START = Date.parse('2026-03-01T12:00:00.000Z')

interface Given {
  exercise: string
  at: number
  score: number | null
  maxScore: number
  regrades: { score: number | null; applied: boolean; lowered: boolean }[]
}

const given: fc.Arbitrary<Given[]> = fc.array(fc.record({
  exercise: fc.constantFrom('lru', 'raft'),
  at: fc.integer({ min: 0, max: 6 }).map((ms) => START + ms),
  score: fc.option(fc.integer({ min: 0, max: 10 }), { freq: 5 }),
  maxScore: fc.constantFrom(10, 20),
  regrades: fc.array(fc.record({
    score: fc.option(fc.integer({ min: 0, max: 10 }), { freq: 5 }), applied: fc.boolean(), lowered: fc.boolean(),
  }), { maxLength: 3 }),
}), { maxLength: 10 })

/** The score that counts, step by step as things happened; null for none. */
function countedScore({ score, maxScore, regrades }: Given): { score: number; maxScore: number } | null {
  let now = score === null ? null : { score, maxScore }
  for (const regrade of regrades) {
    if (!regrade.applied || regrade.score === null) continue
    const again = { score: regrade.score, maxScore: 10 }
    if (now === null || regrade.lowered || again.score * now.maxScore > now.score * again.maxScore) now = again
  }
  return now
}

let userId: string
beforeAll(async () => {
  userId = (await newPerson()).id
})

let rounds = 0

describe('the attempts that marks rest on', () => {
  it('are those that score more than all before them since the opening, as applied regrades have it', async () => {
    await fc.assert(fc.asyncProperty(given, fc.integer({ min: -1, max: 6 }), async (submissions, opening) => {
      // Exercises of its own for each round.
      const round = `-${++rounds}`
      const stored: (Given & { id: string })[] = []
      for (const drawn of submissions) {
        const each = { ...drawn, exercise: drawn.exercise + round }
        const id = await submitted({ ...each, userId })
        for (const [index, { score, applied, lowered }] of each.regrades.entries()) {
          await regraded(id, score, { appliedAt: applied ? START + index * 1_000 : null, lowered: applied && lowered })
        }
        stored.push({ ...each, id })
      }
      stored.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
      const items = [
        { id: 'early', exercise: `lru${round}`, opensAt: START - 1 },
        { id: 'late', exercise: `lru${round}`, opensAt: START + opening },
        { id: 'other', exercise: `raft${round}`, opensAt: START + 3 },
      ]
      const expected = items.map(({ exercise, opensAt }) => {
        let [number, best] = [1, -1]
        return stored.filter((each) => each.exercise === exercise && each.at >= opensAt).flatMap((each) => {
          const counted = countedScore(each)
          if (!counted) return []
          const own = number
          if (each.score !== null) number++
          if (counted.score / counted.maxScore <= best) return []
          best = counted.score / counted.maxScore
          return [{ submissionId: each.id, at: each.at, number: own, ...counted }]
        })
      })
      const found = (await listImprovingAttempts(test.db, [userId], items)).get(userId)
      expect(items.map(({ id }) => found?.get(id) ?? [])).toEqual(expected)
    }), { numRuns: 60 })
  })

  it('are told of those alone who are asked for, and of nobody when nobody is asked for', async () => {
    const [ada, ben] = [await newPerson(), await newPerson()]
    for (const { id } of [ada, ben]) await submitted({ userId: id, exercise: 'lru', at: START, score: 4 })
    const items = [{ id: 'item', exercise: 'lru', opensAt: START }]
    expect([...(await listImprovingAttempts(test.db, [ada.id], items)).keys()]).toEqual([ada.id])
    expect(await listImprovingAttempts(test.db, [], items)).toEqual(new Map())
    expect(await listImprovingAttempts(test.db, [ada.id], [])).toEqual(new Map())
  })
})
