import { z } from 'zod'
import { Slug } from './exercise'
import { Localized } from './localized'
import { ItemKind } from './problem-set'

/** Hundredths of a point, as all marks. */
const Mark = z.int().min(0)

/**
 * How a cell came to its mark. `none`: nothing was handed in. `failed` and `passed`: what counts was on time, and has
 * less than full score, or full score. `late`: what counts was late; or what was handed in came too late to count at
 * all. `queued`: a submission waits for its verdict, and the mark is what it was before. `overridden`: a person gave
 * the mark. `exempt`: the set is no part of the student's total.
 */
export const CELL_STATES = ['none', 'failed', 'passed', 'late', 'queued', 'overridden', 'exempt'] as const
export const CellState = z.enum(CELL_STATES)
export type CellState = z.infer<typeof CellState>

/**
 * One student and one item, short because there are so many: state, mark, late days, the submission that counts,
 * whether it is in the set's total.
 */
export const GradebookCell = z.tuple([CellState, Mark, z.int().min(0), z.uuid().nullable(), z.boolean()])
export type GradebookCell = z.infer<typeof GradebookCell>

export const GradebookStudent = z.strictObject({
  id: z.uuid(),
  /** As the roster calls them. */
  name: z.string(),
  email: z.string(),
  externalId: z.string().nullable(),
  sectionId: z.uuid().nullable(),
})
export type GradebookStudent = z.infer<typeof GradebookStudent>

export const GradebookItem = z.strictObject({
  id: z.uuid(),
  exercise: Slug,
  /** Null when the exercise is not in the catalogue any more. */
  title: Localized.nullable(),
  points: z.int(),
  kind: ItemKind,
})
export type GradebookItem = z.infer<typeof GradebookItem>

/** A published set, with dates as they are without exceptions. */
export const GradebookSet = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  opensAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  closesAt: z.iso.datetime(),
  pickCount: z.int(),
  /** Greatest total. */
  max: Mark,
  items: z.array(GradebookItem),
})
export type GradebookSet = z.infer<typeof GradebookSet>

/** A student's total of one set: mark, whether it is part of the class total, late days taken from the budget. */
export const GradebookTotal = z.tuple([Mark, z.boolean(), z.int().min(0)])
export type GradebookTotal = z.infer<typeof GradebookTotal>

export const GradebookRow = z.strictObject({
  total: Mark,
  max: Mark,
  graceDaysLeft: z.int().min(0),
  /** One for each set. */
  sets: z.array(GradebookTotal),
  /** One for each item of all sets, in their order. */
  cells: z.array(GradebookCell),
})
export type GradebookRow = z.infer<typeof GradebookRow>

/** Marks of a whole class as they are at this moment. Nothing in it is stored. */
export const Gradebook = z.strictObject({
  classId: z.uuid(),
  /** When it was computed. */
  at: z.iso.datetime(),
  timeZone: z.string(),
  graceDays: z.int(),
  sections: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
  /** In order of due times. */
  sets: z.array(GradebookSet),
  /** By name. */
  students: z.array(GradebookStudent),
  /** One for each student. */
  rows: z.array(GradebookRow),
})
export type Gradebook = z.infer<typeof Gradebook>

/** One exercise of a set as its student sees the mark. */
export const OwnCell = z.strictObject({
  itemId: z.uuid(),
  exercise: Slug,
  state: CellState,
  mark: Mark,
  /** Mark for full score on time. */
  max: Mark,
  submissionId: z.uuid().nullable(),
  lateDays: z.int().min(0),
  /** Credit of the submission that counts, in percent; 0 without one. */
  percent: z.int().min(0).max(100),
  /** Whether it is in the total of the set. */
  counts: z.boolean(),
})
export type OwnCell = z.infer<typeof OwnCell>

/** Marks of one student; sets that have not opened are not told of. */
export const OwnMarks = z.strictObject({
  total: Mark,
  max: Mark,
  graceDaysLeft: z.int().min(0),
  sets: z.array(z.strictObject({
    setId: z.uuid(),
    total: Mark,
    max: Mark,
    /** Late days that the set takes from the budget. */
    graceDays: z.int().min(0),
    exempt: z.boolean(),
    cells: z.array(OwnCell),
  })),
})
export type OwnMarks = z.infer<typeof OwnMarks>
