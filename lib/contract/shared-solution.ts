import { z } from 'zod'
import { Slug } from './exercise'
import { Id } from './id'

/** Key of a program: SHA-256 over it without what makes no difference, hexadecimal. */
export const ProgramKey = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')

/** Programs on one page of a list. */
export const PROGRAMS_PER_PAGE = 10
/** Later pages cannot be asked for. */
export const LAST_PROGRAM_PAGE = 1000

/** `newest` and `oldest` go by when a program was first shared. */
export const PROGRAM_SORTS = ['votes', 'newest', 'oldest', 'shortest', 'longest'] as const
export const ProgramSort = z.enum(PROGRAM_SORTS)
export type ProgramSort = z.infer<typeof ProgramSort>

/** Which page of the list, and in which order; the first one by votes when nothing is said. */
export const ProgramQuery = z.strictObject({
  sort: ProgramSort.default('votes'),
  page: z.coerce.number().int().min(1).max(LAST_PROGRAM_PAGE).default(1),
})
export type ProgramQuery = z.infer<typeof ProgramQuery>

/** Somebody who signed what they share. */
export const ProgramAuthor = z.strictObject({
  handle: z.string(),
  /** Whether there is a profile to be seen under the handle. */
  public: z.boolean(),
})
export type ProgramAuthor = z.infer<typeof ProgramAuthor>

/** A program that one or more people share, as others who have passed the exercise see it. */
export const SharedProgram = z.strictObject({
  program: ProgramKey,
  /** As the first of them wrote it. */
  source: z.string(),
  /** Tokens of it: words, signs, texts and numbers, without comments and types. */
  length: z.int(),
  /** How many people share it. */
  people: z.int(),
  /** The first of those who signed it. */
  authors: z.array(ProgramAuthor),
  /** Days in UTC. The moment would tell, beside a public leaderboard, who shared without a name. */
  firstOn: z.iso.date(),
  latestOn: z.iso.date(),
  votes: z.int(),
  /** Whether the viewer has voted for it. */
  voted: z.boolean(),
  /** Whether the viewer is among those who share it. */
  own: z.boolean(),
  /** Whether it passed another version of the exercise than the present one, and not that. */
  earlierVersion: z.boolean(),
})
export type SharedProgram = z.infer<typeof SharedProgram>

/** What somebody shares for one exercise. */
export const OwnSharing = z.strictObject({
  submission: z.string(),
  program: ProgramKey,
  signed: z.boolean(),
  sharedAt: z.iso.datetime(),
  /** Whether others see it at present; not while the submission does not count as passed, for one. */
  listed: z.boolean(),
})
export type OwnSharing = z.infer<typeof OwnSharing>

/** Answer of GET /api/exercises/:exercise/solutions. */
export const ProgramList = z.strictObject({
  exercise: Slug,
  sort: ProgramSort,
  page: z.int(),
  pages: z.int(),
  /** How many different programs are shared. */
  total: z.int(),
  programs: z.array(SharedProgram),
  own: OwnSharing.nullable(),
})
export type ProgramList = z.infer<typeof ProgramList>

/** Body of PUT /api/exercises/:exercise/solutions/own: which submission is shared, and whether under one's handle. */
export const ShareBody = z.strictObject({ submission: Id, signed: z.boolean() })
export type ShareBody = z.infer<typeof ShareBody>
