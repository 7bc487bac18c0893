import { TimeZone } from '@/lib/contract/class'
import { countActivity } from '@/lib/db/active-days'
import type { Queries } from '@/lib/db/client'
import { setFirstTimeZone } from '@/lib/db/profiles'
import { localDay } from './local-day'

/**
 * Counts a submission to the day that its author's clocks show, in the transaction that stores it. A zone that the
 * account does not know yet is taken from the browser, and kept.
 * @param known zone of the account, or null
 * @param browser what the browser says of its zone, unchecked
 */
export async function recordActivity(
  db: Queries,
  userId: string,
  { known, browser }: { known: string | null; browser: string | undefined },
  at = new Date(),
): Promise<void> {
  const told = known === null ? TimeZone.safeParse(browser).data : undefined
  if (told !== undefined) await setFirstTimeZone(db, userId, told)
  const timeZone = known ?? told ?? 'UTC'
  await countActivity(db, { userId, at, timeZone, day: localDay(at.getTime(), timeZone) })
}
