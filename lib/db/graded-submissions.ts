import type { Queries } from './client'
import type { Prisma, VerdictKind } from './generated/client'

/* Graded submissions of all people, for those who run the site. */

const COLUMNS = {
  id: true,
  exercise: true,
  versionHash: true,
  submittedAt: true,
  gradings: true,
  user: { select: { id: true, name: true } },
  verdict: { select: { verdict: true, reason: true } },
} satisfies Prisma.SubmissionSelect

export type GradedRow = Prisma.SubmissionGetPayload<{ select: typeof COLUMNS }>

/** Those with this verdict, latest first. @param before id of the last one of the page before */
export function listGraded(
  db: Queries,
  { verdict, before, limit }: { verdict: VerdictKind; before?: string; limit: number },
): Promise<GradedRow[]> {
  return db.submission.findMany({
    where: { verdict: { is: { verdict, ...(before === undefined ? {} : { submissionId: { lt: before } }) } } },
    orderBy: { id: 'desc' },
    take: limit,
    select: COLUMNS,
  })
}

export function findGraded(db: Queries, id: string): Promise<(GradedRow & { source: string }) | null> {
  return db.submission.findFirst({ where: { id, verdict: { isNot: null } }, select: { ...COLUMNS, source: true } })
}
