import { describe, expect, it } from 'vitest'
import type { LatePolicy } from '@/lib/contract/late-policy'
import { creditAt } from '@/lib/marks/marks'
import type { Terms } from '@/lib/marks/terms'
import { creditStretches, standingAt } from '@/app/_sets/credit'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Due at noon of 28 March 2026 in Berlin; clocks go forward in the night after. */
const DUE = Date.parse('2026-03-28T11:00:00.000Z')

function terms(latePolicy: LatePolicy, closesAfter = 5 * DAY): Terms {
  return {
    opensAt: DUE - 7 * DAY, dueAt: DUE, closesAt: DUE + closesAfter, latePolicy, timeZone: 'Europe/Berlin',
    attemptLimit: null, exempt: false,
  }
}

const drawn = (of: Terms) => creditStretches(of).map(({ to, percent }) => [(to - DUE) / HOUR, percent])

describe('credit over time', () => {
  it('ends with the due time where nothing is accepted late', () => {
    expect(drawn(terms({ kind: 'none' }))).toEqual([[0, 100], [120, 0]])
    expect(drawn(terms({ kind: 'none' }, 0))).toEqual([[0, 100]])
  })

  it('falls with each day by the clock, down to the floor', () => {
    expect(drawn(terms({ kind: 'per-day', percent: 30, floor: 50 }))).toEqual([[0, 100], [23, 70], [120, 50]])
  })

  it('takes grace days one by one, and ends with the last', () => {
    expect(drawn(terms({ kind: 'grace-days', most: 2 }))).toEqual([[0, 100], [23, 100], [47, 100], [120, 0]])
  })

  it('follows the steps of a timeline whatever the due time', () => {
    const step = (hours: number, percent: number) => ({ until: new Date(DUE + hours * HOUR).toISOString(), percent })
    const policy = { kind: 'timeline' as const, steps: [step(-24, 100), step(10, 80), step(200, 40)] }
    expect(drawn(terms(policy))).toEqual([[-24, 100], [10, 80], [120, 40]])
  })

  it('agrees with the computing of marks on both sides of every change', () => {
    const policies: LatePolicy[] = [
      { kind: 'none' }, { kind: 'per-day', percent: 7, floor: 3 }, { kind: 'grace-days', most: 3 },
      { kind: 'timeline', steps: [{ until: new Date(DUE + HOUR).toISOString(), percent: 90 }] },
    ]
    for (const policy of policies) {
      const of = terms(policy)
      for (const { from, to, percent } of creditStretches(of)) {
        for (const at of [from + 1, to]) expect(creditAt(of, at)?.percent ?? 0).toBe(percent)
      }
    }
  })
})

describe('the standing', () => {
  const of = terms({ kind: 'per-day', percent: 30, floor: 50 })

  it('says what is next and what it costs, to the millisecond', () => {
    expect(standingAt(of, of.opensAt - 1)).toMatchObject({ phase: 'upcoming', nextAt: of.opensAt, nextPercent: 100 })
    expect(standingAt(of, of.opensAt)).toMatchObject({ phase: 'open', percent: 100, nextAt: DUE, nextPercent: 70 })
    expect(standingAt(of, DUE)).toMatchObject({ phase: 'open', percent: 100 })
    expect(standingAt(of, DUE + 1)).toMatchObject({ phase: 'late', percent: 70, nextAt: DUE + 23 * HOUR, nextPercent: 50 })
    expect(standingAt(of, of.closesAt)).toMatchObject({ phase: 'late', percent: 50, nextAt: of.closesAt, nextPercent: 0 })
    expect(standingAt(of, of.closesAt + 1)).toMatchObject({ phase: 'closed', percent: 0, nextAt: null })
  })
})
