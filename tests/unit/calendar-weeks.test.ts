import { describe, expect, it } from 'vitest'
import { calendarWeeks, levelOf, monthStarts, WEEKS } from '@/app/_profile/weeks'

const weeks = calendarWeeks([{ day: '2026-11-20', submissions: 3 }], '2026-11-21')

describe('the calendar', () => {
  it('has 53 weeks that begin on Monday, and ends today', () => {
    expect(weeks.length).toBe(WEEKS)
    expect(weeks.at(-1)?.map((day) => day?.day ?? null)).toEqual([
      '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', null,
    ])
    expect(weeks[0]?.[0]?.day).toBe('2025-11-17')
  })

  it('has every date once', () => {
    const days = weeks.flat().flatMap((day) => day?.day ?? [])
    expect(new Set(days).size).toBe(days.length)
    expect(days.length).toBe(52 * 7 + 6)
  })

  it('knows what was done on a day', () => {
    expect(weeks.at(-1)?.[4]).toEqual({ day: '2026-11-20', submissions: 3 })
    expect(weeks.at(-1)?.[3]).toEqual({ day: '2026-11-19', submissions: 0 })
  })

  it('goes on to a day that was active tomorrow, west of the date line', () => {
    const ahead = calendarWeeks([{ day: '2026-11-23', submissions: 1 }], '2026-11-22')
    expect(ahead.at(-1)?.map((day) => day?.submissions ?? null)).toEqual([1, null, null, null, null, null, null])
  })

  it('names each month at the week of its first day', () => {
    const names = monthStarts(weeks)
    expect(names.map(({ day }) => day.slice(0, 7))).toEqual([
      '2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09',
      '2026-10', '2026-11',
    ])
    for (const { week, day } of names) expect(weeks[week]?.some((each) => each?.day === day)).toBe(true)
  })

  it.each([[0, 0], [1, 1], [2, 2], [3, 2], [4, 3], [6, 3], [7, 4], [50, 4]])('shows %i submissions as level %i', (count, level) => {
    expect(levelOf(count)).toBe(level)
  })
})
