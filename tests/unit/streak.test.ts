import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { streaksOf, type StreakDay } from '@/lib/learn/streak'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const QUARTER = HOUR / 4

interface Submission { at: number; zone: string }

const clocks = new Map<string, Intl.DateTimeFormat>()

/** The date on a wall, read with Intl alone. */
function dateAt(at: number, zone: string): string {
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
  clocks.set(zone, clock)
  return clock.format(at)
}

/** What the database keeps of these submissions, which come in order. */
function daysOf(submissions: readonly Submission[]): StreakDay[] {
  const days = new Map<string, StreakDay>()
  for (const { at, zone } of submissions) {
    const day = dateAt(at, zone)
    const known = days.get(day) ?? { day, firstAt: at, firstZone: zone, lastAt: at, lastZone: zone }
    days.set(day, { ...known, lastAt: at, lastZone: zone })
  }
  return [...days.values()].toSorted((a, b) => a.day.localeCompare(b.day))
}

const at = (text: string) => Date.parse(text)
const streaks = (submissions: Submission[], now: string, zone: string) => streaksOf(daysOf(submissions), at(now), zone)
const inZone = (zone: string, ...moments: string[]) => moments.map((moment) => ({ at: at(moment), zone }))

describe('a streak', () => {
  it('counts days, not submissions, and is alive while the next day has not ended', () => {
    const days = inZone('UTC', '2026-03-01T08:00Z', '2026-03-01T20:00Z', '2026-03-02T23:59Z')
    expect(streaks(days, '2026-03-02T23:59Z', 'UTC')).toMatchObject({ current: 2, best: 2, activeToday: true })
    expect(streaks(days, '2026-03-03T23:59Z', 'UTC')).toMatchObject({ current: 2, activeToday: false })
    expect(streaks(days, '2026-03-04T00:00Z', 'UTC')).toMatchObject({ current: 0, best: 2 })
  })

  it('begins anew after a missed day, and remembers the best one with its dates', () => {
    const days = inZone('UTC', '2026-03-01T08:00Z', '2026-03-02T08:00Z', '2026-03-04T08:00Z')
    expect(streaks(days, '2026-03-04T09:00Z', 'UTC')).toEqual({
      current: 1, best: 2, bestFrom: '2026-03-01', bestTo: '2026-03-02', activeToday: true,
    })
  })

  it('is nothing without a day', () => {
    expect(streaks([], '2026-03-04T09:00Z', 'UTC')).toEqual({ current: 0, best: 0, bestFrom: null, bestTo: null, activeToday: false })
  })

  it('is not ended by a date that a flight west over the date line leaves out', () => {
    // Monday evening in Honolulu; the next thing that she sees is Wednesday morning in Auckland.
    const flight = [
      ...inZone('Pacific/Honolulu', '2026-03-03T08:00Z'), ...inZone('Pacific/Auckland', '2026-03-03T20:00Z'),
    ]
    expect(daysOf(flight).map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-04'])
    expect(streaks(flight, '2026-03-03T21:00Z', 'Pacific/Auckland')).toMatchObject({ current: 2 })
  })

  it.each([
    // Monday morning in Honolulu is Tuesday in Auckland; late on Wednesday there it is Wednesday in Honolulu, too.
    ['reached', '2026-03-02T18:00Z', '2026-03-04T10:30Z'],
    // Monday night in Honolulu is Monday in Auckland; early on Wednesday there it is still Tuesday in Honolulu.
    ['left', '2026-03-02T10:30Z', '2026-03-03T18:00Z'],
  ])('is not ended by a date that travel cut short, if no day was missed by the clocks of the zone that was %s', (_, from, to) => {
    const flight = [...inZone('Pacific/Honolulu', from), ...inZone('Pacific/Auckland', to)]
    expect(daysOf(flight).map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-04'])
    expect(streaks(flight, to, 'Pacific/Auckland')).toMatchObject({ current: 2 })
  })

  it('counts a date once that a flight east over the date line brings twice', () => {
    const flight = [
      ...inZone('Pacific/Auckland', '2026-03-01T20:00Z', '2026-03-02T20:00Z'),
      ...inZone('Pacific/Honolulu', '2026-03-03T08:00Z', '2026-03-03T20:00Z'),
    ]
    expect(daysOf(flight).map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-03'])
    expect(streaks(flight, '2026-03-03T21:00Z', 'Pacific/Honolulu')).toMatchObject({ current: 2, activeToday: true })
  })

  it('is not ended by a zone that drops a date from its calendar, and ends like all others there', () => {
    // Samoa had no 30 December 2011.
    const days = inZone('Pacific/Apia', '2011-12-30T05:00Z', '2011-12-30T15:00Z')
    expect(daysOf(days).map(({ day }) => day)).toEqual(['2011-12-29', '2011-12-31'])
    expect(streaks(days, '2011-12-30T16:00Z', 'Pacific/Apia')).toMatchObject({ current: 2 })
    const late = inZone('Pacific/Apia', '2011-12-30T05:00Z', '2012-01-01T15:00Z')
    expect(streaks(late, '2012-01-01T16:00Z', 'Pacific/Apia')).toMatchObject({ current: 1, best: 1 })
  })

  it('is ended by a move that left out a whole day by both clocks', () => {
    const days = [...inZone('America/New_York', '2026-03-02T15:00Z'), ...inZone('Asia/Tokyo', '2026-03-05T03:00Z')]
    expect(streaks(days, '2026-03-05T04:00Z', 'Asia/Tokyo')).toMatchObject({ current: 1 })
  })
})

const ZONES = [
  'Pacific/Kiritimati', 'Pacific/Auckland', 'Pacific/Chatham', 'Pacific/Apia', 'Australia/Lord_Howe', 'Asia/Tokyo',
  'Asia/Kolkata', 'Europe/Berlin', 'UTC', 'America/St_Johns', 'America/New_York', 'Pacific/Honolulu', 'Pacific/Pago_Pago',
  'Etc/GMT+12',
]

/** Days of 23 and 25 hours, and days far from any clock change. */
const STARTS = ['2026-03-27T00:00Z', '2026-04-03T00:00Z', '2026-09-25T00:00Z', '2026-10-23T00:00Z', '2026-07-01T00:00Z']

const journey = fc.record({
  start: fc.tuple(fc.constantFrom(...STARTS), fc.integer({ min: 0, max: 95 }))
    .map(([start, quarters]) => at(start) + quarters * QUARTER),
  stays: fc.array(fc.record({ zone: fc.constantFrom(...ZONES), quarters: fc.integer({ min: 1, max: 400 }) }), {
    minLength: 1, maxLength: 5,
  }),
  luck: fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
})

/** The stretches of a journey in which clocks show one date: in each the traveller is in one place. */
function stretches({ start, stays }: { start: number; stays: { zone: string; quarters: number }[] }): Submission[][] {
  const moments = stays.flatMap(({ zone, quarters }) => Array.from({ length: quarters }, () => zone))
    .map((zone, index) => ({ at: start + index * QUARTER, zone }))
  return moments.reduce<Submission[][]>((found, moment) => {
    const last = found.at(-1)
    const before = last?.at(-1)
    const isSame = before?.zone === moment.zone && dateAt(before.at, before.zone) === dateAt(moment.at, moment.zone)
    if (last && isSame) last.push(moment)
    else found.push([moment])
    return found
  }, [])
}

describe('travellers', () => {
  it('who submit something on every date that their clocks show lose no streak, wherever they go', () => {
    fc.assert(fc.property(journey, ({ luck, ...road }) => {
      const submissions = stretches(road).flatMap((stretch) => {
        const moment = stretch[Math.floor((luck.next().value ?? 0) * stretch.length)]
        return moment ? [{ at: moment.at + Math.floor((luck.next().value ?? 0) * QUARTER), zone: moment.zone }] : []
      })
      const last = submissions.at(-1)
      if (!last) return
      const dates = new Set(submissions.map((each) => dateAt(each.at, each.zone)))
      expect(streaksOf(daysOf(submissions), last.at, last.zone)).toMatchObject({ best: dates.size, current: dates.size })
    }), { numRuns: 400 })
  })

  it('who never leave a zone have the streaks that a calendar on the wall has', () => {
    const home = fc.record({
      zone: fc.constantFrom(...ZONES), start: fc.constantFrom(...STARTS).map(at),
      gaps: fc.array(fc.integer({ min: 1, max: 60 * HOUR }), { maxLength: 30 }), rest: fc.integer({ min: 0, max: 4 * DAY }),
    })
    fc.assert(fc.property(home, ({ zone, start, gaps, rest }) => {
      let time = start
      const submissions = [{ at: start, zone }, ...gaps.map((gap) => ({ at: (time += gap), zone }))]
      const now = time + rest
      const active = new Set(submissions.map((each) => dateAt(each.at, zone)))
      // Every date of the wall, one after the other: half an hour is no longer than any date.
      const dates = new Set<string>()
      for (let moment = start; moment <= now; moment += QUARTER * 2) dates.add(dateAt(moment, zone))
      dates.add(dateAt(now, zone))
      let run = 0
      let best = 0
      let before = 0
      for (const date of dates) {
        before = run
        run = active.has(date) ? run + 1 : 0
        best = Math.max(best, run)
      }
      const today = dateAt(now, zone)
      const current = active.has(today) ? run : before
      expect(streaksOf(daysOf(submissions), now, zone)).toMatchObject({ current, best, activeToday: active.has(today) })
    }), { numRuns: 300 })
  })
})
