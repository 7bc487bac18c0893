import { z } from 'zod'
import { Slug } from './exercise'
import { Localized } from './localized'
import { ItemKind } from './problem-set'
import { VerdictReason } from './verdict'

/** Hundredths of a point. */
const Mark = z.int().min(0)
const Count = z.int().min(0)

/** Somebody in the class, as the roster calls them. */
export const StudentRef = z.strictObject({ id: z.uuid(), name: z.string() })
export type StudentRef = z.infer<typeof StudentRef>

/** How many are from `from` to below `to`; a bin without `to` has all that are more, one with equal ends just that value. */
export const Bin = z.strictObject({ from: z.number(), to: z.number().nullable(), count: Count })
export type Bin = z.infer<typeof Bin>

/** Marks of those who have started, or were given one by hand. */
export const MarkDistribution = z.strictObject({
  /** Mark for full score on time. */
  max: Mark,
  /** In percent of `max`: ten equal bins, and one for full marks. */
  bins: z.array(Bin),
  notStarted: Count,
  /** Null when nobody has started. */
  mean: z.number().nullable(),
  median: z.number().nullable(),
})
export type MarkDistribution = z.infer<typeof MarkDistribution>

/** What keeps somebody from going on: a rule that the last submissions all break, or what ended them all. */
export const StuckStudent = z.strictObject({
  student: StudentRef,
  itemId: z.uuid(),
  exercise: Slug,
  rule: z.strictObject({ group: z.string(), name: z.string() }).nullable(),
  /** Where no rule says it, such as `compile-error`. */
  reason: VerdictReason.nullable(),
  /** Submissions in a row, up to now; MOST_LOOKED_AT stands for that many or more. */
  times: Count,
  /** Time of the last one. */
  at: z.iso.datetime(),
  submissionId: z.uuid(),
})
export type StuckStudent = z.infer<typeof StuckStudent>

/** One exercise of a set in figures. Students who are exempt are left out. */
export const ItemFigures = z.strictObject({
  itemId: z.uuid(),
  exercise: Slug,
  /** Null when the exercise is not in the catalogue any more. */
  title: Localized.nullable(),
  kind: ItemKind,
  max: Mark,
  students: Count,
  started: Count,
  /** With full score, on time or late. */
  passed: Count,
  stuck: Count,
  /** Of the marks of those who have started. */
  medianMark: z.number().nullable(),
  /** Up to the first pass, of those who have passed. */
  medianAttempts: z.number().nullable(),
  /** From the first submission to the first pass, milliseconds. */
  medianTimeMs: z.number().nullable(),
})
export type ItemFigures = z.infer<typeof ItemFigures>

const SetHead = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  opensAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  /** Whether it has opened. */
  opened: z.boolean(),
})

/** A published set on the list of a class. */
export const SetFigures = z.strictObject({
  set: SetHead,
  items: Count,
  /** Without those who are exempt. */
  students: Count,
  started: Count,
  max: Mark,
  medianMark: z.number().nullable(),
})
export type SetFigures = z.infer<typeof SetFigures>

/** A set of a class in figures, at this moment. */
export const SetAnalytics = z.strictObject({
  set: SetHead,
  at: z.iso.datetime(),
  students: Count,
  exempt: Count,
  marks: MarkDistribution,
  items: z.array(ItemFigures),
  /** Who has submitted nothing for any exercise of the set, by name. */
  notStarted: z.array(StudentRef),
  /** Those who have tried in vain most often first. */
  stuck: z.array(StuckStudent),
})
export type SetAnalytics = z.infer<typeof SetAnalytics>

/** A rule of the hidden tests. */
export const BrokenRule = z.strictObject({
  group: z.string(),
  name: z.string(),
  /** Who broke it at least once. */
  students: Count,
  /** Who breaks it with their last submission, and has not passed. */
  now: Count,
  submissions: Count,
})
export type BrokenRule = z.infer<typeof BrokenRule>

/** A misconception that the exercise names. */
export const NamedMisconception = z.strictObject({
  file: z.string(),
  /** What the exercise says of it; null when it does not know it any more. */
  hint: Localized.nullable(),
  students: Count,
  now: Count,
})
export type NamedMisconception = z.infer<typeof NamedMisconception>

/** An exercise of a set of a class in figures, at this moment. */
export const ItemAnalytics = z.strictObject({
  set: SetHead,
  at: z.iso.datetime(),
  figures: ItemFigures,
  marks: MarkDistribution,
  /** Milliseconds from the first submission to the first pass. The first bin, 0 to 0, are passes at once. */
  times: z.array(Bin),
  /** Submissions up to the first pass. */
  attempts: z.array(Bin),
  /** The rules that most have broken first. */
  rules: z.array(BrokenRule),
  misconceptions: z.array(NamedMisconception),
  notStarted: z.array(StudentRef),
  stuck: z.array(StuckStudent),
})
export type ItemAnalytics = z.infer<typeof ItemAnalytics>
