import type { Queries } from '../client'

/*
 * The shown entries of a board are counted in buckets, each for a range of standings, so that a rank is a sum over a few
 * thousand small rows and a count within one range, however many people there are: a counted B+ tree of two levels.
 * Whoever changes a bucket holds the row of its board.
 */

/** When buckets are split and joined. Counts stay right whatever is in here. */
export const BUCKETS = {
  /** A bucket with more entries is split. */
  most: 1024,
  /** Entries of each part. */
  part: 512,
  /** A bucket with less joins the one before it, if they make no more than a part. */
  least: 128,
}

/** A bucket after a change. */
export interface TouchedBucket {
  boardId: number
  low: bigint
  entries: number
  /** Entries of the bucket before it; null for the first. */
  before: number | null
}

/** Splits and joins buckets that have become too large or too small. */
export async function balance(db: Queries, touched: readonly TouchedBucket[]): Promise<void> {
  for (const bucket of touched) {
    if (bucket.entries > BUCKETS.most) await split(db, bucket)
    else if (bucket.entries < BUCKETS.least && bucket.before !== null && bucket.before + bucket.entries <= BUCKETS.part) {
      await joinToPrevious(db, bucket)
    }
  }
}

/** Cuts a bucket after every so many entries. Entries of one standing stay in one bucket, however many they are. */
async function split(db: Queries, { boardId, low }: TouchedBucket): Promise<void> {
  await db.$executeRaw`
    with range as (
      select ${low}::bigint as low, coalesce(
        (select min(low) from board_buckets where board_id = ${boardId} and low > ${low}), 9223372036854775807
      ) as high
    ), inside as (
      select standing, row_number() over (order by standing) - 1 as place from board_entries, range
      where board_id = ${boardId} and shown and standing >= range.low and standing < range.high
    ), lows as (
      select low from range union select standing from inside where place % ${BUCKETS.part} = 0 and place > 0
    ), counted as (
      select lows.low, (select count(*) from inside where standing >= lows.low
        and standing < coalesce((select min(next.low) from lows next where next.low > lows.low), range.high)) as entries
      from lows, range
    )
    insert into board_buckets (board_id, low, entries) select ${boardId}, low, entries from counted
    on conflict (board_id, low) do update set entries = excluded.entries`
}

/** Adds what the rows say by now: of several buckets that join in a row, each was told as it had been before. */
async function joinToPrevious(db: Queries, { boardId, low }: TouchedBucket): Promise<void> {
  await db.$executeRaw`
    with this as (
      delete from board_buckets where board_id = ${boardId} and low = ${low} returning entries
    ), previous as (
      select max(low) as low from board_buckets where board_id = ${boardId} and low < ${low}
    )
    update board_buckets b set entries = b.entries + this.entries from this, previous
    where b.board_id = ${boardId} and b.low = previous.low`
}
