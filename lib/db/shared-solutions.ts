import type { ProgramSort } from '@/lib/contract/shared-solution'
import type { Queries } from './client'
import { countedVerdicts } from './counted-verdicts'
import { Prisma, type SharedSolution } from './generated/client'

export type { SharedSolution }

/** A program with what all who share it have in common. */
export interface ProgramRow {
  program: string
  length: number
  people: number
  firstAt: Date
  latestAt: Date
  votes: number
  /** Programs of the whole list. */
  total: number
}

/** What a list shows of one program. */
export interface ProgramText {
  program: string
  /** Of who shared it first. */
  source: string
  /** Whether it passed the version that was asked for. */
  current: boolean
}

export interface AuthorRow {
  program: string
  handle: string
  public: boolean
}

const ORDERS: Record<ProgramSort, Prisma.Sql> = {
  votes: Prisma.sql`votes desc, "firstAt" desc`,
  newest: Prisma.sql`"firstAt" desc`,
  oldest: Prisma.sql`"firstAt"`,
  shortest: Prisma.sql`length, "firstAt"`,
  longest: Prisma.sql`length desc, "firstAt"`,
}

/**
 * SQL of a query for what others see of an exercise: `user_id`, `submission_id`, `program_hash`, `length`, `signed` and
 * `shared_at` of solutions that count as passed at present, by people who are neither suspended nor kept off the
 * leaderboards. What counts is worked out for those that were graded again; of all others the verdict says it.
 * @param programs only these
 */
function listed(exercise: string, programs?: readonly string[]): Prisma.Sql {
  const shared = Prisma.sql`h.exercise = ${exercise}
    ${programs ? Prisma.sql`and h.program_hash = any(${[...programs]}::text[])` : Prisma.empty}`
  const again = Prisma.sql`s.id in (
    select h.submission_id from shared_solutions h join regrade_results r on r.submission_id = h.submission_id
    where ${shared})`
  return Prisma.sql`
    select h.user_id, h.submission_id, h.program_hash, h.length, h.signed, h.shared_at
    from shared_solutions h
    join users u on u.id = h.user_id and u.suspended_at is null and u.barred_at is null
    join verdicts v on v.submission_id = h.submission_id
    left join (${countedVerdicts(again)}) c on c.id = h.submission_id
    where ${shared} and case when c.id is null then v.verdict = 'passed' else c.share >= 1 end`
}

/**
 * One page of the programs that are shared for an exercise. Votes of people who are suspended do not count, nor those of
 * people who share the program themselves.
 */
export function listPrograms(
  db: Queries, exercise: string, { sort, limit, offset }: { sort: ProgramSort; limit: number; offset: number },
): Promise<ProgramRow[]> {
  return db.$queryRaw<ProgramRow[]>`
    select l.program_hash as program, min(l.length) as length, count(*)::int as people, min(l.shared_at) as "firstAt",
      max(l.shared_at) as "latestAt", coalesce(v.votes, 0) as votes, (count(*) over ())::int as total
    from (${listed(exercise)}) l
    left join (
      select v.program_hash, count(*)::int as votes from solution_votes v
      join users u on u.id = v.user_id and u.suspended_at is null
      where v.exercise = ${exercise} and not exists (
        select from shared_solutions own
        where own.user_id = v.user_id and own.exercise = v.exercise and own.program_hash = v.program_hash)
      group by v.program_hash
    ) v on v.program_hash = l.program_hash
    group by l.program_hash, v.votes
    order by ${ORDERS[sort]}, program
    limit ${limit}::int offset ${offset}::int`
}

