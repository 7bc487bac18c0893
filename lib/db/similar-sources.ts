import type { ClassRole } from '@/lib/contract/class'
import type { Queries } from './client'
import { countedVerdicts } from './counted-verdicts'
import { Prisma } from './generated/client'

/** The submission by which a student of a class is compared with others. */
export interface ComparedSubmission {
  id: string
  userId: string
  /** As the roster of their class calls them. */
  name: string
  classId: string
  className: string
  term: string
  submittedAt: Date
  score: number
  maxScore: number
}

/** A student whose submissions for an exercise are looked at, in the span of one set of one class. */
interface Author extends Pick<ComparedSubmission, 'userId' | 'name' | 'classId' | 'className' | 'term'> {
  opensAt: Date
  closesAt: Date
}

/**
 * Of each student the latest submission with full score, else the latest of those with the greatest score: of a set of the
 * class itself, and of all published sets of `otherClasses` that contain the exercise. Submissions count from the opening
 * to the close, exceptions included. The set itself comes first, then the latest class of the others.
 */
export async function listCompared(
  db: Queries, { setId, exercise, otherClasses }: { setId: string; exercise: string; otherClasses: readonly string[] },
): Promise<ComparedSubmission[]> {
  // Two queries: in one, Postgres takes the authors for very few and reads all submissions again for each.
  const authors = await listAuthors(db, setId, exercise, otherClasses)
  const best = authors.length === 0 ? [] : await listBest(db, exercise, authors)
  return best.map(({ author, ...submission }) => {
    const { userId, name, classId, className, term } = authors[author - 1]!
    return { ...submission, userId, name, classId, className, term }
  })
}

function listAuthors(db: Queries, setId: string, exercise: string, otherClasses: readonly string[]): Promise<Author[]> {
  return db.$queryRaw<Author[]>`
    select m.user_id::text as "userId", coalesce(m.name, u.name) as name, c.id::text as "classId", c.name as "className",
      c.term, p.opens_at as "opensAt", greatest(p.closes_at, max(e.closes_at), max(e.due_at)) as "closesAt"
    from problem_sets p join problem_set_items i on i.set_id = p.id join classes c on c.id = p.class_id
    join class_members m on m.class_id = c.id and m.role = 'student' and m.removed_at is null
    join users u on u.id = m.user_id
    left join set_exceptions e on e.set_id = p.id and (e.user_id = m.user_id or e.section_id = m.section_id)
    where i.exercise = ${exercise} and p.published_at is not null
      and (p.id = ${setId}::uuid or p.class_id = any(${[...otherClasses]}::uuid[]))
    group by m.user_id, m.name, u.name, p.id, c.id
    order by p.id = ${setId}::uuid desc, c.created_at desc, c.id, m.user_id`
}

/** One row for each author who has a graded submission, with their place in the list from 1. */
function listBest(
  db: Queries, exercise: string, authors: readonly Author[],
): Promise<(Pick<ComparedSubmission, 'id' | 'submittedAt' | 'score' | 'maxScore'> & { author: number })[]> {
  const userIds = authors.map(({ userId }) => userId)
  const condition = Prisma.sql`s.exercise = ${exercise} and s.user_id = any(${[...new Set(userIds)]}::uuid[])`
  return db.$queryRaw`
    with graded as (${countedVerdicts(condition)})
    select distinct on (a.place) a.place::int as author, g.id::text, g.submitted_at as "submittedAt", g.score, g.max_score as "maxScore"
    from unnest(
      ${userIds}::uuid[], ${authors.map(({ opensAt }) => opensAt)}::timestamptz[], ${authors.map(({ closesAt }) => closesAt)}::timestamptz[]
    ) with ordinality as a (user_id, opens_at, closes_at, place)
    join graded g on g.user_id = a.user_id and g.submitted_at between a.opens_at and a.closes_at
    order by a.place, g.share desc, g.submitted_at desc, g.id desc`
}

/** Classes in which somebody has a place, with their role; those they were removed from are left out. */
export async function listRoles(db: Queries, userId: string): Promise<{ classId: string; role: ClassRole }[]> {
  return db.classMember.findMany({ where: { userId, removedAt: null }, select: { classId: true, role: true } })
}

/** Every class; for those who run the site. */
export async function listClassIds(db: Queries): Promise<string[]> {
  return (await db.class.findMany({ select: { id: true } })).map(({ id }) => id)
}
