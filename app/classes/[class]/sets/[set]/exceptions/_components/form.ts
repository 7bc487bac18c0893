import type { SetView } from '@/lib/contract/problem-set'
import type { ExceptionTargets, ExceptionView } from '@/lib/contract/set-exception'
import { localOf } from '@/lib/marks/local-time'
import { toInstant } from '../../../_components/to-instant'

/** The fields of an exception, as they are typed. */
export interface ExceptionForm {
  /** Kind and id with a space between; empty for nobody yet. */
  who: string
  due: string
  closes: string
  attempts: string
  exempt: boolean
  reason: string
}

export const EMPTY: ExceptionForm = { who: '', due: '', closes: '', attempts: '', exempt: false, reason: '' }

/** What the form rests on. */
export interface FormBase {
  set: Pick<SetView, 'dueAt' | 'closesAt' | 'attemptLimit'>
  exceptions: readonly ExceptionView[]
  targets: ExceptionTargets
  zone: string
}

/** The exception that holds for somebody now, which a new one takes the place of: their own, else the section's. */
export function findHeld({ exceptions, targets }: FormBase, who: string): ExceptionView | null {
  const [kind, id] = who.split(' ')
  const own = exceptions.find((each) => each.for.kind === kind && each.for.id === id)
  const sectionId = kind === 'student' ? targets.students.find((each) => each.id === id)?.sectionId : null
  const ofSection = exceptions.find((each) => each.for.kind === 'section' && each.for.id === sectionId)
  return own ?? ofSection ?? null
}

/** The fields as they are for somebody now, as far as that is more than the set grants everybody. */
export function formFor(base: FormBase, who: string): ExceptionForm {
  const held = findHeld(base, who)
  if (!held) return { ...EMPTY, who }
  const { set, zone } = base
  const local = (at: string | null, least: string) => {
    return at !== null && Date.parse(at) > Date.parse(least) ? localOf(Date.parse(at), zone) : ''
  }
  const isMore = held.attemptLimit !== null && held.attemptLimit > (set.attemptLimit ?? Infinity)
  return {
    who,
    due: local(held.dueAt, set.dueAt),
    closes: local(held.closesAt, set.closesAt),
    attempts: isMore ? String(held.attemptLimit) : '',
    exempt: held.exempt,
    // Why the section has it is not why the student has.
    reason: `${held.for.kind} ${held.for.id}` === who ? held.reason : '',
  }
}

export function isEmpty({ exempt, due, closes, attempts }: ExceptionForm): boolean {
  return !exempt && due === '' && closes === '' && attempts.trim() === ''
}

/** The body of the request. Moments that are known keep their seconds. */
export function bodyOf(form: ExceptionForm, base: FormBase) {
  const held = findHeld(base, form.who)
  const known = [held?.dueAt, held?.closesAt, base.set.dueAt, base.set.closesAt].filter((at) => typeof at === 'string')
  const instant = (local: string) => (local === '' ? null : toInstant(local, base.zone, known))
  const [kind, id] = form.who.split(' ')
  return {
    for: { kind, id },
    dueAt: instant(form.due),
    closesAt: instant(form.closes),
    attemptLimit: form.attempts.trim() === '' ? null : Number(form.attempts),
    exempt: form.exempt,
    reason: form.reason,
  }
}
