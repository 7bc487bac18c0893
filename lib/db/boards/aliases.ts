import type { Queries } from '../client'
import { Prisma } from '../generated/client'

/** Numbers to draw from, as long as a class has less than half as many people. */
const LEAST_NUMBERS = 1024

/**
 * Draws a number for everybody in a class who has none: what they are called on its boards where names are not shown.
 * It is random, so that neither the roster nor the order of joining tells whose it is, and it stays until it is drawn
 * anew. The class is locked (lockClass).
 */
export async function drawAliases(db: Queries, classId: string): Promise<void> {
  await draw(db, classId, Prisma.sql`alias is null`)
}

/**
 * Draws other numbers, which nobody of the class has, for everybody in it or for one person. Rows are linked by number
 * also where they show names: whoever goes from one to the other must not be known by an old link. The class is locked.
 */
export async function redrawAliases(db: Queries, classId: string, userId: string | null = null): Promise<void> {
  await draw(db, classId, Prisma.sql`alias is not null and ${userId === null ? Prisma.sql`true` : Prisma.sql`user_id = ${userId}::uuid`}`)
}

/** @param who condition on `class_members` */
async function draw(db: Queries, classId: string, who: Prisma.Sql): Promise<void> {
  await db.$executeRaw`
    with drawing as (
      select user_id, row_number() over (order by random()) as place from class_members
      where class_id = ${classId}::uuid and ${who}
    ), free as (
      select n, row_number() over (order by random()) as place
      from generate_series(0, greatest(${LEAST_NUMBERS}, 2 * (
        select count(*) from class_members where class_id = ${classId}::uuid
      )) - 1) n
      where exists (select from drawing)
        and not exists (select from class_members m where m.class_id = ${classId}::uuid and m.alias = n)
    )
    update class_members m set alias = free.n from drawing join free using (place)
    where m.class_id = ${classId}::uuid and m.user_id = drawing.user_id`
}
