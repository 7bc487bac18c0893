import type { Verdict } from '@/lib/contract/verdict'
import type { Queries } from './client'
import { Prisma } from './generated/client'
import { addRegradeJob, regradeJobKey } from './queue'

const COLUMNS = {
  id: true,
  exercise: true,
  versionHash: true,
  startedAt: true,
  stopped: true,
  appliedAt: true,
  lowered: true,
  classId: true,
  starter: { select: { name: true } },
} satisfies Prisma.RegradeSelect

export type RegradeRow = Prisma.RegradeGetPayload<{ select: typeof COLUMNS }>

/** Who started which regrade of what; `classId` limits it to the work of a class. */
type NewRegrade = { exercise: string; versionHash: string; startedBy: string; classId: string | null }

/**
 * Plans to grade again the submissions of an exercise whose verdict is of another version, or of none: all of them, or
 * those that the students of a class sent since a published set of it with this exercise opened.
 * @returns the id of the regrade and how many submissions it has
 */
export async function createRegrade(
  db: Queries, regrade: NewRegrade,
): Promise<{ id: string; total: number }> {
  const { exercise, versionHash, classId } = regrade
  const { id } = await db.regrade.create({ data: regrade, select: { id: true } })
  const due = Prisma.sql`s.version_hash in (select hash from exercise_versions where exercise = ${exercise})
    and exists (
      select from verdicts v where v.submission_id = s.id and (s.version_hash <> ${versionHash} or v.verdict = 'error')
    ) and ${sentFor(classId)}`
  // An account that is being deleted takes its submissions one by one: whoever waits for one of them must hold no other.
  await db.$queryRaw`
    select 1 as held from users where id in (select s.user_id from submissions s where ${due}) order by id for key share`
  const total = await db.$executeRaw`
    insert into regrade_results (regrade_id, submission_id)
    select ${id}::uuid, s.id from submissions s where ${due}`
  return { id, total }
}

/** SQL: whether the submission `s` is work for a published set of the class; of any class and of none for null. */
function sentFor(classId: string | null): Prisma.Sql {
  if (!classId) return Prisma.sql`true`
  return Prisma.sql`exists (
    select from problem_sets p join problem_set_items i on i.set_id = p.id
    join class_members m on m.class_id = p.class_id and m.role = 'student' and m.removed_at is null
    where p.class_id = ${classId}::uuid and p.published_at is not null and i.exercise = s.exercise
      and m.user_id = s.user_id and s.submitted_at >= p.opens_at
  )`
}

/** How many submissions of a class regrades against these versions would have, for exercises that have any. */
export async function countRegradable(
  db: Queries, classId: string, versions: readonly { exercise: string; versionHash: string }[],
): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ exercise: string; count: number }[]>`
    select s.exercise, count(*)::int as count
    from unnest(
      ${versions.map(({ exercise }) => exercise)}::text[], ${versions.map(({ versionHash }) => versionHash)}::text[]
    ) as present (exercise, hash)
    join submissions s on s.exercise = present.exercise join verdicts v on v.submission_id = s.id
    where (s.version_hash <> present.hash or v.verdict = 'error') and ${sentFor(classId)}
    group by s.exercise`
  return new Map(rows.map(({ exercise, count }) => [exercise, count]))
}

/** The latest of all, or of one class. */
export function listRegrades(db: Queries, limit: number, classId: string | null): Promise<RegradeRow[]> {
  const where = classId ? { classId } : {}
  return db.regrade.findMany({ where, orderBy: { id: 'desc' }, take: limit, select: COLUMNS })
}

export function findRegrade(db: Queries, id: string): Promise<RegradeRow | null> {
  return db.regrade.findUnique({ where: { id }, select: COLUMNS })
}

/** Locks a regrade until the transaction ends, so that it is stopped, resumed and applied by one person at a time. */
export async function lockRegrade(db: Queries, id: string): Promise<RegradeRow | null> {
  await db.$queryRaw`select 1 as locked from regrades where id = ${id}::uuid for update`
  return findRegrade(db, id)
}

