import { describe, expect, it } from 'vitest'
import type { LatePolicy } from '@/lib/contract/late-policy'
import { creditAt, grantsNothing, markCell, markStudent, maxOf, termsOf } from '@/lib/marks/marks'
import type { Attempt, Exception, Item, MarkedSet } from '@/lib/marks/terms'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const DUE = Date.parse('2026-05-04T20:00:00.000Z')

const item = (id: string, points: number, kind: Item['kind'] = 'required'): Item => ({ id, exercise: id, points, kind })

function setWith(latePolicy: LatePolicy, parts: Partial<MarkedSet> = {}): MarkedSet {
  return {
    id: 'week', opensAt: DUE - 7 * DAY, dueAt: DUE, closesAt: DUE + 10 * DAY, latePolicy, attemptLimit: null, pickCount: 0,
    items: [item('lru', 10)], ...parts,
  }
}

const attempt = (at: number, score: number, number = 1): Attempt => ({ submissionId: `at ${at - DUE}`, at, score, maxScore: 10, number })
const exception = (parts: Partial<Exception>): Exception => ({ dueAt: null, closesAt: null, attemptLimit: null, exempt: false, ...parts })
const percentAt = (set: MarkedSet, at: number, own: Exception | null = null) =>
  creditAt(termsOf(set, 'UTC', own, null), at)?.percent ?? null

describe('credit', () => {
  it('is full to the millisecond of the due time, and then what the policy says', () => {
    const set = setWith({ kind: 'per-day', percent: 30, floor: 20 })
    expect([DUE, DUE + 1, DUE + DAY, DUE + DAY + 1, DUE + 2 * DAY + 1, DUE + 9 * DAY].map((at) => percentAt(set, at)))
      .toEqual([100, 70, 70, 40, 20, 20])
    expect([DUE, DUE + 1].map((at) => percentAt(setWith({ kind: 'none' }), at))).toEqual([100, null])
  })

  it('is there from the opening to the close, both included', () => {
    const set = setWith({ kind: 'per-day', percent: 1, floor: 50 })
    expect([set.opensAt - 1, set.opensAt, set.closesAt, set.closesAt + 1].map((at) => percentAt(set, at)))
      .toEqual([null, 100, 90, null])
  })

  it('follows the steps of a timeline, which move with an extension', () => {
    const steps = [{ until: new Date(DUE - DAY).toISOString(), percent: 100 }, { until: new Date(DUE + DAY).toISOString(), percent: 60 }]
    const set = setWith({ kind: 'timeline', steps })
    const times = [DUE - DAY, DUE - DAY + 1, DUE + DAY, DUE + DAY + 1]
    expect(times.map((at) => percentAt(set, at))).toEqual([100, 60, 60, null])
    expect(times.map((at) => percentAt(set, at + DAY, exception({ dueAt: DUE + DAY })))).toEqual([100, 60, 60, null])
  })

  it('keeps a set open for an extension, and as long as the exception says', () => {
    const set = setWith({ kind: 'per-day', percent: 10, floor: 0 }, { closesAt: DUE })
    expect(percentAt(set, DUE + 2 * DAY, exception({ dueAt: DUE + 2 * DAY }))).toBe(100)
    expect(percentAt(set, DUE + 2 * DAY + 1, exception({ dueAt: DUE + 2 * DAY }))).toBeNull()
    expect(percentAt(set, DUE + 2 * DAY, exception({ dueAt: DUE + DAY, closesAt: DUE + 2 * DAY }))).toBe(90)
  })

  it('is never less than without an exception, also when the set has moved past it', () => {
    const steps = [{ until: new Date(DUE).toISOString(), percent: 80 }]
    const set = setWith({ kind: 'timeline', steps }, { attemptLimit: 3 })
    const overtaken = exception({ dueAt: DUE - DAY, closesAt: set.closesAt - DAY, attemptLimit: 2 })
    expect(termsOf(set, 'UTC', overtaken, null)).toEqual(termsOf(set, 'UTC', null, null))
    expect(termsOf(setWith({ kind: 'none' }), 'UTC', exception({ attemptLimit: 2 }), null).attemptLimit).toBeNull()
    expect(termsOf(set, 'UTC', exception({ attemptLimit: 4 }), null).attemptLimit).toBe(4)
  })

  it('counts days by the clock of the class, which may have 23 or 25 hours', () => {
    const dueAt = Date.parse('2026-10-24T21:59:00.000Z')
    const set = setWith({ kind: 'per-day', percent: 10, floor: 0 }, { dueAt, opensAt: dueAt - DAY, closesAt: dueAt + 9 * DAY })
    const daysAt = (timeZone: string, at: number) => creditAt(termsOf(set, timeZone, null, null), at)?.lateDays
    expect([25 * HOUR, 25 * HOUR + 1].map((after) => daysAt('Europe/Berlin', dueAt + after))).toEqual([1, 2])
    expect([24 * HOUR, 24 * HOUR + 1].map((after) => daysAt('Asia/Shanghai', dueAt + after))).toEqual([1, 2])
  })
})

