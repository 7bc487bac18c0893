import { attemptNumber } from './attempt-numbers'
import type { Queries } from './client'
import { countedVerdicts } from './counted-verdicts'
import { Prisma } from './generated/client'

/* What a class did in the exercises of one set. Submissions count from the opening to each student's own close. */

/** Whose submissions are looked at, and until when. */
export interface Span {
  exercises: readonly string[]
  /** Milliseconds since 1970, like all instants here. */
  opensAt: number
  students: readonly { userId: string; closesAt: number }[]
}

/** The graded submissions of one student for one exercise. */
export interface AttemptFigures {
  userId: string
  exercise: string
  attempts: number
  firstAt: number
  /** Null while none has full score. */
  passedAt: number | null
  /** Which attempt was the first with full score; see attemptNumber. */
  passedWith: number | null
}

/** One row for each student and exercise with a graded submission. */
export function listAttemptFigures(db: Queries, span: Span): Promise<AttemptFigures[]> {
  return db.$queryRaw<AttemptFigures[]>`
    with ${studentsOf(span)}, graded as (${countedVerdicts(submissionsOf(span))}), numbered as (
      select g.*, ${attemptNumber(Prisma.sql`partition by g.user_id, g.exercise`)} as number
      from graded g join students t on t.user_id = g.user_id
        and g.submitted_at between ${new Date(span.opensAt)} and t.closes_at
    )
    select user_id::text as "userId", exercise, (count(*) filter (where takes_attempt))::int as attempts,
      ${milliseconds('min(submitted_at)')} as "firstAt",
      ${milliseconds('min(submitted_at) filter (where share >= 1)')} as "passedAt",
      (min(number) filter (where share >= 1))::int as "passedWith"
    from numbered group by user_id, exercise`
}

/** How a rule of an exercise fared. */
export interface RuleFigures {
  group: string
  name: string
  /** Students who broke it at least once. */
  students: number
  /** Students whose last submission breaks it. */
  now: number
  submissions: number
}

/** The rules that were broken, in no order, by what verdicts said when they were given. */
export function listBrokenRules(db: Queries, span: Span): Promise<RuleFigures[]> {
  return db.$queryRaw<RuleFigures[]>`
    with ${studentsOf(span)}, ${verdictsOf(span)}
    select test ->> 'group' as group, test ->> 'name' as name, count(distinct user_id)::int as students,
      count(distinct user_id) filter (where is_last)::int as now, count(*)::int as submissions
    from verdicts_of, jsonb_array_elements(detail -> 'tests') as test
    where test ->> 'state' = 'failed' group by 1, 2`
}

/** How often one of the exercise's named misconceptions was recognised. */
export interface MisconceptionFigures {
  file: string
  students: number
  /** Students whose last submission shows it. */
  now: number
}

export function listMisconceptions(db: Queries, span: Span): Promise<MisconceptionFigures[]> {
  return db.$queryRaw<MisconceptionFigures[]>`
    with ${studentsOf(span)}, ${verdictsOf(span)}
    select detail ->> 'misconception' as file, count(distinct user_id)::int as students,
      count(distinct user_id) filter (where is_last)::int as now
    from verdicts_of where detail ->> 'misconception' is not null group by 1`
}

/** One failed submission, as far as it says why. */
export interface Failure {
  userId: string
  exercise: string
  submissionId: string
  at: number
  reason: string | null
  /** Rules that it breaks: group and name. */
  broken: { group: string; name: string }[]
}

/** The last `most` submissions of each of these students for each of these exercises, latest first. */
export function listLastFailures(
  db: Queries, pairs: readonly { userId: string; exercise: string }[], span: Span, most: number,
): Promise<Failure[]> {
  return db.$queryRaw<Failure[]>`
    with ${studentsOf(span)}
    select p.user_id::text as "userId", p.exercise, last.id::text as "submissionId", last.reason,
      ${milliseconds('last.submitted_at')} as at, (
        select coalesce(jsonb_agg(jsonb_build_object('group', test ->> 'group', 'name', test ->> 'name')), '[]')
        from jsonb_array_elements(last.detail -> 'tests') as test where test ->> 'state' = 'failed'
      ) as broken
    from unnest(
      ${pairs.map(({ userId }) => userId)}::uuid[], ${pairs.map(({ exercise }) => exercise)}::text[]
    ) as p (user_id, exercise)
    join students t on t.user_id = p.user_id
    cross join lateral (
      select s.id, s.submitted_at, v.reason, v.detail from submissions s join verdicts v on v.submission_id = s.id
      where s.user_id = p.user_id and s.exercise = p.exercise and v.verdict <> 'error'
        and s.submitted_at between ${new Date(span.opensAt)} and t.closes_at
      order by s.submitted_at desc, s.id desc limit ${most}::int
    ) last
    order by p.user_id, p.exercise, last.submitted_at desc, last.id desc`
}

/** A table `students` of who is looked at. */
function studentsOf({ students }: Span): Prisma.Sql {
  return Prisma.sql`students as (
    select * from unnest(
      ${students.map(({ userId }) => userId)}::uuid[],
      ${students.map(({ closesAt }) => new Date(closesAt))}::timestamptz[]
    ) as student (user_id, closes_at))`
}

/** A condition on `submissions s`; the student's own close comes on top. */
function submissionsOf({ students, exercises }: Span): Prisma.Sql {
  const userIds = students.map(({ userId }) => userId)
  return Prisma.sql`s.user_id = any(${userIds}::uuid[]) and s.exercise = any(${[...exercises]}::text[])`
}

/**
 * A table `verdicts_of` of the verdicts that are no errors; each student's last one is marked, unless they have passed.
 */
function verdictsOf(span: Span): Prisma.Sql {
  return Prisma.sql`verdicts_of as (
    select s.user_id, v.detail,
      s.id = first_value(s.id) over (partition by s.user_id order by s.submitted_at desc, s.id desc)
      and not bool_or(v.verdict = 'passed') over (partition by s.user_id) as is_last
    from submissions s join verdicts v on v.submission_id = s.id join students t on t.user_id = s.user_id
    where ${submissionsOf(span)} and v.verdict <> 'error'
      and s.submitted_at between ${new Date(span.opensAt)} and t.closes_at)`
}

function milliseconds(sql: string): Prisma.Sql {
  return Prisma.sql`round(date_part('epoch', ${Prisma.raw(sql)}) * 1000)::float8`
}
