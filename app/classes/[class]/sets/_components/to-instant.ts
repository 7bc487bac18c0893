import { instantOf, localOf } from '@/lib/marks/local-time'

/**
 * What a field for a date and a time says, as an ISO string; '' for what is no time.
 * @param known moments that keep their seconds where the field still shows them to the minute
 */
export function toInstant(local: string, zone: string, known: readonly string[]): string {
  const same = known.find((at) => localOf(Date.parse(at), zone) === local)
  if (same) return same
  try {
    return new Date(instantOf(local, zone)).toISOString()
  } catch {
    return ''
  }
}
