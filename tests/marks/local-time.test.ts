import { describe, expect, it } from 'vitest'
import { addCalendarDays, instantOf, localOf } from '@/lib/marks/local-time'

const at = (text: string) => Date.parse(text)

describe('a local time', () => {
  it('is an instant in its zone, and comes back from it', () => {
    expect(instantOf('2026-07-01T23:59', 'Europe/Berlin')).toBe(at('2026-07-01T21:59:00Z'))
    expect(localOf(at('2026-07-01T21:59:59.999Z'), 'Europe/Berlin')).toBe('2026-07-01T23:59')
    expect(instantOf('2028-02-29T00:00', 'Asia/Shanghai')).toBe(at('2028-02-28T16:00:00Z'))
  })

  it('that a clock change leaves out is as much later as the clocks went forward', () => {
    expect(instantOf('2026-03-29T02:30', 'Europe/Berlin')).toBe(instantOf('2026-03-29T03:30', 'Europe/Berlin'))
    expect(instantOf('2026-03-08T02:30', 'America/New_York')).toBe(at('2026-03-08T07:30:00Z'))
    expect(localOf(instantOf('2026-10-04T02:15', 'Australia/Lord_Howe'), 'Australia/Lord_Howe')).toBe('2026-10-04T02:45')
  })

  it('that comes twice is meant the first time', () => {
    expect(instantOf('2026-10-25T02:30', 'Europe/Berlin')).toBe(at('2026-10-25T00:30:00Z'))
    expect(instantOf('2026-11-01T01:30', 'America/New_York')).toBe(at('2026-11-01T05:30:00Z'))
    expect(instantOf('2026-04-05T01:45', 'Australia/Lord_Howe')).toBe(at('2026-04-04T14:45:00Z'))
  })

  it('is refused when it is none, or the zone does not exist', () => {
    for (const text of ['', 'tomorrow', '2026-02-29T12:00', '2026-13-01T00:00']) {
      expect(() => instantOf(text, 'UTC')).toThrow(RangeError)
    }
    expect(() => instantOf('2026-01-01T00:00', 'Europe/Nowhere')).toThrow(RangeError)
  })
})

describe('calendar days later', () => {
  it('clocks show the same, also across a change and a leap day', () => {
    const due = instantOf('2026-03-28T23:59', 'Europe/Berlin')
    expect(addCalendarDays(due, 1, 'Europe/Berlin') - due).toBe(23 * 3_600_000)
    expect(localOf(addCalendarDays(instantOf('2028-02-28T12:00', 'UTC'), 1, 'UTC'), 'UTC')).toBe('2028-02-29T12:00')
    expect(localOf(addCalendarDays(due, -1, 'Europe/Berlin'), 'Europe/Berlin')).toBe('2026-03-27T23:59')
  })

  it('keep seconds and milliseconds', () => {
    expect(addCalendarDays(at('2026-05-01T12:34:56.789Z'), 2, 'Asia/Shanghai')).toBe(at('2026-05-03T12:34:56.789Z'))
  })
})
