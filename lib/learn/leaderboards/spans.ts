import { Temporal } from 'temporal-polyfill'
import type { BoardSpan, BoardView } from '@/lib/contract/leaderboard'
import { FIRST_DAY } from '@/lib/db/boards/boards'
import { localDay } from '../local-day'

/** Which month or week a board is about. Weeks are those of ISO 8601: from Monday to Sunday. */
export interface Span extends Pick<BoardView, 'span' | 'timeZone' | 'starts' | 'from' | 'until' | 'isPresent'> {
  /** First day, as boards are stored. */
  firstDay: string
}

/**
 * The span around a day of a zone, and the moments at which it begins and ends there.
 * @param day any day of it; today if not given
 */
export function spanAround(span: BoardSpan, day: string | undefined, timeZone: string, now: number): Span {
  if (span === 'all') {
    return { span, timeZone, firstDay: FIRST_DAY, starts: null, from: null, until: null, isPresent: true }
  }
  const today = Temporal.PlainDate.from(localDay(now, timeZone))
  const starts = firstDayOf(span, day === undefined ? today : Temporal.PlainDate.from(day))
  const ends = starts.add(span === 'month' ? { months: 1 } : { weeks: 1 })
  return {
    span, timeZone,
    firstDay: starts.toString(),
    starts: starts.toString(),
    from: startOf(starts, timeZone),
    until: startOf(ends, timeZone),
    isPresent: starts.equals(firstDayOf(span, today)),
  }
}

/** A moment as a viewer may know it: where more would tell whose pseudonym it is, when its day begins in the zone. */
export function shownMoment(at: Date, daysOnly: boolean, timeZone: string): string {
  return daysOnly ? startOf(Temporal.PlainDate.from(localDay(at.getTime(), timeZone)), timeZone) : at.toISOString()
}

function firstDayOf(span: 'month' | 'week', day: Temporal.PlainDate): Temporal.PlainDate {
  return span === 'month' ? day.with({ day: 1 }) : day.subtract({ days: day.dayOfWeek - 1 })
}

function startOf(day: Temporal.PlainDate, timeZone: string): string {
  return new Date(day.toZonedDateTime(timeZone).epochMilliseconds).toISOString()
}
