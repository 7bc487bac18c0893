import { z } from 'zod'
import { Slug } from './exercise'
import { Id } from './id'
import { LatePolicy } from './late-policy'
import { Localized } from './localized'
import { SubmissionState } from './submission'
import { Paragraphs } from './text'
import { VerdictView } from './verdict'

/*
 * What staff of a class see and say of one student's work on one exercise of a set: a cell of the gradebook.
 */

/** The highest mark that can be given by hand, hundredths of a point: what the most points of an exercise are worth. */
export const MAX_MARK = 1_000_000
export const MAX_COMMENT_LENGTH = 10_000
export const MAX_REASON_LENGTH = 500

/** A mark in hundredths of a point. */
const Mark = z.int().min(0)

const CommentText = Paragraphs.min(1).max(MAX_COMMENT_LENGTH)
const Reason = Paragraphs.min(1).max(MAX_REASON_LENGTH)
const Person = z.strictObject({ id: z.string(), name: z.string() })

/** Body of POST /api/classes/:class/comments. `line` counts from 1; null is about the submission as a whole. */
export const CommentBody = z.strictObject({
  submission: Id,
  line: z.int().min(1).nullable(),
  body: CommentText,
})
export type CommentBody = z.infer<typeof CommentBody>

/** Body of PUT /api/classes/:class/comments/:comment. */
export const CommentEditBody = z.strictObject({ body: CommentText })
export type CommentEditBody = z.infer<typeof CommentEditBody>

export const CommentView = z.strictObject({
  id: z.string(),
  submission: z.string(),
  line: z.int().nullable(),
  /** Plain text in paragraphs. */
  body: z.string(),
  /** Null when the account is gone. */
  author: Person.nullable(),
  /** Whether the reader wrote it, and so may change it and take it away. */
  own: z.boolean(),
  /** Whether the reader may take it away although its author is gone. */
  clearable: z.boolean(),
  createdAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
})
export type CommentView = z.infer<typeof CommentView>

/** A comment as the author of the submission sees it, who may be in several classes. */
export const ReceivedComment = CommentView.extend({ className: z.string() })
export type ReceivedComment = z.infer<typeof ReceivedComment>

/**
 * Body of POST /api/classes/:class/overrides. `mark` null goes back to the computed mark. `after` is the latest change
 * that the giver has seen, null for none: a change that came in between is not overwritten unseen.
 */
export const OverrideBody = z.strictObject({
  student: Id,
  item: Id,
  mark: Mark.max(MAX_MARK).nullable(),
  reason: Reason,
  after: Id.nullable(),
})
export type OverrideBody = z.infer<typeof OverrideBody>

/** Body of POST /api/classes/:class/overrides/:override/undo. */
export const UndoBody = z.strictObject({ reason: Reason })
export type UndoBody = z.infer<typeof UndoBody>

/** One change by hand; the latest one of a cell stands. */
export const OverrideView = z.strictObject({
  id: z.string(),
  /** Null took earlier ones back. */
  mark: Mark.nullable(),
  reason: z.string(),
  /** Null when the account is gone. */
  givenBy: Person.nullable(),
  givenAt: z.iso.datetime(),
})
export type OverrideView = z.infer<typeof OverrideView>

/**
 * Whether a submission counts for the mark, or why not. `less`: another one gives more, or as much earlier. `late`:
 * when nothing was to be had any more. `no-days`: too few grace days were left. `over-limit`: past the attempts that
 * count. `error`: a fault of ours. `waiting`: not graded yet.
 */
export const SubmissionStanding = z.enum(['counts', 'less', 'late', 'no-days', 'over-limit', 'error', 'waiting'])
export type SubmissionStanding = z.infer<typeof SubmissionStanding>

export const CellSubmission = z.strictObject({
  id: z.string(),
  submittedAt: z.iso.datetime(),
  state: SubmissionState,
  /** What counts of it; null for errors of ours and while it waits. */
  score: z.int().nullable(),
  maxScore: z.int().nullable(),
  /** Whether that is the score of a regrade. */
  regraded: z.boolean(),
  /** Which attempt since the opening it is, from 1; null for those that took none, such as faults of ours. */
  number: z.int().nullable(),
  lateDays: z.int().min(0),
  /** Share of the full mark that its time leaves, percent; null where it counts for nothing. */
  percent: z.number().nullable(),
  /** What it would give by itself; null where it counts for nothing. */
  mark: Mark.nullable(),
  standing: SubmissionStanding,
  /** Comments on it in this class. */
  comments: z.int(),
})
export type CellSubmission = z.infer<typeof CellSubmission>

export const CellView = z.strictObject({
  class: z.strictObject({ id: z.string(), name: z.string(), timeZone: z.string(), archived: z.boolean() }),
  student: Person.extend({ email: z.string(), externalId: z.string().nullable(), section: z.string().nullable() }),
  set: z.strictObject({ id: z.string(), title: z.string() }),
  item: z.strictObject({ id: z.string(), exercise: Slug, title: Localized.nullable(), points: z.int() }),
  /** What applies to this student, exceptions included. */
  terms: z.strictObject({
    opensAt: z.iso.datetime(),
    dueAt: z.iso.datetime(),
    closesAt: z.iso.datetime(),
    latePolicy: LatePolicy,
    attemptLimit: z.int().nullable(),
    exempt: z.boolean(),
    /** Whether they differ from those of the set by an exception. */
    excepted: z.boolean(),
  }),
  /** What stands. */
  mark: Mark,
  /** What it would be without any change by hand. */
  computed: Mark,
  overridden: z.boolean(),
  /** Those since the opening of the set, the latest first. What was before is none of the class's business. */
  submissions: z.array(CellSubmission),
  /** The latest first. */
  overrides: z.array(OverrideView),
  /** Students of the class before and after this one, by name. */
  previous: Person.nullable(),
  next: Person.nullable(),
  may: z.strictObject({ comment: z.boolean(), override: z.boolean() }),
})
export type CellView = z.infer<typeof CellView>

/** One submission of a cell with what was submitted. */
export const CellSource = z.strictObject({
  id: z.string(),
  exercise: Slug,
  submittedAt: z.iso.datetime(),
  state: SubmissionState,
  source: z.string(),
  /** The one whose score counts: the submission's own, or that of a regrade. */
  verdict: VerdictView.nullable(),
  /** The submission of the cell before it. */
  before: z.strictObject({ id: z.string(), submittedAt: z.iso.datetime(), source: z.string() }).nullable(),
  /** What the exercise begins with now; null when it is no longer offered. */
  starter: z.string().nullable(),
  comments: z.array(CommentView),
})
export type CellSource = z.infer<typeof CellSource>
