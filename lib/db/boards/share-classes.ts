import type { Queries } from '../client'
import { Prisma } from '../generated/client'
import { planned } from '../planned'

/** Namespace of the advisory locks on the boards of classes. */
export const CLASS_LOCKS = 0x626f6172

/**
 * SQL of two columns that prepare a transaction for refreshing the boards of learners, whose ids are the SQL of an array.
 *
 * Their classes are shared until the transaction ends: nobody changes a class meanwhile. And what follows keeps its plans
 * from the first time on, and looks rows up by indexes: Postgres would weigh each time whether a plan for these very
 * learners is better, which takes longer than to find the changes, and reads whole tables for what it takes for a
 * hundred changes.
 */
export function sharedClassesOf(userIds: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    select count(*)::int from (
      select pg_advisory_xact_lock_shared(${CLASS_LOCKS}::int, lock) from (
        select distinct hashtext(class_id::text) as lock from class_members where user_id = any(${userIds}) order by lock
      ) locks
    ) held
  ) as shared,
  set_config('plan_cache_mode', 'force_generic_plan', true) || set_config('enable_seqscan', 'off', true) as prepared`
}

/** The same as a statement of its own. */
export async function shareClassesOf(db: Queries, userIds: readonly string[]): Promise<void> {
  await db.$queryRaw(planned(Prisma.sql`select ${sharedClassesOf(Prisma.sql`${userIds}::uuid[]`)}`))
}
