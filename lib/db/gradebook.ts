import { attemptNumber, EARLIER } from './attempt-numbers'
import type { Queries } from './client'
import { countedVerdicts } from './counted-verdicts'
import { Prisma } from './generated/client'

/** An exercise within a set: its submissions count from the opening on. */
export interface OpenedItem {
  id: string
  exercise: string
  /** Milliseconds since 1970, like all instants here. */
  opensAt: number
}

export interface ImprovingAttempt {
  submissionId: string
  at: number
  score: number
  maxScore: number
  /** Which attempt since the opening it is, from 1; see attemptNumber. */
  number: number
}

/** By item. */
export type AttemptsOfStudent = Map<string, ImprovingAttempt[]>

/**
 * For each student and item the graded submissions that score a greater share than all before them since the opening,
 * in their order. Marks rest on nothing else (lib/marks), and of many submissions only some are such.
 *
 * What a student has comes as one text, which crosses the wire several times faster than rows or lists; students and
 * items are numbers while the attempts are sorted, which is most of the work.
 */
export async function listImprovingAttempts(
  db: Queries, userIds: readonly string[], items: readonly OpenedItem[],
): Promise<Map<string, AttemptsOfStudent>> {
  if (userIds.length === 0 || items.length === 0) return new Map()
  const exercises = items.map(({ exercise }) => exercise)
  const wanted = Prisma.sql`s.user_id = any(${userIds}::uuid[]) and s.exercise = any(${exercises}::text[])`
  const cell = Prisma.sql`partition by cell`
  const rows = await db.$queryRaw<{ userId: string; attempts: string }[]>`
    with graded as (
      ${countedVerdicts(wanted)}
    ), in_cells as (
      select g.*, i.place, u.place * ${items.length + 1}::bigint + i.place as cell
      from graded g
      join unnest(
        ${exercises}::text[],
        ${items.map(({ opensAt }) => new Date(opensAt))}::timestamptz[]
      ) with ordinality as i (exercise, opens_at, place) on g.exercise = i.exercise and g.submitted_at >= i.opens_at
      join unnest(${userIds}::uuid[]) with ordinality as u (id, place) on u.id = g.user_id
    ), numbered as (
      select *, ${attemptNumber(cell)} as number, max(share) over (${cell} ${EARLIER}) as best from in_cells
    )
    select user_id::text as "userId", string_agg(concat_ws(' ', place, number, id,
      (date_part('epoch', submitted_at) * 1000)::bigint, score, max_score), ',') as attempts
    from numbered where best is null or share > best group by user_id`
  return new Map(rows.map(({ userId, attempts }) => [userId, unpack(attempts, items)]))
}

function unpack(packed: string, items: readonly OpenedItem[]): AttemptsOfStudent {
  const attempts: AttemptsOfStudent = new Map()
  for (const each of packed.split(',')) {
    const [place, number, submissionId = '', at, score, maxScore] = each.split(' ')
    const { id } = items[Number(place) - 1]!
    const attempt = {
      submissionId, at: Number(at), score: Number(score), maxScore: Number(maxScore), number: Number(number),
    }
    const there = attempts.get(id)
    if (there) there.push(attempt)
    else attempts.set(id, [attempt])
  }
  for (const list of attempts.values()) list.sort((a, b) => a.at - b.at || (a.submissionId < b.submissionId ? -1 : 1))
  return attempts
}

export interface WaitingSubmission {
  userId: string
  exercise: string
  submittedAt: Date
}

/** Submissions that have no verdict yet, the last one of each student and exercise. */
export function listWaiting(
  db: Queries, userIds: readonly string[], exercises: readonly string[],
): Promise<WaitingSubmission[]> {
  return db.$queryRaw<WaitingSubmission[]>`
    select user_id::text as "userId", exercise, max(submitted_at) as "submittedAt" from submissions
    where user_id = any(${userIds}::uuid[]) and state in ('queued', 'grading') and exercise = any(${exercises}::text[])
    group by user_id, exercise`
}

export interface StandingOverride {
  userId: string
  itemId: string
  /** Hundredths of a point. */
  mark: number
}

/**
 * The marks given by hand that stand: of each cell the latest change, unless it took the one before back; with
 * `userIds`, only those of them.
 */
export function listStandingOverrides(
  db: Queries, classId: string, userIds?: readonly string[],
): Promise<StandingOverride[]> {
  const among = userIds ? Prisma.sql`and o.user_id = any(${[...userIds]}::uuid[])` : Prisma.empty
  return db.$queryRaw<StandingOverride[]>`
    select "userId", "itemId", mark from (
      select distinct on (o.item_id, o.user_id) o.user_id::text as "userId", o.item_id::text as "itemId", o.mark
      from problem_sets p join problem_set_items i on i.set_id = p.id join mark_overrides o on o.item_id = i.id
      where p.class_id = ${classId}::uuid ${among} order by o.item_id, o.user_id, o.id desc
    ) latest where mark is not null`
}
