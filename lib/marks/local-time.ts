import { Temporal } from 'temporal-polyfill'
import type { Instant } from './terms'

/* Instants and what clocks show in a time zone, by its rules in the IANA database. */

/**
 * The instant at which clocks of the zone show a time. A time that a clock change leaves out is taken as much later as
 * the clocks went forward; of one that comes twice, the first is meant.
 * @param localDateTime such as `2026-03-29T02:30`
 * @throws RangeError for anything else, or for a zone that does not exist
 */
export function instantOf(localDateTime: string, timeZone: string): Instant {
  return Temporal.PlainDateTime.from(localDateTime).toZonedDateTime(timeZone).epochMilliseconds
}

/** What clocks of the zone show then, to the minute: `YYYY-MM-DDTHH:mm`. */
export function localOf(at: Instant, timeZone: string): string {
  return zoned(at, timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' })
}

/** The same time by the clock, that many calendar days later: 23, 24 or 25 hours for each of them. */
export function addCalendarDays(at: Instant, days: number, timeZone: string): Instant {
  return zoned(at, timeZone).add({ days }).epochMilliseconds
}

function zoned(at: Instant, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
}
