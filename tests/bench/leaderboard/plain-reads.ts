import type { Client } from 'pg'
import { BOARD_PAGE } from '@/lib/contract/leaderboard'

/** Reading a board by `rank() over`, from the entries: what one would write without buckets. */
export function plainReads(client: Client, boardId: number) {
  const page = async (position: number) => (await client.query<{ userId: string; rank: number }>(`
    select user_id as "userId", rank() over (order by standing)::int as rank from board_entries
    where board_id = $1 and shown order by standing, user_id offset $2 limit $3`, [boardId, position - 1, BOARD_PAGE])).rows

  const rank = async (userId: string) => (await client.query<{ rank: number }>(`
    select rank from (
      select user_id, rank() over (order by standing)::int as rank from board_entries where board_id = $1 and shown
    ) ranked where user_id = $2`, [boardId, userId])).rows[0]!.rank

  const distribution = () => client.query(`
    select width_bucket(1048575 - (standing >> 42), 0, 10000, 16) as bin, count(*)::int from board_entries
    where board_id = $1 and shown group by 1`, [boardId])

  /** Without boards at all. */
  const fromScores = () => client.query(`
    with totals as (
      select user_id, sum(points) as points, max(at) as at from score_gains group by user_id
    )
    select user_id, rank() over (order by points desc, at)::int as rank from totals join users on id = user_id and on_boards
    order by points desc, at limit $1`, [BOARD_PAGE])

  return { page, rank, distribution, fromScores }
}
