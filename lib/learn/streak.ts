import type { Streaks } from '@/lib/contract/profile'
import { daysBetween, localDay, wholeDayBetween } from './local-day'

/*
 * Streaks. Each submission counts for the date that its author's clocks showed, and that date is kept whatever zone
 * they move to. A streak goes on from one date to the next. Where dates are missing between two active days, travel may
 * have left them out: somebody who flies west over the date line on Monday lands on Wednesday. So the streak ends only
 * if a whole day, from midnight to midnight, went by between the two submissions by the clocks of the zone that was
 * left and by those of the zone that was reached. Without travel the two are one, and any missing date is such a day. A
 * date that travel makes come twice is one day. So travel breaks no streak of somebody who submits something on each
 * date that their clocks show, and wherever they stay; tests/unit/streak.test.ts has random travellers.
 */

/** A date with the instants of its first and last submission, and the zones whose clocks showed it then. */
export interface StreakDay {
  day: string
  firstAt: number
  lastAt: number
  firstZone: string
  lastZone: string
}

/** More than any two days on any clocks: two whole days of 25 hours each, and a bit. */
const SURELY_MISSED_MS = 52 * 3_600_000

/**
 * @param days by date, the oldest first
 * @param now instant
 * @param timeZone in which the person is now
 */
export function streaksOf(days: readonly StreakDay[], now: number, timeZone: string): Streaks {
  const today = localDay(now, timeZone)
  let run = { from: '', to: '', length: 0 }
  let best = run
  days.forEach((day, index) => {
    const before = days[index - 1]
    run = before && goesOn(before, day)
      ? { ...run, to: day.day, length: run.length + 1 }
      : { from: day.day, to: day.day, length: 1 }
    if (run.length > best.length) best = run
  })
  const last = days.at(-1)
  const present = { day: today, firstAt: now, lastAt: now, firstZone: timeZone, lastZone: timeZone }
  return {
    current: last && goesOn(last, present) ? run.length : 0,
    best: best.length,
    bestFrom: best.from || null,
    bestTo: best.to || null,
    activeToday: days.some(({ day }) => day === today),
  }
}

/** Whether no day was missed between an active day and a later one. */
function goesOn(before: StreakDay, after: StreakDay): boolean {
  if (daysBetween(before.day, after.day) <= 1) return true
  if (after.firstAt - before.lastAt > SURELY_MISSED_MS) return false
  return [before.lastZone, after.firstZone].some((zone) => !wholeDayBetween(before.lastAt, after.firstAt, zone))
}
