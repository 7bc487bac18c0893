import { tooManyRequests } from '@/lib/contract/problem'
import { LAST_PROGRAM_PAGE, PROGRAMS_PER_PAGE, type ProgramList, type ProgramQuery } from '@/lib/contract/shared-solution'
import { listAuthors, listPrograms, listProgramTexts } from '@/lib/db/shared-solutions'
import { listVotesOf } from '@/lib/db/solution-votes'
import { withDatabase } from '../database'
import { getExercise } from '../exercise-lookup'
import { localDay } from '../local-day'
import { countEvent } from '../rate-limit'
import { assertMayLook } from './access'
import { readOwnSharing } from './sharing'

/** Names that one program shows. */
const MOST_AUTHORS = 6

/** Lists that one person may have in a minute, over pages and API together: each is full of code to be coloured. */
const MOST_PER_MINUTE = 120

/**
 * One page of what people share for an exercise, equal programs as one; a page behind the last one is empty. Of others
 * it tells their code and, where they signed it, their handle.
 * @throws ProblemError `not-found`, `forbidden` for whoever may not see it, or `too-many-requests`
 */
export async function listSharedPrograms(
  userId: string, slug: string, { sort, page }: ProgramQuery,
): Promise<ProgramList> {
  const { slug: exercise, version } = await getExercise(slug)
  const { retryAfterSeconds } = await countEvent(`solutions:user:${userId}`, MOST_PER_MINUTE, 60)
  if (retryAfterSeconds > 0) throw tooManyRequests(retryAfterSeconds)
  return withDatabase(async (db) => {
    await assertMayLook(db, userId, exercise)
    const rows = await listPrograms(db, exercise, {
      sort, limit: PROGRAMS_PER_PAGE, offset: (page - 1) * PROGRAMS_PER_PAGE,
    })
    const keys = rows.map(({ program }) => program)
    const texts = new Map((await listProgramTexts(db, exercise, keys, version)).map((text) => [text.program, text]))
    const authors = await listAuthors(db, exercise, keys, MOST_AUTHORS)
    const votes = await listVotesOf(db, userId, exercise, keys)
    const own = await readOwnSharing(db, userId, exercise)
    const total = rows[0]?.total ?? 0
    return {
      exercise, sort, page, total, pages: Math.max(1, Math.min(LAST_PROGRAM_PAGE, Math.ceil(total / PROGRAMS_PER_PAGE))), own,
      programs: rows.flatMap(({ program, length, people, votes: count, firstAt, latestAt }) => {
        const text = texts.get(program)
        // The last one who shared it stopped that between two queries.
        if (!text) return []
        return [{
          program, length, people, votes: count, voted: votes.has(program), own: own?.listed === true && own.program === program,
          source: text.source, earlierVersion: !text.current,
          firstOn: localDay(firstAt.getTime(), 'UTC'), latestOn: localDay(latestAt.getTime(), 'UTC'),
          authors: authors.filter((author) => author.program === program)
            .map(({ handle, public: isPublic }) => ({ handle, public: isPublic })),
        }]
      }),
    }
  })
}
