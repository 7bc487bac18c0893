import { Temporal } from 'temporal-polyfill'
import type { Database } from '@/lib/db/client'
import type { Layout } from './boards-content'

/*
 * What every leaderboard has to say, worked out step by step from submissions, verdicts, applied regrades and the rows of
 * classes. It shares nothing with lib/db/boards.
 */

export interface OracleEntry {
  /** `scope of span starts`, such as `topic caches week 2026-03-02`. */
  board: string
  userId: string
  points: number
  reachedAt: number
  shown: boolean
}

/** A submission that raised its author's best score. */
interface Rise {
  userId: string
  exercise: string
  submissionId: string
  at: number
  points: number
}

type Rows = Awaited<ReturnType<typeof readRows>>
type ClassRow = Rows['classes'][number]
type SetRow = ClassRow['sets'][number]
type MemberRow = ClassRow['members'][number]

/** @param layout the catalogue that leaderboards know */
export async function oracleEntries(db: Database, layout: Layout): Promise<OracleEntry[]> {
  const rows = await readRows(db)
  const rises = risesOf(rows).filter(({ exercise }) => layout[exercise] !== undefined)
  const users = new Map(rows.users.map((user) => [user.id, user]))
  const sums = new Map<string, OracleEntry>()
  const add = (board: string, rise: Rise, shown: boolean) => {
    const key = `${board} ${rise.userId}`
    const known = sums.get(key) ?? { board, userId: rise.userId, points: 0, reachedAt: 0, shown }
    sums.set(key, { ...known, points: known.points + rise.points, reachedAt: Math.max(known.reachedAt, rise.at) })
  }

  for (const rise of rises) {
    const { onBoards, suspendedAt, barredAt } = users.get(rise.userId)!
    const isAllowed = !suspendedAt && !barredAt
    for (const scope of ['everyone ', `topic ${layout[rise.exercise]}`]) {
      for (const span of spansOf(rise.at, 'UTC')) add(`${scope} ${span}`, rise, onBoards && isAllowed)
    }
    for (const group of rows.classes) {
      if (group.boardMode === 'off') continue
      const member = group.members.find(({ userId }) => userId === rise.userId)
      if (!member || member.role !== 'student' || member.removedAt) continue
      for (const scope of scopesOf(group, member, rise)) {
        for (const span of spansOf(rise.at, group.timeZone)) add(`${scope} ${span}`, rise, !member.offBoards && isAllowed)
      }
    }
  }
  return [...sums.values()]
}

/** The boards of a class, without their spans, on which a submission counts for a student. */
function scopesOf(group: ClassRow, member: MemberRow, rise: Rise): Set<string> {
  const scopes = new Set<string>()
  for (const set of group.sets) {
    if (!set.items.some(({ exercise }) => exercise === rise.exercise) || !countsIn(group, set, member, rise.at)) continue
    scopes.add(`class ${group.id}`)
    if (member.sectionId) scopes.add(`section ${member.sectionId}`)
    scopes.add(`set ${set.id}`)
  }
  return scopes
}

function countsIn(group: ClassRow, set: SetRow, member: MemberRow, at: number): boolean {
  const frozenAt = group.archivedAt?.getTime() ?? Infinity
  if (!set.publishedAt || set.opensAt.getTime() > Math.min(Date.now(), frozenAt) || at > frozenAt) return false
  const own = set.exceptions.find(({ userId }) => userId === member.userId)
  const granted = own ?? set.exceptions.find(({ sectionId }) => sectionId !== null && sectionId === member.sectionId)
  if (granted?.exempt) return false
  const ends = [set.dueAt, set.closesAt, granted?.dueAt, granted?.closesAt].map((end) => end?.getTime() ?? -Infinity)
  return at <= Math.max(...ends)
}

/** The three spans of a moment by the clocks of a zone, each with its first day. */
function spansOf(at: number, timeZone: string): string[] {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()
  const monday = day.subtract({ days: day.dayOfWeek - 1 })
  return ['all 1970-01-01', `month ${day.with({ day: 1 }).toString()}`, `week ${monday.toString()}`]
}

function risesOf({ submissions }: Rows): Rise[] {
  const best = new Map<string, number>()
  return submissions.flatMap((submission): Rise[] => {
    const { id, userId, exercise, submittedAt } = submission
    const key = `${userId} ${exercise}`
    const score = countedScore(submission)
    const before = best.get(key) ?? 0
    if (score === null || score <= before) return []
    best.set(key, score)
    return [{ userId, exercise, submissionId: id, at: submittedAt.getTime(), points: score - before }]
  })
}

/** The score that counts, regrade by regrade as they were applied; null for none. */
function countedScore({ verdict, regradeResults }: Rows['submissions'][number]): number | null {
  if (!verdict) return null
  let score = verdict.verdict === 'error' ? null : verdict.score
  const applied = regradeResults.filter(({ regrade }) => regrade.appliedAt !== null)
  applied.sort((a, b) => a.regrade.appliedAt!.getTime() - b.regrade.appliedAt!.getTime())
  for (const { verdict: found, score: again, regrade } of applied) {
    if (again === null || found === 'error') continue
    if (score === null || regrade.lowered || again > score) score = again
  }
  return score
}

async function readRows(db: Database) {
  const [users, submissions, classes] = await db.$transaction([
    db.user.findMany({ select: { id: true, onBoards: true, suspendedAt: true, barredAt: true } }),
    db.submission.findMany({
      orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
      select: {
        id: true, userId: true, exercise: true, submittedAt: true,
        verdict: { select: { verdict: true, score: true } },
        regradeResults: {
          select: { verdict: true, score: true, regrade: { select: { appliedAt: true, lowered: true } } },
        },
      },
    }),
    db.class.findMany({ include: { members: true, sets: { include: { items: true, exceptions: true } } } }),
  ], { isolationLevel: 'RepeatableRead' })
  return { users, submissions, classes }
}
