import type { TopicSummary } from '@/lib/contract/catalogue'
import { DIFFICULTIES } from '@/lib/contract/exercise'
import { ProblemError } from '@/lib/contract/problem'
import { Handle, type ProfileBody, type ProfileSettings, type ProfileView } from '@/lib/contract/profile'
import { listActiveDays, type ActiveDayRow } from '@/lib/db/active-days'
import { notifyBoardsWith } from '@/lib/db/boards/boards'
import type { Queries } from '@/lib/db/client'
import { isUniqueViolation } from '@/lib/db/errors'
import { listExerciseHistory } from '@/lib/db/exercise-history'
import * as profiles from '@/lib/db/profiles'
import { badgesOf, topicBadgesOf, type Pass } from './badges'
import { inTransaction, withDatabase } from './database'
import { changeOnBoards } from './leaderboards/choices'
import { localDay } from './local-day'
import { streaksOf } from './streak'
import { listTopics } from './topics'

/** First passes that a profile lists. */
const MAX_RECENT = 8

/** What the user has chosen. @throws ProblemError `not-found` when the account is gone */
export async function getProfileSettings(userId: string): Promise<ProfileSettings> {
  return toSettings(await withDatabase((db) => getProfile(db, userId)))
}

/**
 * Chooses the handle, and whether everybody can see the profile under it. A handle that was given up is free for
 * others; whoever has none stands on no public leaderboard.
 * @throws ProblemError `handle-taken`
 */
export async function saveProfile(userId: string, body: ProfileBody): Promise<ProfileSettings> {
  try {
    const profile = { handle: body.handle, profilePublic: body.public }
    return toSettings(await inTransaction(async (db) => {
      // Before the handle itself, whose change keeps others from adding rows of the account.
      if (profile.handle === null) await changeOnBoards(db, userId, false)
      const after = await profiles.setProfile(db, userId, profile)
      if (after.onBoards) await notifyBoardsWith(db, userId)
      return after
    }))
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new ProblemError('handle-taken', 'Somebody else has this handle. Choose another one.')
  }
}

/** Chooses the zone by whose clocks days are counted from now on; days that were counted stay what they are. */
export async function saveTimeZone(userId: string, timeZone: string): Promise<ProfileSettings> {
  return toSettings(await withDatabase((db) => profiles.setTimeZone(db, userId, timeZone)))
}

/**
 * The user's own profile, public or not.
 * @param browserZone counts days while the account knows no zone
 */
export async function ownProfile(userId: string, browserZone = 'UTC', now = Date.now()): Promise<ProfileView> {
  const topics = await listTopics()
  return withDatabase(async (db) => readProfile(db, await getProfile(db, userId), { topics, browserZone, now }))
}

/**
 * The profile under a handle, in whatever case; null when there is none, when it is private and not the viewer's own,
 * or when its account is suspended. Which of these it is, nobody learns.
 */
export async function findProfile(
  handle: string, viewerId: string | null, now = Date.now(),
): Promise<ProfileView | null> {
  const parsed = Handle.safeParse(handle)
  if (!parsed.success) return null
  const topics = await listTopics()
  return withDatabase(async (db) => {
    const row = await profiles.findProfileByHandle(db, parsed.data)
    if (!row || row.suspendedAt || !(row.profilePublic || row.id === viewerId)) return null
    return readProfile(db, row, { topics, browserZone: 'UTC', now })
  })
}

async function readProfile(
  db: Queries,
  row: profiles.ProfileRow,
  { topics, browserZone, now }: { topics: readonly TopicSummary[]; browserZone: string; now: number },
): Promise<ProfileView> {
  const days = await listActiveDays(db, row.id)
  const passes = await listPasses(db, row.id, topics)
  const timeZone = row.timeZone ?? browserZone
  return {
    handle: row.handle,
    public: row.profilePublic,
    timeZone,
    today: localDay(now, timeZone),
    days: days.map(({ day, submissions }) => ({ day, submissions })),
    streaks: streaksOf(days.map(toStreakDay), now, timeZone),
    difficulties: countByDifficulty(topics, passes),
    topics: topicBadgesOf(topics, passes),
    badges: badgesOf(topics, passes),
    recent: passes
      .toSorted((a, b) => b.passedAt.getTime() - a.passedAt.getTime())
      .slice(0, MAX_RECENT)
      .map(({ exercise, passedAt }) => ({ exercise, passedAt: passedAt.toISOString() })),
  }
}

/** First passes of the exercises that there are today. */
async function listPasses(db: Queries, userId: string, topics: readonly TopicSummary[]): Promise<Pass[]> {
  const known = new Set(topics.flatMap(({ exercises }) => exercises.map(({ slug }) => slug)))
  return (await listExerciseHistory(db, userId)).flatMap(({ exercise, firstPassedAt, attemptsBefore }) => {
    return firstPassedAt && known.has(exercise) ? [{ exercise, passedAt: firstPassedAt, attemptsBefore }] : []
  })
}

function countByDifficulty(topics: readonly TopicSummary[], passes: readonly Pass[]): ProfileView['difficulties'] {
  const passed = new Set(passes.map(({ exercise }) => exercise))
  const all = topics.flatMap(({ exercises }) => exercises)
  return DIFFICULTIES.map((difficulty) => {
    const these = all.filter((exercise) => exercise.difficulty === difficulty)
    return { difficulty, passed: these.filter(({ slug }) => passed.has(slug)).length, total: these.length }
  })
}

function toStreakDay({ firstAt, lastAt, ...day }: ActiveDayRow) {
  return { ...day, firstAt: firstAt.getTime(), lastAt: lastAt.getTime() }
}

async function getProfile(db: Queries, userId: string): Promise<profiles.ProfileRow> {
  const row = await profiles.findProfile(db, userId)
  if (!row) throw new ProblemError('not-found', 'This account does not exist any more.')
  return row
}

function toSettings({ handle, profilePublic, timeZone, onBoards, barredAt }: profiles.ProfileRow): ProfileSettings {
  return { handle, public: profilePublic, timeZone, onBoards, barred: barredAt !== null }
}
