/** The cookie in which the browser tells its time zone, so that moments are right in the first picture already. */
export const TIME_ZONE_COOKIE = 'time-zone'

/** The zone that a cookie names, or UTC when it names none. */
export function parseTimeZone(value: string | undefined): string {
  if (value === undefined || value.length > 64) return 'UTC'
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}
