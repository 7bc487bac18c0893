import { addCalendarDays } from './local-time'
import type { Instant, Terms } from './terms'

const DAY_MS = 24 * 3600 * 1000

/**
 * How many late days have begun: 0 up to and at the due time, 1 up to and at the same time by the clock on the day
 * after, and so on. The clock is that of the class, so a day may have 23 or 25 hours.
 */
export function lateDays(terms: Terms, at: Instant): number {
  if (at <= terms.dueAt) return 0
  // No zone has ever moved its clocks by more than a day, so the day looked for is none before this one.
  let days = Math.max(1, Math.floor((at - terms.dueAt) / DAY_MS) - 1)
  while (at > endOfLateDay(terms, days)) days++
  return days
}

/** Time zones are slow to ask, and a class asks for the same few ends again and again. */
const known = new WeakMap<Terms, Map<number, Instant>>()

function endOfLateDay(terms: Terms, day: number): Instant {
  let ends = known.get(terms)
  if (!ends) known.set(terms, (ends = new Map()))
  let end = ends.get(day)
  if (end === undefined) ends.set(day, (end = addCalendarDays(terms.dueAt, day, terms.timeZone)))
  return end
}
