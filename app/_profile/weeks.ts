import type { ActiveDays } from '@/lib/contract/profile'

/* The calendar as weeks from Monday to Sunday. Days are dates without a zone, `2026-11-21`. */

/** Weeks that the calendar shows: a year, and the week that goes on. */
export const WEEKS = 53

export interface CalendarDay {
  day: string
  submissions: number
}

/** A week; days that have not come yet are null. */
export type CalendarWeek = readonly (CalendarDay | null)[]

/**
 * The weeks up to the one of today, or of the last active day: somebody who has flown east over the date line has been
 * active tomorrow.
 */
export function calendarWeeks(days: ActiveDays, today: string): CalendarWeek[] {
  const counts = new Map(days.map(({ day, submissions }) => [day, submissions]))
  const end = [today, days.at(-1)?.day ?? today].toSorted().at(-1) ?? today
  const monday = addDays(end, -weekday(end))
  return Array.from({ length: WEEKS }, (_, week) => Array.from({ length: 7 }, (_, index) => {
    const day = addDays(monday, (week - WEEKS + 1) * 7 + index)
    return day > end ? null : { day, submissions: counts.get(day) ?? 0 }
  }))
}

/** How dark a day is, from 0 to 4. */
export function levelOf(submissions: number): number {
  return [1, 2, 4, 7].filter((least) => submissions >= least).length
}

/** Where the name of a month stands: at the week with its first day, if there is room before the next name. */
export function monthStarts(weeks: readonly CalendarWeek[]): { week: number; day: string }[] {
  const starts = weeks.flatMap((days, week) => {
    const first = days.find((each) => each?.day.endsWith('-01'))
    return first ? [{ week, day: first.day }] : []
  })
  return starts.filter(({ week }) => week <= weeks.length - 2)
}

/** From 0 for Monday. */
export function weekday(day: string): number {
  return (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7
}

export function addDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00Z`)
  date.setUTCDate(date.getUTCDate() + count)
  return date.toISOString().slice(0, 10)
}