/** The text of each program, and whether one of those who share it has passed this version of the exercise. */
export function listProgramTexts(
  db: Queries, exercise: string, programs: readonly string[], versionHash: string,
): Promise<ProgramText[]> {
  return db.$queryRaw<ProgramText[]>`
    with listed as materialized (${listed(exercise, programs)}), firsts as (
      select distinct on (program_hash) program_hash, submission_id from listed
      order by program_hash, shared_at, submission_id
    )
    select f.program_hash as program, s.source, exists (
      select from listed l join submissions own on own.id = l.submission_id
      where l.program_hash = f.program_hash and (own.version_hash = ${versionHash} or exists (
        select from regrade_results r join regrades g on g.id = r.regrade_id
        where r.submission_id = own.id and r.verdict = 'passed' and g.applied_at is not null
          and g.version_hash = ${versionHash}))
    ) as current
    from firsts f join submissions s on s.id = f.submission_id`
}

/** The first of those who signed each program, `most` of them at most, in the order in which they shared it. */
export function listAuthors(
  db: Queries, exercise: string, programs: readonly string[], most: number,
): Promise<AuthorRow[]> {
  return db.$queryRaw<AuthorRow[]>`
    select program, handle, public from (
      select l.program_hash as program, u.handle, u.profile_public as public,
        row_number() over (partition by l.program_hash order by l.shared_at, l.submission_id) as place
      from (${listed(exercise, programs)}) l join users u on u.id = l.user_id
      where l.signed and u.handle is not null
    ) signed where place <= ${most}::int order by program, place`
}

/** Whether others see such a program of the exercise. */
export async function isListed(db: Queries, exercise: string, program: string): Promise<boolean> {
  return (await db.$queryRaw<unknown[]>`select 1 as listed from (${listed(exercise, [program])}) l limit 1`).length > 0
}

/** What the user shares for the exercise, and whether others see it. */
export async function findShared(
  db: Queries, userId: string, exercise: string,
): Promise<(SharedSolution & { listed: boolean }) | null> {
  const row = await db.sharedSolution.findUnique({ where: { userId_exercise: { userId, exercise } } })
  if (!row) return null
  const visible = await db.$queryRaw<unknown[]>`
    select 1 as visible from (${listed(exercise, [row.programHash])}) l where l.user_id = ${userId}::uuid`
  return { ...row, listed: visible.length > 0 }
}

/** Shares a submission in place of the one before; of the same one only the signature changes. */
export async function setShared(
  db: Queries, shared: Pick<SharedSolution, 'userId' | 'exercise' | 'submissionId' | 'programHash' | 'length' | 'signed'>,
): Promise<void> {
  const { userId, exercise, submissionId, programHash, length, signed } = shared
  await db.$executeRaw`
    insert into shared_solutions as old (user_id, exercise, submission_id, program_hash, length, signed)
    values (${userId}::uuid, ${exercise}, ${submissionId}::uuid, ${programHash}, ${length}, ${signed})
    on conflict (user_id, exercise) do update set
      submission_id = excluded.submission_id, program_hash = excluded.program_hash, length = excluded.length,
      signed = excluded.signed,
      shared_at = case when old.submission_id = excluded.submission_id then old.shared_at else excluded.shared_at end`
}

export async function removeShared(db: Queries, userId: string, exercise: string): Promise<void> {
  await db.sharedSolution.deleteMany({ where: { userId, exercise } })
}

/**
 * The user's latest submission of the exercise that counts as passed, or null.
 * @param submissionId only this one
 */
export async function findPassedSubmission(
  db: Queries, userId: string, exercise: string, submissionId?: string,
): Promise<{ id: string; source: string } | null> {
  const one = submissionId === undefined ? Prisma.empty : Prisma.sql`and s.id = ${submissionId}::uuid`
  const own = Prisma.sql`s.user_id = ${userId}::uuid and s.exercise = ${exercise} ${one}`
  const [row] = await db.$queryRaw<{ id: string; source: string }[]>`
    select s.id::text, s.source from (${countedVerdicts(own)}) c join submissions s on s.id = c.id
    where c.share >= 1 order by c.submitted_at desc, c.id desc limit 1`
  return row ?? null
}
