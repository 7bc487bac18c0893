import { z } from 'zod'
import { Slug } from './exercise'
import { Localized } from './localized'
import { StudentRef } from './analytics'

const Percent = z.number().min(0).max(100)

/** The submission by which somebody is compared. */
export const ComparedProgram = z.strictObject({
  submissionId: z.uuid(),
  student: StudentRef,
  /** Null for the class that is looked at. */
  otherClass: z.strictObject({ id: z.uuid(), name: z.string(), term: z.string() }).nullable(),
  submittedAt: z.iso.datetime(),
  score: z.int(),
  maxScore: z.int(),
})
export type ComparedProgram = z.infer<typeof ComparedProgram>

/** Two programs that share something. The one is of this class, the other may be of another. */
export const SimilarPair = z.strictObject({
  one: ComparedProgram,
  other: ComparedProgram,
  /** Part of the smaller program's fingerprints that the other has too. */
  percent: Percent,
  shared: z.int(),
  of: z.int(),
})
export type SimilarPair = z.infer<typeof SimilarPair>

const Compared = z.strictObject({
  setId: z.uuid(),
  setTitle: z.string(),
  exercise: Slug,
  title: Localized.nullable(),
  /** Pairs from here on are worth a look. */
  notablePercent: Percent,
  /** What half of all pairs, and 99 of 100, do not exceed; null when there are none. */
  typical: z.strictObject({ half: Percent, almostAll: Percent }).nullable(),
})

/** How alike the programs for one exercise of a set are. It shows places to look, and says nothing of how they came about. */
export const SimilarityView = Compared.extend({
  at: z.iso.datetime(),
  /** Programs of this class. */
  programs: z.int(),
  /** Programs of other classes of which the viewer is staff. */
  others: z.int(),
  /** Those that were left out because there are too many. */
  othersLeftOut: z.int(),
  pairsCompared: z.int(),
  /** How many pairs are worth a look, shown or not. */
  pairsNotable: z.int(),
  /** Who wrote too little of their own to be compared. */
  tooSmall: z.array(StudentRef),
  /** The most alike first; MOST_PAIRS at most. */
  pairs: z.array(SimilarPair),
})
export type SimilarityView = z.infer<typeof SimilarityView>

/** Most pairs that are shown. */
export const MOST_PAIRS = 100

/** Lines of a source from 1, both included. */
export const Lines = z.strictObject({ from: z.int(), to: z.int() })
export type Lines = z.infer<typeof Lines>

/** A stretch that both programs have. */
export const MatchedRegion = z.strictObject({ one: Lines, other: Lines, tokens: z.int() })
export type MatchedRegion = z.infer<typeof MatchedRegion>

/** Two programs side by side. */
export const SimilarityDetail = Compared.extend({
  one: ComparedProgram.extend({ source: z.string() }),
  other: ComparedProgram.extend({ source: z.string() }),
  percent: Percent,
  shared: z.int(),
  of: z.int(),
  /** In the order of the one. */
  regions: z.array(MatchedRegion),
})
export type SimilarityDetail = z.infer<typeof SimilarityDetail>
