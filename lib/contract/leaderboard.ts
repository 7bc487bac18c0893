import { z } from 'zod'
import { Person } from './account'
import { Slug } from './exercise'
import { Id } from './id'

export const BOARD_SPANS = ['all', 'month', 'week'] as const
export type BoardSpan = (typeof BOARD_SPANS)[number]

/** How classes show their leaderboards to students. */
export const BOARD_MODES = ['off', 'names', 'pseudonyms'] as const
export type BoardMode = (typeof BOARD_MODES)[number]

/** Rows of one page. */
export const BOARD_PAGE = 50

/** Names the viewer's own row of everybody's boards, with a handle or without; no handle can be this one. */
export const OWN_ROW = 'you'

const Day = z.iso.date()

/** A day that can be asked for: its month and its week begin and end at moments that can be stored and written. */
const AskedDay = Day.refine((day) => day >= '1970' && day < '9999', 'must be of the years 1970 to 9998')

/** Query of everybody's board: GET /api/leaderboard and its events. */
export const BoardQuery = z.strictObject({
  topic: Slug.optional(),
  span: z.enum(BOARD_SPANS).default('all'),
  /** Any day of the month or week; today if not given. */
  day: AskedDay.optional(),
  /** Position of the first row, from 1. */
  from: z.coerce.number().int().min(1).max(1_000_000_000).default(1),
})
export type BoardQuery = z.infer<typeof BoardQuery>

/** The same for a class; without section and set, the board of all of it. */
export const ClassBoardQuery = BoardQuery.omit({ topic: true }).extend({ section: Id.optional(), set: Id.optional() })
export type ClassBoardQuery = z.infer<typeof ClassBoardQuery>

/** Body of PUT /api/account/leaderboard. */
export const OnBoardsBody = z.strictObject({ onBoards: z.boolean() })

/** Body of PUT /api/classes/:class/leaderboard/settings. */
export const ClassBoardsBody = z.strictObject({
  mode: z.enum(BOARD_MODES),
  /** How many places students see besides their own; null for all. */
  top: z.int().min(1).max(1000).nullable(),
})
export type ClassBoardsBody = z.infer<typeof ClassBoardsBody>

/** Body of PUT /api/classes/:class/leaderboard/alias: whether the viewer wants no name there. */
export const AliasOnlyBody = z.strictObject({ aliasOnly: z.boolean() })

/** Body of PUT /api/classes/:class/members/:user/leaderboard: whether staff keeps somebody off the class's boards. */
export const OffBoardsBody = z.strictObject({ offBoards: z.boolean() })

/** Body of PUT /api/admin/people/:id/standing; why goes into the log. */
export const StandingBody = z.strictObject({
  /** Cannot sign in. */
  suspended: z.boolean(),
  /** Stands on no leaderboard. */
  barred: z.boolean(),
  reason: z.string().trim().max(500).default(''),
})
export type StandingBody = z.infer<typeof StandingBody>

/** What an admin did to somebody's standing, as the site's log names it. */
export const STANDING_ACTIONS = ['person.suspended', 'person.readmitted', 'person.barred', 'person.unbarred'] as const
export type StandingAction = (typeof STANDING_ACTIONS)[number]

/** What an admin should know before changing somebody's standing. */
export const StandingView = z.strictObject({
  person: Person,
  /** Classes that would have nobody left to lead them if the person were suspended. */
  leadsAlone: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  /** What was done before, the latest first. */
  history: z.array(z.strictObject({
    at: z.iso.datetime(),
    action: z.enum(STANDING_ACTIONS),
    /** Name of the admin; null when their account is gone. */
    actor: z.string().nullable(),
    reason: z.string(),
  })),
})
export type StandingView = z.infer<typeof StandingView>

export const BoardRow = z.strictObject({
  /** Names the row on its board: the handle, or the number of the pseudonym. */
  id: z.string(),
  rank: z.int(),
  /** What the viewer may call them; null where that is a pseudonym. */
  name: z.string().nullable(),
  /** Number of the pseudonym in a class; null on everybody's boards. */
  alias: z.int().nullable(),
  /** Whether there is a profile to look at, under the name. */
  hasProfile: z.boolean(),
  points: z.int(),
  reachedAt: z.iso.datetime(),
  isViewer: z.boolean(),
})
export type BoardRow = z.infer<typeof BoardRow>

export const OwnPlace = z.strictObject({
  /** The rank that the viewer has, or would have if they were shown. */
  rank: z.int(),
  points: z.int(),
  reachedAt: z.iso.datetime(),
  /** Whether others see them there. */
  shown: z.boolean(),
})
export type OwnPlace = z.infer<typeof OwnPlace>

/** How many people have at least `from` and at most `to` points. */
export const PointsBin = z.strictObject({ from: z.int(), to: z.int(), people: z.int() })
export type PointsBin = z.infer<typeof PointsBin>

/** One board, as one viewer may see it. */
export const BoardView = z.strictObject({
  span: z.enum(BOARD_SPANS),
  /** Zone whose clocks begin and end the month or week. */
  timeZone: z.string(),
  /** First day of the month or week there; null for all time. */
  starts: Day.nullable(),
  /** When it begins and ends. */
  from: z.iso.datetime().nullable(),
  until: z.iso.datetime().nullable(),
  isPresent: z.boolean(),
  /** First days of the months or weeks before and after in which somebody has points; null for none. */
  earlier: Day.nullable(),
  later: Day.nullable(),
  /** People on the board. */
  people: z.int(),
  /** How many places the viewer may see besides the own one; null for all. */
  top: z.int().nullable(),
  /** Position of the first of these rows, from 1. */
  position: z.int(),
  rows: z.array(BoardRow),
  /** Null for those who have no points here, and for visitors. */
  own: OwnPlace.nullable(),
  /** Fewest points first; empty as long as nobody is on the board. */
  distribution: z.array(PointsBin),
  /** Whether moments are told to the day only, because more would tell whose pseudonym it is. */
  daysOnly: z.boolean(),
})
export type BoardView = z.infer<typeof BoardView>

/** What a row of a board rests on. */
export const BoardRowDetail = z.strictObject({
  row: BoardRow,
  /** Each exercise that counts, the latest first. */
  exercises: z.array(z.strictObject({
    exercise: Slug,
    points: z.int(),
    /** Best score that can be had, by the exercise as it is now; null when it is gone. */
    maxPoints: z.int().nullable(),
    /** When the submission was handed in that brought the last of these points. */
    at: z.iso.datetime(),
    /** The version of the exercise whose tests gave them. */
    version: z.string(),
  })),
  daysOnly: z.boolean(),
})
export type BoardRowDetail = z.infer<typeof BoardRowDetail>

/** What a class lets its students see of each other, and what the viewer chose. */
export const ClassBoards = z.strictObject({
  mode: z.enum(BOARD_MODES),
  top: z.int().nullable(),
  /** The viewer's own number and choice; null for those who are no students of the class. */
  own: z.strictObject({ alias: z.int().nullable(), aliasOnly: z.boolean(), offBoards: z.boolean() }).nullable(),
  /** Boards that there are for the viewer: of sections and of sets. */
  sections: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  sets: z.array(z.strictObject({ id: z.string(), title: z.string() })),
})
export type ClassBoards = z.infer<typeof ClassBoards>
