import type { Queries } from '../client'

/** Numbers to draw from, as long as a class has less than half as many people. */
const LEAST_NUMBERS = 1024

/**
 * Draws a number for everybody in a class who has none: what they are called on its boards where names are not shown.
 * It is random, so that neither the roster nor the order of joining tells whose it is, and it stays. The boards of the
 * class are locked.
 */
export async function drawAliases(db: Queries, classId: string): Promise<void> {
  await db.$executeRaw`
    with without as (
      select user_id, row_number() over (order by random()) as place from class_members
      where class_id = ${classId}::uuid and alias is null
    ), free as (
      select n, row_number() over (order by random()) as place
      from generate_series(0, greatest(${LEAST_NUMBERS}, 2 * (
        select count(*) from class_members where class_id = ${classId}::uuid
      )) - 1) n
      where exists (select from without)
        and not exists (select from class_members m where m.class_id = ${classId}::uuid and m.alias = n)
    )
    update class_members m set alias = free.n from without join free using (place)
    where m.class_id = ${classId}::uuid and m.user_id = without.user_id`
}
