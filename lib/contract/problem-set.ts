import { z } from 'zod'
import { Slug } from './exercise'
import { Id } from './id'
import { LatePolicy } from './late-policy'
import { Moment } from './moment'
import { Line, Paragraphs } from './text'

export const REVEALS = ['now', 'after_due', 'never'] as const
/** When students see the titles of the rules that hidden tests check. Points of groups are always told. */
export const Reveal = z.enum(REVEALS)
export type Reveal = z.infer<typeof Reveal>

export const ITEM_KINDS = ['required', 'optional', 'choice'] as const
export const ItemKind = z.enum(ITEM_KINDS)
export type ItemKind = z.infer<typeof ItemKind>

export const MAX_SET_ITEMS = 100
export const MAX_ITEM_POINTS = 10_000
export const MAX_ATTEMPTS = 1_000
export const MAX_COOL_DOWN_SECONDS = 7 * 86_400
export const MAX_TITLE = 120
export const MAX_INTRO = 5_000
/** Calendar days by which the dates of a copy may be moved, either way. */
export const MAX_SHIFT_DAYS = 3_660

export const AttemptLimit = z.int().min(1).max(MAX_ATTEMPTS)

/** One exercise of a set, as its instructor enters it. */
export const SetItemBody = z.strictObject({
  exercise: Slug,
  points: z.int().min(0).max(MAX_ITEM_POINTS),
  kind: ItemKind,
})
export type SetItemBody = z.infer<typeof SetItemBody>

const Fields = z.strictObject({
  title: Line.min(1).max(MAX_TITLE),
  intro: Paragraphs.max(MAX_INTRO),
  opensAt: Moment,
  dueAt: Moment,
  closesAt: Moment,
  latePolicy: LatePolicy,
  /** Graded submissions of one exercise that count; null for any number. */
  attemptLimit: AttemptLimit.nullable(),
  coolDownSeconds: z.int().min(0).max(MAX_COOL_DOWN_SECONDS),
  reveal: Reveal,
  /** How many of the exercises of kind `choice` count; 0 when there are none. */
  pickCount: z.int().min(0).max(MAX_SET_ITEMS),
  /** In order. */
  items: z.array(SetItemBody).max(MAX_SET_ITEMS),
})

/** Body of POST /api/classes/:class/sets: all that an instructor decides of a set. */
export const SetBody = Fields.superRefine(checkTogether)
export type SetBody = z.infer<typeof SetBody>

/** Body of PUT /api/classes/:class/sets/:set: the set as it is to be, and which version of it was edited. */
export const SetChangeBody = Fields.extend({ basedOn: z.iso.datetime() }).superRefine(checkTogether)
export type SetChangeBody = z.infer<typeof SetChangeBody>

/** What no field can say by itself. */
function checkTogether(set: z.infer<typeof Fields>, context: z.RefinementCtx): void {
  const fail = (path: PropertyKey[], rule: string, message: string) => {
    context.addIssue({ code: 'custom', path, message, params: { rule } })
  }
  const [opensAt, dueAt, closesAt] = [set.opensAt, set.dueAt, set.closesAt].map((at) => Date.parse(at))
  if (dueAt! < opensAt!) fail(['dueAt'], 'due-before-opening', 'must not be before it opens')
  if (closesAt! < dueAt!) fail(['closesAt'], 'closes-before-due', 'must not be before it is due')
  const seen = new Set<string>()
  set.items.forEach(({ exercise }, index) => {
    if (seen.has(exercise)) fail(['items', index, 'exercise'], 'twice', 'is in the set already')
    seen.add(exercise)
  })
  const choices = set.items.filter(({ kind }) => kind === 'choice').length
  if (set.pickCount > choices || (choices > 0 && set.pickCount === 0)) {
    const message = `must be from ${Math.min(1, choices)} to ${choices}, the number of choices`
    fail(['pickCount'], 'pick-out-of-range', message)
  }
}

/** What every reader of a set sees of one of its exercises. */
export const SetItemView = SetItemBody.extend({ id: z.uuid() })
export type SetItemView = z.infer<typeof SetItemView>

/**
 * A set. To a student, dates, late policy and attempt limit are those that hold for them, and before the opening there
 * is neither an intro nor an exercise; to staff they are the set's own.
 */
export const SetView = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  intro: z.string(),
  opensAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  closesAt: z.iso.datetime(),
  latePolicy: LatePolicy,
  attemptLimit: z.int().nullable(),
  coolDownSeconds: z.int(),
  reveal: Reveal,
  pickCount: z.int(),
  items: z.array(SetItemView),
  /** Null while it is a draft, which students never see. */
  publishedAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime(),
  /** The set is no part of this student's total; always false for staff. */
  exempt: z.boolean(),
  /** What holds for this student differs from what holds for the class; always false for staff. */
  excepted: z.boolean(),
  /** How many students and sections have exceptions; null for students. */
  exceptions: z.int().nullable(),
})
export type SetView = z.infer<typeof SetView>

/** How often a student has submitted one exercise of a set, and when they may again. */
export const AttemptsView = z.strictObject({
  exercise: Slug,
  /** Submissions since the opening that count, those that wait for their verdict included. */
  used: z.int(),
  /** When the pause after the last one ends; null when there is none to wait for. */
  nextAt: z.iso.datetime().nullable(),
})
export type AttemptsView = z.infer<typeof AttemptsView>

/** Body of POST .../duplicate: a draft in the same class or another one. */
export const DuplicateBody = z.strictObject({
  classId: Id,
  days: z.int().min(-MAX_SHIFT_DAYS).max(MAX_SHIFT_DAYS),
})
export type DuplicateBody = z.infer<typeof DuplicateBody>

/** Body of DELETE of a set: its title, typed, once it is published; drafts need none. */
export const DeleteSetBody = z.strictObject({ title: z.string().optional() })

/** Where a set is. */
export const SetPlace = z.strictObject({ classId: z.uuid(), id: z.uuid() })
export type SetPlace = z.infer<typeof SetPlace>

/** A change of somebody's mark, in hundredths of a point. */
const MarkChange = z.strictObject({ before: z.int(), after: z.int() })

/** Whose marks a change of a set would change, and by how much. Nothing is stored by asking. */
export const SetPreview = z.strictObject({
  /** How many students there are. */
  students: z.int(),
  raised: z.int(),
  lowered: z.int(),
  /** Greatest total of the set, for everybody without exceptions. */
  max: MarkChange,
  /** Those whose marks change, the greatest loss first. */
  changes: z.array(z.strictObject({
    userId: z.uuid(),
    name: z.string(),
    /** Of this set. */
    set: MarkChange,
    /** Of the class as a whole: late days taken here are missing elsewhere. */
    total: MarkChange,
  })),
  /** Marks that were given by hand on exercises that would go, and so would go too. */
  overridesLost: z.int(),
  /** Whose exceptions would have no effect any more, as the set would grant everybody as much. */
  overtaken: z.array(z.strictObject({ for: z.enum(['student', 'section']), name: z.string() })),
})
export type SetPreview = z.infer<typeof SetPreview>

/** Students who have attempted exercises of a draft since its opening, which counts at once when it is published. */
export interface EarlyAttempts {
  /** How many have. */
  students: number
  /** How many of them have no attempt left for some exercise. */
  spent: number
}

/** One line of the log of a set. */
export const SetLogEntry = z.strictObject({
  at: z.iso.datetime(),
  actor: z.string().nullable(),
  action: z.string(),
  detail: z.record(z.string(), z.unknown()),
})
export type SetLogEntry = z.infer<typeof SetLogEntry>