/**
 * Locks everybody whose work a regrade grades until the transaction ends, as lockTurns does with one: their new verdicts
 * wait meanwhile.
 * @returns their ids
 */
export async function lockLearners(db: Queries, id: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select u.id::text from users u
    where u.id in (
      select s.user_id from regrade_results r join submissions s on s.id = r.submission_id
      where r.regrade_id = ${id}::uuid
    )
    order by u.id for no key update`
  return rows.map((row) => row.id)
}

export async function setStopped(db: Queries, id: string, stopped: boolean): Promise<void> {
  await db.regrade.update({ where: { id }, data: { stopped } })
}

export async function setApplied(db: Queries, id: string, lowered: boolean): Promise<void> {
  // Scores that were lowered once stay lowered when it is applied again without.
  await db.regrade.update({ where: { id }, data: { appliedAt: new Date(), ...(lowered ? { lowered } : {}) } })
}

export interface RegradeCounts {
  total: number
  graded: number
  failed: number
}

export async function countResults(db: Queries, ids: string[]): Promise<Map<string, RegradeCounts>> {
  const rows = await db.$queryRaw<(RegradeCounts & { id: string })[]>`
    select regrade_id::text as id, count(*)::int as total, count(verdict)::int as graded,
      (count(*) filter (where verdict = 'error'))::int as failed
    from regrade_results where regrade_id = any(${ids}::uuid[]) group by regrade_id`
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}

/** Regrades that go on: neither stopped nor graded to their end. */
export async function listRunningRegrades(
  db: Queries,
): Promise<{ id: string; exercise: string; classId: string | null }[]> {
  return db.$queryRaw<{ id: string; exercise: string; classId: string | null }[]>`
    select id::text, exercise, class_id::text as "classId" from regrades g where not stopped
      and exists (select from regrade_results where regrade_id = g.id and verdict is null)`
}

/** Queues the next submissions of a regrade, until `most` of them have a job. */
export async function queueResults(db: Queries, id: string, most: number): Promise<void> {
  const rows = await db.$queryRaw<{ submissionId: string; queued: boolean }[]>`
    select submission_id::text as "submissionId",
      exists (select from graphile_worker.jobs j where j.key = regrade_id || ':' || submission_id) as queued
    from regrade_results where regrade_id = ${id}::uuid and verdict is null
    order by submission_id limit ${most}::int`
  for (const { submissionId, queued } of rows) {
    if (!queued) await addRegradeJob(db, { regradeId: id, submissionId }, regradeJobKey(id, submissionId))
  }
}

export interface RegradeTask {
  exercise: string
  versionHash: string
  source: string
  gradings: number
}

/** Counts one more grading; null when there is nothing to do: it has its result, or the regrade is stopped or gone. */
export async function beginResult(db: Queries, regradeId: string, submissionId: string): Promise<RegradeTask | null> {
  const [row] = await db.$queryRaw<RegradeTask[]>`
    update regrade_results r set gradings = r.gradings + 1
    from regrades g, submissions s
    where r.regrade_id = ${regradeId}::uuid and r.submission_id = ${submissionId}::uuid and r.verdict is null
      and g.id = r.regrade_id and not g.stopped and s.id = r.submission_id
    returning g.exercise, g.version_hash as "versionHash", s.source, r.gradings`
  return row ?? null
}

/** Stores a result, once. @returns whether this was the first */
export async function saveResult(
  db: Queries, regradeId: string, submissionId: string, verdict: Verdict,
): Promise<boolean> {
  const { verdict: kind, reason, score, maxScore } = verdict
  const { count } = await db.regradeResult.updateMany({
    where: { regradeId, submissionId, verdict: null },
    data: { verdict: kind, reason, score, maxScore, detail: verdict, gradedAt: new Date() },
  })
  return count > 0
}
