import { z } from 'zod'
import { TimeZone } from './class'
import { Difficulty, Slug } from './exercise'

export const MIN_HANDLE_LENGTH = 3
export const MAX_HANDLE_LENGTH = 30

/** Names that would be taken for the site itself, for those who run it, or for nobody. */
const RESERVED = new Set([
  'about', 'account', 'admin', 'administrator', 'anonymous', 'api', 'assistant', 'claim', 'classes', 'contact',
  'deleted', 'everyone', 'exercises', 'grader', 'handroll', 'help', 'home', 'instructor', 'join', 'judge',
  'leaderboard', 'learner', 'legal', 'login', 'logout', 'mod', 'moderator', 'new', 'nobody', 'null', 'official', 'owner', 'people',
  'privacy', 'profile', 'progress', 'root', 'security', 'settings', 'sign-in', 'sign-out', 'sign-up', 'staff', 'status',
  'student', 'submissions', 'support', 'sysadmin', 'system', 'teacher', 'team', 'terms', 'topics', 'undefined', 'user',
  'webmaster', 'you',
])

/** The name of a profile: the same in any case, stored in lower case. */
export const Handle = z
  .string()
  .trim()
  .toLowerCase()
  .min(MIN_HANDLE_LENGTH)
  .max(MAX_HANDLE_LENGTH)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be letters a to z, digits, and single hyphens between them')
  .refine((handle) => !RESERVED.has(handle), {
    message: 'is kept free; choose another',
    params: { rule: 'reserved' },
  })

/** Body of PUT /api/account/profile. */
export const ProfileBody = z
  .strictObject({ handle: Handle.nullable(), public: z.boolean() })
  .refine((body) => body.handle !== null || !body.public, {
    path: ['handle'],
    message: 'is needed for a public profile',
    params: { rule: 'missing' },
  })
export type ProfileBody = z.infer<typeof ProfileBody>

/** Body of PUT /api/account/time-zone. */
export const TimeZoneBody = z.strictObject({ timeZone: TimeZone })
export type TimeZoneBody = z.infer<typeof TimeZoneBody>

/** What somebody has chosen about their profile. */
export const ProfileSettings = z.strictObject({
  handle: z.string().nullable(),
  public: z.boolean(),
  /** Null until one is known: days are then those of UTC. */
  timeZone: z.string().nullable(),
  /** Whether they stand on everybody's leaderboards, under the handle. */
  onBoards: z.boolean(),
  /** Kept off every leaderboard by an admin, whatever they choose. */
  barred: z.boolean(),
})
export type ProfileSettings = z.infer<typeof ProfileSettings>

/** A day in a calendar without a zone: `2026-11-21`. */
const Day = z.iso.date()

export const Streaks = z.strictObject({
  /** Active days up to now without a day missed. */
  current: z.int(),
  /** The most there ever were. */
  best: z.int(),
  bestFrom: Day.nullable(),
  bestTo: Day.nullable(),
  activeToday: z.boolean(),
})
export type Streaks = z.infer<typeof Streaks>

/** Days on which something was submitted, oldest first. */
export const ActiveDays = z.array(z.strictObject({ day: Day, submissions: z.int() }))
export type ActiveDays = z.infer<typeof ActiveDays>

export const BADGE_KINDS = ['first-pass', 'first-try', 'persistence', 'expert', 'every-topic', 'everything'] as const

/** Something reached, that rests on verdicts of the server alone; lib/learn/badges.ts has the rules. */
export const Badge = z.strictObject({
  kind: z.enum(BADGE_KINDS),
  earnedAt: z.iso.datetime(),
  /** The exercise that earned it, where it is a single one. */
  exercise: Slug.nullable(),
  /** How many exercises fulfil the rule, where more than one can. */
  times: z.int().nullable(),
})
export type Badge = z.infer<typeof Badge>

/** How far somebody has come in one topic. */
export const TopicBadge = z.strictObject({
  topic: Slug,
  /** Its exercises that were passed, in order. */
  passed: z.array(Slug),
  total: z.int(),
  firstPassAt: z.iso.datetime().nullable(),
  /** When the last of its exercises was passed; null while one is not. */
  completeAt: z.iso.datetime().nullable(),
})
export type TopicBadge = z.infer<typeof TopicBadge>

/** What a profile shows, to its owner and, by choice, to everybody. */
export const ProfileView = z.strictObject({
  handle: z.string().nullable(),
  public: z.boolean(),
  /** The zone by whose clocks the days to come are counted. */
  timeZone: z.string(),
  /** The date there now. */
  today: Day,
  days: ActiveDays,
  streaks: Streaks,
  difficulties: z.array(z.strictObject({ difficulty: Difficulty, passed: z.int(), total: z.int() })),
  topics: z.array(TopicBadge),
  badges: z.array(Badge),
  /** The latest first passes, the last one first. */
  recent: z.array(z.strictObject({ exercise: Slug, passedAt: z.iso.datetime() })),
})
export type ProfileView = z.infer<typeof ProfileView>
