import type { Database } from '@/lib/db/client'

/** Resolves once a query of this database waits for what another transaction holds. */
export async function untilSomebodyWaits(db: Database): Promise<void> {
  for (;;) {
    const waiting = await db.$queryRaw<unknown[]>`
      select 1 as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    if (waiting.length > 0) return
  }
}
