import { Temporal } from 'temporal-polyfill'

/* Dates on clocks. Zones are names of the IANA database, instants are milliseconds of the epoch. */

/** The date that clocks of the zone show at an instant: `2026-11-21`. */
export function localDay(at: number, timeZone: string): string {
  return zoned(at, timeZone).toPlainDate().toString()
}

/** Calendar days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days
}

/**
 * Whether a whole day of the zone, from one midnight to the next, lies between two instants. Days are as long as clocks
 * make them, and dates that a zone leaves out are none.
 */
export function wholeDayBetween(from: number, to: number, timeZone: string): boolean {
  const begins = nextMidnight(zoned(from, timeZone))
  return nextMidnight(begins).epochMilliseconds <= to
}

function nextMidnight(at: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  return at.add({ days: 1 }).startOfDay()
}

function zoned(at: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
}
