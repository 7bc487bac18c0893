import type { Queries } from '../client'
import { Prisma } from '../generated/client'
import { lockClass } from '../classes'
import { isOneOf } from '../is-one-of'
import { boardsTold } from '../live'
import { planned } from '../planned'
import { drawAliases } from './aliases'
import { balance, type TouchedBucket } from './buckets'
import { dueEntries, type DueOf } from './due-entries'
import { CLASS_LOCKS, shareClassesOf } from './share-classes'

/*
 * Brings entries and buckets of boards in line with the gains, in the transaction that changes what they rest on.
 *
 * Nothing is lost and nobody waits in a circle, because locks are taken in one order: learners, then classes (as
 * advisory locks: shared for the entries of a learner, alone for all of a class), then the boards that change, by id.
 * Whoever changes a class holds it alone before the first change (holdClassBoards): a verdict that shares it may have to
 * wait for a row that was changed, to add a board that refers to it.
 */

/**
 * Sets count on boards from when they are published and open; `on_boards` says which do, until somebody looks again.
 * What had not opened when its class was archived does not.
 */
const TO_FOLLOW = Prisma.sql`on_boards <> (published_at is not null and opens_at <= least(now(), (
  select archived_at from classes c where c.id = problem_sets.class_id
)))`

/** All boards of some learners, who are locked. */
export async function refreshBoardsOf(db: Queries, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return
  await shareClassesOf(db, userIds)
  await refreshBoardsAfterGains(db, userIds)
}

/** The same for those whose gains have just changed (refreshGains): their classes are shared already. */
export async function refreshBoardsAfterGains(db: Queries, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return
  const isTheirs = isOneOf(userIds)
  const due: DueOf = {
    everyone: Prisma.sql`g.user_id ${isTheirs}`, classes: Prisma.sql`m.user_id ${isTheirs}`,
  }
  await refresh(db, dueEntries(due), entriesOf(userIds))
}

/** Each with its board, which is looked up and not joined: some have stood on few boards, and there are many. */
function entriesOf(userIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`board_entries e cross join lateral (
    select scope, of, span, starts from boards where id = e.board_id offset 0
  ) b where e.user_id ${isOneOf(userIds)}`
}

/**
 * Takes somebody off all boards, before the account goes. The learner is locked as for a verdict, and no further yet: for
 * the boards of a class it may have to wait for somebody who is adding entries of the account.
 */
export async function leaveBoards(db: Queries, userId: string): Promise<void> {
  await shareClassesOf(db, [userId])
  const none = dueEntries({ everyone: null, classes: Prisma.sql`false` })
  await refresh(db, none, entriesOf([userId]))
}

/**
 * Holds a class with its boards until the transaction ends. To be called before anything of the class is changed; of
 * learners only those may be held before it whose verdicts must wait, and that after the class (lockClass).
 */
export async function holdClassBoards(db: Queries, classId: string): Promise<void> {
  await lockClass(db, classId)
  await db.$executeRaw`select pg_advisory_xact_lock(${CLASS_LOCKS}::int, hashtext(${classId}))`
}

/**
 * All boards of a class, its sections and sets, after anything of it has changed: who is in it, its sets and when they
 * are open, exceptions, or what it wants of boards. Verdicts of its students wait until the transaction ends, so this
 * comes last in it.
 */
export async function refreshClassBoards(db: Queries, classId: string): Promise<void> {
  await holdClassBoards(db, classId)
  if (!(await keepsBoards(db, classId))) return
  await drawAliases(db, classId)
  await db.$executeRaw`
    update problem_sets set on_boards = not on_boards where class_id = ${classId}::uuid and ${TO_FOLLOW}`
  const due = dueEntries({ everyone: null, classes: Prisma.sql`c.id = ${classId}::uuid` })
  await refresh(db, due, Prisma.sql`boards b join board_entries e on e.board_id = b.id where b.class_id = ${classId}::uuid`)
}

/** Whether a class has boards, or had them until now. */
async function keepsBoards(db: Queries, classId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from classes c where c.id = ${classId}::uuid
      and (c.board_mode <> 'off' or exists (select from boards b where b.class_id = c.id))`
  return rows.length > 0
}

/** Whether a set of the class has opened that does not count on its boards yet, or the reverse. */
export async function hasSetsToFollow(db: Queries, classId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from problem_sets where class_id = ${classId}::uuid and ${TO_FOLLOW} limit 1`
  return rows.length > 0
}

interface Changes {
  /** Entries that differ, as a JSON array; null when there are none. It goes back as it came, once no board is missing. */
  changes: string | null
  /** Boards that do not exist yet, in the same form. */
  missing: string | null
}

