import type { Queries } from './client'
import type { Prisma } from './generated/client'

/**
 * The published sets of a learner's classes with one of these exercises, opened or not, of classes where they are a
 * student and have not been removed; with all that concerns their terms.
 */
export async function listSetsOfLearner(db: Queries, userId: string, exercises: string[]) {
  const student = { userId, role: 'student', removedAt: null } as const
  return db.problemSet.findMany({
    where: {
      publishedAt: { not: null },
      items: { some: { exercise: { in: exercises } } },
      class: { members: { some: student } },
    },
    include: {
      items: { orderBy: { position: 'asc' } },
      exceptions: { where: { OR: [{ userId }, { section: { members: { some: student } } }] } },
      class: { select: { timeZone: true, members: { where: student, select: { sectionId: true } } } },
    } satisfies Prisma.ProblemSetInclude,
    orderBy: { id: 'asc' },
  })
}

/** A set as `listSetsOfLearner` finds it. */
export type LearnerSetRow = Awaited<ReturnType<typeof listSetsOfLearner>>[number]

export interface AttemptRow {
  exercise: string
  submittedAt: Date
}

/**
 * When a learner submitted these exercises from a moment on, oldest first. What wait for their verdict are among them;
 * those that ended as `error`, a fault of ours, are not.
 */
export function listAttemptTimes(db: Queries, userId: string, exercises: string[], from: Date): Promise<AttemptRow[]> {
  return db.submission.findMany({
    where: {
      userId,
      exercise: { in: exercises },
      submittedAt: { gte: from },
      OR: [{ verdict: null }, { verdict: { verdict: { not: 'error' } } }],
    },
    select: { exercise: true, submittedAt: true },
    orderBy: { submittedAt: 'asc' },
  })
}
