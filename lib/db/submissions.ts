import { createHash } from 'node:crypto'
import type { Queries } from './client'
import type { Prisma, Submission } from './generated/client'

export type { Submission }

export interface NewSubmission {
  userId: string
  exercise: string
  versionHash: string
  source: string
}

/** What lists and live states show of a submission: everything but the source. */
const OVERVIEW = {
  id: true,
  userId: true,
  exercise: true,
  versionHash: true,
  state: true,
  submittedAt: true,
  verdict: { select: { detail: true } },
} satisfies Prisma.SubmissionSelect

export type SubmissionOverview = Prisma.SubmissionGetPayload<{ select: typeof OVERVIEW }>
export type SubmissionWithSource = SubmissionOverview & { source: string }

/** How equal sources are found: SHA-256, hexadecimal. */
export function hashSource(source: string): string {
  return createHash('sha256').update(source).digest('hex')
}

/** Stores a submission without a turn. @returns its id */
export async function createSubmission(db: Queries, submission: NewSubmission): Promise<string> {
  const data = { ...submission, sourceHash: hashSource(submission.source) }
  return (await db.submission.create({ data, select: { id: true } })).id
}

/** @throws when there is none with this id */
export function getSubmission(db: Queries, id: string): Promise<SubmissionOverview> {
  return db.submission.findUniqueOrThrow({ where: { id }, select: OVERVIEW })
}

/** The submission, if it is this user's. */
export function findSubmissionOf(db: Queries, userId: string, id: string): Promise<SubmissionOverview | null> {
  return db.submission.findFirst({ where: { id, userId }, select: OVERVIEW })
}

/** The same with what was submitted. */
export function findSubmissionWithSource(db: Queries, userId: string, id: string): Promise<SubmissionWithSource | null> {
  return db.submission.findFirst({ where: { id, userId }, select: { ...OVERVIEW, source: true } })
}

export interface SubmissionFilter {
  exercise?: string
  /** Only submissions that are older than this one; for the next page of a list. */
  before?: string
  limit: number
}

/** A user's submissions, latest first. Their ids grow with time. */
export function listSubmissionsOf(db: Queries, userId: string, filter: SubmissionFilter): Promise<SubmissionOverview[]> {
  const { exercise, before, limit } = filter
  return db.submission.findMany({
    where: {
      userId,
      ...(exercise === undefined ? {} : { exercise }),
      ...(before === undefined ? {} : { id: { lt: before } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
    select: OVERVIEW,
  })
}

/** What was submitted, by the ids of the submissions. */
export async function listSources(db: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.submission.findMany({ where: { id: { in: [...ids] } }, select: { id: true, source: true } })
  return new Map(rows.map(({ id, source }) => [id, source]))
}

/** The whole row, for the grader; null when the submission or its user was deleted. */
export function findSubmission(db: Queries, id: string): Promise<Submission | null> {
  return db.submission.findUnique({ where: { id } })
}

/**
 * Marks the submission as being graded, once more after a grader was lost.
 * @returns the submission, or null when it has its verdict or is gone
 */
export async function markGrading(db: Queries, id: string): Promise<Submission | null> {
  const [submission] = await db.submission.updateManyAndReturn({
    where: { id, state: { in: ['queued', 'grading'] } },
    data: { state: 'grading', startedAt: new Date(), gradings: { increment: 1 } },
  })
  return submission ?? null
}

/** Marks the submission as graded against the version that its verdict names. */
export function markDone(db: Queries, id: string, versionHash: string): Promise<Submission> {
  return db.submission.update({ where: { id }, data: { state: 'done', versionHash } })
}

/** How many submissions wait or are being graded, all users together, and since when the oldest has waited. */
export async function measureQueue(db: Queries): Promise<{ queued: number; grading: number; oldest: Date | null }> {
  const where = { state: 'queued' } as const
  const [queued, grading, oldest] = await Promise.all([
    db.submission.count({ where }),
    db.submission.count({ where: { state: 'grading' } }),
    db.submission.findFirst({ where, orderBy: { submittedAt: 'asc' }, select: { submittedAt: true } }),
  ])
  return { queued, grading, oldest: oldest?.submittedAt ?? null }
}
