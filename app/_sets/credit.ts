import type { SetView } from '@/lib/contract/problem-set'
import { addCalendarDays } from '@/lib/marks/local-time'
import { creditAt } from '@/lib/marks/marks'
import type { Terms } from '@/lib/marks/terms'

/** A time in which credit stays the same: after `from`, up to and at `to`, milliseconds. */
export interface Stretch {
  from: number
  to: number
  /** 0 where nothing counts any more. */
  percent: number
  lateDays: number
}

/** What holds for the viewer of a set, as the computing of marks wants it. */
export function termsOfView(view: Pick<SetView, keyof Terms & keyof SetView>, timeZone: string): Terms {
  const { latePolicy, attemptLimit, exempt } = view
  return {
    latePolicy, attemptLimit, exempt, timeZone,
    opensAt: Date.parse(view.opensAt),
    dueAt: Date.parse(view.dueAt),
    closesAt: Date.parse(view.closesAt),
  }
}

/** Credit from the opening to the close, in order and without gaps. */
export function creditStretches(terms: Terms): Stretch[] {
  const stretches: Stretch[] = []
  let from = terms.opensAt
  for (const to of boundaries(terms)) {
    const credit = creditAt(terms, to)
    const percent = credit?.percent ?? 0
    const lateDays = percent === 0 ? 0 : (credit?.lateDays ?? 0)
    const last = stretches.at(-1)
    const isAlike = last?.percent === percent
      && (last.lateDays === lateDays || terms.latePolicy.kind !== 'grace-days')
    if (last && isAlike) last.to = to
    else stretches.push({ from, to, percent, lateDays })
    from = to
  }
  return stretches
}

/** The moments after which credit may be another one, the close as the last of them. */
function boundaries({ opensAt, dueAt, closesAt, latePolicy, timeZone }: Terms): number[] {
  const days = latePolicy.kind === 'per-day' ? Math.ceil((100 - latePolicy.floor) / latePolicy.percent)
    : latePolicy.kind === 'grace-days' ? latePolicy.most : 0
  const late = Array.from({ length: days }, (_, index) => addCalendarDays(dueAt, index + 1, timeZone))
  const steps = latePolicy.kind === 'timeline' ? latePolicy.steps.map(({ until }) => Date.parse(until)) : [dueAt]
  const all = [...steps, ...late].filter((at) => at > opensAt && at < closesAt)
  return [...new Set([...all, closesAt])].sort((a, b) => a - b)
}

/** Where somebody stands in a set at a moment. */
export interface Standing {
  phase: 'upcoming' | 'open' | 'late' | 'closed'
  /** What the phase waits for: the opening, or the next loss of credit, or the close; null once it is closed. */
  nextAt: number | null
  /** Credit of what is submitted now, in percent; 0 outside of the time from opening to close. */
  percent: number
  lateDays: number
  /** Credit after `nextAt`; 0 after the close. */
  nextPercent: number
}

/** Where the viewer of a set stands; the sets of an archived class are closed, whatever their dates say. */
export function standingIn(
  { timeZone, archivedAt }: { timeZone: string; archivedAt: string | null }, set: Parameters<typeof termsOfView>[0],
  now: number,
): Standing {
  return archivedAt === null ? standingAt(termsOfView(set, timeZone), now) : CLOSED
}

const NO_CREDIT = { percent: 0, lateDays: 0, nextPercent: 0 }
const CLOSED: Standing = { ...NO_CREDIT, phase: 'closed', nextAt: null }

export function standingAt(terms: Terms, now: number): Standing {
  const stretches = creditStretches(terms)
  if (now < terms.opensAt) {
    return { ...NO_CREDIT, phase: 'upcoming', nextAt: terms.opensAt, nextPercent: stretches[0]?.percent ?? 0 }
  }
  if (now > terms.closesAt) return CLOSED
  const place = stretches.findIndex(({ to }) => now <= to)
  const { percent, lateDays, to } = stretches[place]!
  const phase = now <= terms.dueAt || place === 0 ? 'open' : 'late'
  return { phase, percent, lateDays, nextAt: to, nextPercent: stretches[place + 1]?.percent ?? 0 }
}
