import type { Queries } from '../client'
import { Prisma, type Board, type BoardScope, type BoardSpan } from '../generated/client'
import { boardsTold } from '../live'

export type { BoardScope, BoardSpan }

/** Names one board; see the schema. */
export type BoardKey = Pick<Board, 'scope' | 'of' | 'span'> & {
  /** First day of the span, `2026-11-16`. */
  starts: string
}

/** First day of the span that has no end. */
export const FIRST_DAY = '1970-01-01'

/** Zone whose days everybody's boards count: the same for all who compare them. */
export const PUBLIC_ZONE = 'UTC'

/** The id of a board; null as long as nobody has anything on it. */
export async function findBoard(db: Queries, { scope, of, span, starts }: BoardKey): Promise<number | null> {
  const [row] = await db.$queryRaw<{ id: number }[]>`
    select id from boards
    where scope = ${scope}::board_scope and of = ${of} and span = ${span}::board_span and starts = ${starts}::date`
  return row?.id ?? null
}

/** First days of the nearest spans of a scope before and after one, in which somebody has points; null for none. */
export async function findNeighbours(
  db: Queries, { scope, of, span, starts }: BoardKey,
): Promise<{ earlier: string | null; later: string | null }> {
  const [row] = await db.$queryRaw<{ earlier: string | null; later: string | null }[]>`
    select max(starts) filter (where starts < ${starts}::date)::text as earlier,
      min(starts) filter (where starts > ${starts}::date)::text as later
    from boards b
    where scope = ${scope}::board_scope and of = ${of} and span = ${span}::board_span
      and exists (select from board_entries e where e.board_id = b.id)`
  return row ?? { earlier: null, later: null }
}

/** Tells those who look at everybody's boards with this person that somebody there is called something else now. */
export async function notifyBoardsWith(db: Queries, userId: string): Promise<void> {
  await db.$executeRaw(boardsTold(Prisma.sql`(
    select b.id from board_entries e join boards b on b.id = e.board_id
    where e.user_id = ${userId}::uuid and e.shown and b.class_id is null
  ) theirs`))
}

/** Tells those who look at boards of the class that they look different, although nobody's place has changed. */
export async function notifyClassBoards(db: Queries, classId: string): Promise<void> {
  await db.$executeRaw(boardsTold(Prisma.sql`(select id from boards where class_id = ${classId}::uuid) own`))
}
