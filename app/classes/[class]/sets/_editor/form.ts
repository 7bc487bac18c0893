import type { CreditStep, LatePolicy } from '@/lib/contract/late-policy'
import type { ItemKind, Reveal, SetView } from '@/lib/contract/problem-set'
import { SetBody } from '@/lib/contract/problem-set'
import { addCalendarDays, localOf } from '@/lib/marks/local-time'
import { toInstant } from '../_components/to-instant'

/* What stands in the fields of the editor: numbers as they are typed, times by the clocks of the class. */

export interface FormStep {
  key: number
  until: string
  percent: string
}

export interface FormItem {
  exercise: string
  points: string
  kind: ItemKind
}

export interface SetForm {
  title: string
  intro: string
  opensAt: string
  dueAt: string
  closesAt: string
  late: LatePolicy['kind']
  /** Of late policy `per-day`. */
  percent: string
  floor: string
  /** Of late policy `grace-days`. */
  most: string
  steps: FormStep[]
  attemptLimit: string
  coolDownMinutes: string
  reveal: Reveal
  pickCount: string
  items: FormItem[]
}

/** A field or part of it that breaks a rule. */
export interface FormIssue {
  path: string
  rule: string
}

/** A new set: open from now, due in a week at a minute before midnight. */
export function newForm(now: number, zone: string): SetForm {
  const dueAt = `${localOf(addCalendarDays(now, 7, zone), zone).slice(0, 10)}T23:59`
  return {
    title: '', intro: '', opensAt: localOf(now, zone), dueAt, closesAt: dueAt,
    late: 'none', percent: '20', floor: '0', most: '3',
    steps: [], attemptLimit: '', coolDownMinutes: '0', reveal: 'now', pickCount: '1', items: [],
  }
}

export function formOf(set: SetView, zone: string): SetForm {
  const { latePolicy: policy } = set
  const local = (at: string) => localOf(Date.parse(at), zone)
  return {
    title: set.title,
    intro: set.intro,
    opensAt: local(set.opensAt),
    dueAt: local(set.dueAt),
    closesAt: local(set.closesAt),
    late: policy.kind,
    percent: policy.kind === 'per-day' ? String(policy.percent) : '20',
    floor: policy.kind === 'per-day' ? String(policy.floor) : '0',
    most: policy.kind === 'grace-days' ? String(policy.most) : '3',
    steps: policy.kind === 'timeline'
      ? policy.steps.map(({ until, percent }, key) => ({ key, until: local(until), percent: String(percent) }))
      : [],
    attemptLimit: set.attemptLimit === null ? '' : String(set.attemptLimit),
    coolDownMinutes: String(Math.round((set.coolDownSeconds / 60) * 100) / 100),
    reveal: set.reveal,
    pickCount: String(Math.max(1, set.pickCount)),
    items: set.items.map(({ exercise, points, kind }) => ({ exercise, points: String(points), kind })),
  }
}

/**
 * The set that the fields describe, or every rule that they break.
 * @param before the stored set: a time that still reads as it did stays the same to the millisecond
 */
export function readForm(form: SetForm, zone: string, before?: SetView): { body: SetBody } | { issues: FormIssue[] } {
  const choices = form.items.filter(({ kind }) => kind === 'choice').length
  const steps = before ? stepsOf(before).map(({ until }) => until) : []
  const known = before ? [before.opensAt, before.dueAt, before.closesAt, ...steps] : []
  const instant = (local: string) => toInstant(local, zone, known)
  const result = SetBody.safeParse({
    title: form.title,
    intro: form.intro.replace(/\r\n?/g, '\n'),
    opensAt: instant(form.opensAt),
    dueAt: instant(form.dueAt),
    closesAt: instant(form.closesAt),
    latePolicy: policyOf(form, instant),
    attemptLimit: form.attemptLimit.trim() === '' ? null : toNumber(form.attemptLimit),
    coolDownSeconds: toSeconds(form.coolDownMinutes),
    reveal: form.reveal,
    pickCount: choices === 0 ? 0 : toNumber(form.pickCount),
    items: form.items.map((item) => ({ ...item, points: toNumber(item.points) })),
  })
  if (result.success) return { body: result.data }
  return {
    issues: result.error.issues.map((issue) => {
      const rule: unknown = issue.code === 'custom' ? issue.params?.rule : undefined
      return { path: issue.path.join('.'), rule: typeof rule === 'string' ? rule : issue.code }
    }),
  }
}

function policyOf(form: SetForm, instant: (local: string) => string): unknown {
  switch (form.late) {
    case 'none': return { kind: 'none' }
    case 'per-day': return { kind: 'per-day', percent: toNumber(form.percent), floor: toNumber(form.floor) }
    case 'grace-days': return { kind: 'grace-days', most: toNumber(form.most) }
    case 'timeline': return {
      kind: 'timeline',
      steps: form.steps.map(({ until, percent }) => ({ until: instant(until), percent: toNumber(percent) })),
    }
  }
}

function stepsOf({ latePolicy }: SetView): CreditStep[] {
  return latePolicy.kind === 'timeline' ? latePolicy.steps : []
}

/** NaN, which no schema takes, for what is no whole number. */
function toNumber(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : NaN
}

/** Of minutes, which may have a fraction. */
function toSeconds(minutes: string): number {
  const match = /^(\d{1,5})(?:[.,](\d{1,2}))?$/.exec(minutes.trim())
  return match ? Math.round(Number(`${match[1]}.${match[2] ?? 0}`) * 60) : NaN
}
