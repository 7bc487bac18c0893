import type { Queries } from './client'
import type { Prisma } from './generated/client'

/*
 * What the database holds about one person, for that person. Of others only what they said or decided about this one,
 * without who they are. tests/db/account-export.test.ts knows all tables that refer to a user.
 */

const CLASS_NAME = { class: { select: { name: true } } } as const
const SET_NAME = { set: { select: { title: true, publishedAt: true, ...CLASS_NAME } } } as const

const COMMENT = { line: true, body: true, createdAt: true, editedAt: true, ...CLASS_NAME } as const

const ACCOUNT = {
  id: true, email: true, name: true, role: true, locale: true, handle: true, profilePublic: true, timeZone: true,
  createdAt: true, suspendedAt: true, onBoards: true, barredAt: true,
  accounts: { select: { provider: true, providerAccountId: true, createdAt: true } },
  activeDays: { orderBy: { day: 'asc' }, omit: { userId: true } },
  progress: { orderBy: { exercise: 'asc' }, omit: { userId: true } },
  drafts: { orderBy: { exercise: 'asc' }, omit: { userId: true } },
  gains: { orderBy: { at: 'asc' }, omit: { userId: true } },
  boards: {
    orderBy: { boardId: 'asc' },
    select: {
      standing: true, shown: true,
      board: {
        select: {
          scope: true, of: true, span: true, starts: true, ...CLASS_NAME, section: { select: { name: true } },
          set: { select: { title: true } },
        },
      },
    },
  },
  shared: { orderBy: { exercise: 'asc' }, select: { exercise: true, submissionId: true, signed: true, sharedAt: true } },
  votes: { orderBy: { votedAt: 'asc' }, select: { exercise: true, programHash: true, votedAt: true } },
  memberships: {
    orderBy: { joinedAt: 'asc' },
    select: {
      role: true, name: true, externalId: true, joinedAt: true, removedAt: true, alias: true, aliasOnly: true,
      offBoards: true, section: { select: { name: true } },
      class: { select: { name: true, term: true } },
    },
  },
  exceptions: {
    orderBy: { id: 'asc' },
    select: {
      dueAt: true, closesAt: true, attemptLimit: true, exempt: true, reason: true, createdAt: true, ...SET_NAME,
    },
  },
  marksOf: {
    orderBy: { id: 'asc' },
    select: { mark: true, reason: true, givenAt: true, item: { select: { exercise: true, ...SET_NAME } } },
  },
  marksGiven: {
    orderBy: { id: 'asc' },
    select: { mark: true, reason: true, givenAt: true, item: { select: { exercise: true, ...SET_NAME } } },
  },
  comments: { orderBy: { id: 'asc' }, select: COMMENT },
  invitations: { orderBy: { id: 'asc' }, select: { role: true, createdAt: true, ...CLASS_NAME } },
  regrades: { orderBy: { id: 'asc' }, select: { exercise: true, startedAt: true, appliedAt: true } },
  auditLog: { orderBy: { id: 'asc' }, select: { at: true, action: true } },
} satisfies Prisma.UserSelect

export type AccountExport = Prisma.UserGetPayload<{ select: typeof ACCOUNT }>

/** All but the submissions, which may be many; null when there is no such user. */
export function readAccount(db: Queries, userId: string): Promise<AccountExport | null> {
  return db.user.findUnique({ where: { id: userId }, select: ACCOUNT })
}

/** What admins decided about the account, oldest first: entries of the log that are about it. */
export function listDecisions(db: Queries, userId: string) {
  return db.auditEntry.findMany({
    where: { subject: userId }, orderBy: { id: 'asc' }, select: { at: true, action: true, detail: true },
  })
}

/** Places that classes keep for an address. @param email in lower case */
export function listPlacesFor(db: Queries, email: string) {
  return db.classInvitation.findMany({
    where: { email }, orderBy: { id: 'asc' },
    select: { role: true, name: true, externalId: true, createdAt: true, class: { select: { name: true, term: true } } },
  })
}

const SUBMISSION = {
  id: true, exercise: true, versionHash: true, state: true, submittedAt: true, startedAt: true, source: true,
  verdict: { select: { gradedAt: true, detail: true } },
  comments: { orderBy: { id: 'asc' }, select: COMMENT },
  regradeResults: {
    where: { regrade: { appliedAt: { not: null } }, verdict: { in: ['passed', 'failed'] } },
    orderBy: { gradedAt: 'asc' },
    select: { gradedAt: true, detail: true },
  },
} satisfies Prisma.SubmissionSelect

export type SubmissionExport = Prisma.SubmissionGetPayload<{ select: typeof SUBMISSION }>

/** The next of a user's submissions, oldest first. @param after id of the last one before them, or null */
export function listSubmissionsToExport(
  db: Queries, userId: string, after: string | null, limit: number,
): Promise<SubmissionExport[]> {
  return db.submission.findMany({
    where: { userId, ...(after === null ? {} : { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
    select: SUBMISSION,
  })
}