describe('an exception', () => {
  it('grants nothing when the set says as much', () => {
    const set = setWith({ kind: 'none' }, { attemptLimit: 3 })
    const nothing = [{ dueAt: DUE }, { closesAt: set.closesAt }, { attemptLimit: 3 }, { dueAt: set.closesAt - 1, exempt: false }]
    expect(nothing.map((parts) => grantsNothing(set, exception(parts)))).toEqual([true, true, true, false])
    const something = [{ dueAt: DUE + 1 }, { closesAt: set.closesAt + 1 }, { attemptLimit: 4 }, { exempt: true }]
    for (const parts of something) expect(grantsNothing(set, exception(parts))).toBe(false)
  })
})

describe('a cell', () => {
  const terms = termsOf(setWith({ kind: 'per-day', percent: 50, floor: 0 }), 'UTC', null, null)

  it('has the greatest mark, of equal ones the earliest', () => {
    expect(markCell(terms, 10, [attempt(DUE, 6, 1), attempt(DUE + 1, 10, 2)]))
      .toEqual({ mark: 600, submissionId: 'at 0', lateDays: 0, percent: 100 })
    expect(markCell(terms, 10, [attempt(DUE - 2, 6, 1), attempt(DUE, 6, 2)]).submissionId).toBe('at -2')
    expect(markCell(terms, 10, [])).toEqual({ mark: 0, submissionId: null, lateDays: 0, percent: 0 })
  })

  it('rounds half a hundredth up, and nothing else', () => {
    const third = { ...attempt(DUE, 1), maxScore: 3 }
    expect(markCell(terms, 1, [third]).mark).toBe(33)
    expect(markCell(terms, 2, [third]).mark).toBe(67)
    // 1 x 1/8 is 12.5 hundredths.
    expect(markCell(terms, 1, [{ ...attempt(DUE, 1), maxScore: 8 }]).mark).toBe(13)
  })

  it('leaves out what came past the limit of attempts', () => {
    expect(markCell({ ...terms, attemptLimit: 2 }, 10, [attempt(DUE - 3, 2, 1), attempt(DUE - 2, 5, 2), attempt(DUE - 1, 10, 3)]).mark).toBe(500)
  })
})

describe('a set', () => {
  it('adds up what is required and the best of what is to choose from', () => {
    const items = [item('a', 1), item('b', 5, 'choice'), item('c', 8, 'choice'), item('d', 2, 'choice'), item('e', 99, 'optional')]
    const set = setWith({ kind: 'none' }, { items, pickCount: 2 })
    const marks = markStudent({
      now: DUE, graceDays: 0, sets: [{ set, terms: termsOf(set, 'UTC', null, null) }], overrides: new Map([['d', 150]]),
      attempts: new Map(items.map(({ id }) => [id, [attempt(DUE, id === 'c' ? 1 : 10)]])),
    })
    expect([marks.total, marks.max, maxOf(set)]).toEqual([100 + 500 + 150, 100 + 800 + 500, 1_400])
    expect(marks.sets[0]!.cells.map(({ counts }) => counts)).toEqual([true, true, false, true, false])
  })
})

describe('grace days', () => {
  const grace = (id: string, dueAt: number, parts: Partial<MarkedSet> = {}) =>
    setWith({ kind: 'grace-days', most: 3 }, { id, dueAt, opensAt: DUE - 9 * DAY, items: [item(id, 10)], ...parts })

  const spent = (sets: MarkedSet[], attempts: Record<string, Attempt[]>, graceDays: number, overrides: Record<string, number> = {}) =>
    markStudent({
      now: DUE, graceDays, attempts: new Map(Object.entries(attempts)), overrides: new Map(Object.entries(overrides)),
      sets: sets.map((set) => ({ set, terms: termsOf(set, 'UTC', null, null) })),
    })

  it('go to the set that is due first, whatever the order in which sets are given', () => {
    const [first, second] = [grace('first', DUE), grace('second', DUE + DAY)]
    const late = { first: [attempt(DUE + DAY + 1, 10)], second: [attempt(DUE + DAY + 1, 10)] }
    for (const sets of [[first, second], [second, first]]) {
      const { sets: marked, graceDaysLeft } = spent(sets, late, 2)
      expect(Object.fromEntries(marked.map(({ setId, graceDays, total }) => [setId, [graceDays, total]])))
        .toEqual({ first: [2, 1_000], second: [0, 0] })
      expect(graceDaysLeft).toBe(0)
    }
  })

  it('are taken only as far as they give more', () => {
    const set = grace('week', DUE)
    const better = { week: [attempt(DUE, 4, 1), attempt(DUE + 1, 10, 2), attempt(DUE + DAY + 1, 10, 3)] }
    expect(spent([set], better, 5)).toMatchObject({ total: 1_000, graceDaysLeft: 4 })
    expect(spent([set], { week: [attempt(DUE, 4, 1), attempt(DUE + 1, 4, 2)] }, 5)).toMatchObject({ total: 400, graceDaysLeft: 5 })
  })

  it('are not taken for a mark that a person gave, nor where the student is exempt', () => {
    const set = grace('week', DUE)
    const late = { week: [attempt(DUE + 1, 10)] }
    expect(spent([set], late, 5, { week: 300 })).toMatchObject({ total: 300, graceDaysLeft: 5 })
    const exempt = markStudent({
      now: DUE, graceDays: 5, attempts: new Map(Object.entries(late)), overrides: new Map(),
      sets: [{ set, terms: termsOf(set, 'UTC', exception({ exempt: true }), null) }],
    })
    expect(exempt).toMatchObject({ total: 0, max: 0, graceDaysLeft: 5 })
  })
})