async function refresh(db: Queries, due: Prisma.Sql, present: Prisma.Sql): Promise<void> {
  let found = await findChanges(db, due, present)
  // More than once only if the catalogue changes meanwhile.
  while (found?.missing) {
    await createBoards(db, found.missing)
    found = await findChanges(db, due, present)
  }
  if (found?.changes) await balance(db, await applyChanges(db, found.changes))
}

/**
 * What differs from what is due. Its boards are held from then on, and those who look at them will be told when the
 * transaction commits, unless some boards have to be made first.
 */
async function findChanges(db: Queries, due: Prisma.Sql, present: Prisma.Sql): Promise<Changes | undefined> {
  const [row] = await db.$queryRaw<Changes[]>(planned(Prisma.sql`
    with due as (${due}), present as (
      select b.scope, b.of, b.span, b.starts, e.user_id, e.standing, e.shown
      from ${present}
    ), differing as materialized (
      select scope, of, span, starts, user_id, d.class_id, d.section_id, d.set_id,
        p.standing as was, coalesce(p.shown, false) as was_shown, d.standing as now, coalesce(d.shown, false) as now_shown
      from due d full join present p using (scope, of, span, starts, user_id)
      where (p.standing, p.shown) is distinct from (d.standing, d.shown)
    ), placed as materialized (
      select d.*, board.id as board_id from differing d left join lateral (
        select id from boards b
        where b.scope = d.scope and b.of = d.of and b.span = d.span and b.starts = d.starts limit 1
      ) board on true
    ), missing as materialized (
      select distinct scope, of, span, starts, class_id, section_id, set_id from placed where board_id is null
    ), held as materialized (
      select id from boards
      where id = any(array(select distinct board_id from placed)) and not exists (select from missing)
      order by id for update
    )
    select
      (select json_agg(json_build_object('board_id', board_id, 'user_id', user_id, 'was', was, 'was_shown', was_shown,
        'now', now, 'now_shown', now_shown))::text from placed) as changes,
      (select json_agg(missing)::text from missing) as missing,
      (select count(*)::int from (${boardsTold(Prisma.sql`held`)}) told) as told`))
  return row
}

/** Makes boards, each with the bucket that begins below every standing. Two that make the same one make it once. */
async function createBoards(db: Queries, missing: string): Promise<void> {
  await db.$executeRaw`
    with made as (
      insert into boards (scope, of, span, starts, class_id, section_id, set_id)
      select m.scope::board_scope, m.of, m.span::board_span, m.starts, m.class_id, m.section_id, m.set_id
      from json_to_recordset(${missing}::json)
        as m (scope text, of text, span text, starts date, class_id uuid, section_id uuid, set_id uuid)
      order by 1, 2, 3, 4
      on conflict do nothing returning id
    )
    insert into board_buckets (board_id, low, entries) select id, 0, 0 from made`
}

/** Writes the entries, and counts them over in the buckets. @returns the buckets whose counts changed */
function applyChanges(db: Queries, changes: string): Promise<TouchedBucket[]> {
  return db.$queryRaw<TouchedBucket[]>(planned(Prisma.sql`
    with changes as materialized (
      select * from json_to_recordset(${changes}::json)
        as c (board_id int, user_id uuid, was bigint, was_shown boolean, now bigint, now_shown boolean)
    ), gone as (
      delete from board_entries e using changes c
      where e.board_id = c.board_id and e.user_id = c.user_id and c.now is null
    ), kept as (
      insert into board_entries (board_id, user_id, standing, shown)
      select board_id, user_id, now, now_shown from changes where now is not null
      on conflict (board_id, user_id) do update set standing = excluded.standing, shown = excluded.shown
    ), moves as (
      select board_id, was as standing, -1 as entries from changes where was_shown
      union all select board_id, now, 1 from changes where now_shown
    ), sums as (
      select m.board_id, bucket.low, sum(m.entries)::int as entries
      from moves m cross join lateral (
        select low from board_buckets b where b.board_id = m.board_id and b.low <= m.standing order by low desc limit 1
      ) bucket
      group by m.board_id, bucket.low having sum(m.entries) <> 0
    ), counted as (
      update board_buckets b set entries = b.entries + sums.entries from sums
      where b.board_id = sums.board_id and b.low = sums.low
      returning b.board_id, b.low, b.entries
    )
    select board_id as "boardId", low, entries, (
      select b.entries from board_buckets b where b.board_id = counted.board_id and b.low < counted.low
      order by b.low desc limit 1
    ) as before
    from counted`))
}
