import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LatePolicy } from '@/lib/contract/late-policy'
import { markCell, markStudent, termsOf, type StudentMarks } from '@/lib/marks/marks'
import { oracleMarks, type OracleMarks } from './oracle'
import { attemptsAt, studentInput } from './support/student-input'
import { worlds } from './support/worlds'

/** Some mistakes around clock changes show in one world of two hundred. */
const RUNS = Number(process.env.MARKS_RUNS) || 2_000
const FEWER = RUNS / 4

/** What the oracle has an opinion on. */
function asOracle({ sets, ...rest }: StudentMarks): OracleMarks {
  return {
    ...rest,
    sets: sets.map(({ cells, total, max, graceDays, counts }) => ({
      total, max, graceDays, counts,
      cells: cells.map(({ mark, submissionId, lateDays, percent }) => ({ mark, submissionId, lateDays, percent })),
    })),
  }
}

describe('marks of any student', () => {
  it('are those of the oracle, to the hundredth and to the millisecond', () => {
    fc.assert(fc.property(worlds, (world) => {
      expect(asOracle(markStudent(studentInput(world, { onlyImproving: false })))).toEqual(oracleMarks(world))
    }), { numRuns: RUNS })
  }, 600_000)

  it('rest on nothing but the attempts that improve on all before them', () => {
    fc.assert(fc.property(worlds, (world) => {
      expect(markStudent(studentInput(world, { onlyImproving: true })))
        .toEqual(markStudent(studentInput(world, { onlyImproving: false })))
    }), { numRuns: FEWER })
  })

  it('are never less with an exception than without one', () => {
    fc.assert(fc.property(worlds, (world) => {
      for (const { set, own } of world.sets) {
        const terms = [own && { ...own, exempt: false }, null].map((each) => termsOf(set, world.timeZone, each, null))
        const { items } = set
        for (const { points, exercise } of items) {
          const attempts = attemptsAt(world, set, exercise)
          const [withOwn = 0, without = 0] = terms.map((each) => markCell(each, points, attempts).mark)
          expect(withOwn).toBeGreaterThanOrEqual(without)
        }
      }
    }), { numRuns: FEWER })
  })

  // Shared grace days come up in one world of a hundred: with all runs they are never missed by chance.
  it('are made from policies that the contract allows, of every kind, on time and late', () => {
    const seen = new Set<string>()
    fc.assert(fc.property(worlds, (world) => {
      const marks = oracleMarks(world)
      for (const { set } of world.sets) expect(LatePolicy.safeParse(set.latePolicy).success).toBe(true)
      for (const [index, { set, own, section }] of world.sets.entries()) {
        const { cells, graceDays } = marks.sets[index]!
        if (graceDays > 0) seen.add('grace days are spent')
        if (graceDays > 0 && marks.sets.filter((each) => each.graceDays > 0).length > 1) seen.add('grace days are shared')
        if (own && section) seen.add('two exceptions')
        for (const { lateDays, mark } of cells) {
          if (mark > 0) seen.add(`${set.latePolicy.kind}: ${lateDays > 0 ? 'late' : 'on time'}`)
        }
      }
    }), { numRuns: RUNS })
    expect([...seen].sort()).toEqual([
      'grace days are shared', 'grace days are spent', 'grace-days: late', 'grace-days: on time', 'none: on time', 'per-day: late',
      'per-day: on time', 'timeline: late', 'timeline: on time', 'two exceptions',
    ])
  })
})
