import type { ClassPeople, DepartureView, InvitationView, MemberView } from '@/lib/contract/class'

export const STATES = ['present', 'student', 'staff', 'unverified', 'awaited', 'removed', 'departed'] as const
export type State = (typeof STATES)[number]

/** A line of the list: somebody of the class, a place that is kept, or an account that was deleted. */
export type PersonEntry =
  | { kind: 'member'; key: string; member: MemberView }
  | { kind: 'awaited'; key: string; invitation: InvitationView }
  | { kind: 'departed'; key: string; departure: DepartureView }

export interface Filter {
  state: State
  /** Id; `none` for students without one, empty for all. */
  section: string
  search: string
}

/**
 * The lines that a filter leaves, by name.
 * @param tag of the language whose order of letters is meant, so that server and browser agree
 */
export function entriesOf(
  people: ClassPeople, { state, section, search }: Filter, tag: string,
): PersonEntry[] {
  const { compare } = new Intl.Collator(tag, { numeric: true })
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return linesOf(people, state)
    .filter((entry) => section === '' || sectionOf(entry) === section)
    .filter((entry) => words.every((word) => textOf(entry).includes(word)))
    .sort((a, b) => compare(nameOf(a), nameOf(b)))
}

function linesOf({ members, invitations, departures }: ClassPeople, state: State): PersonEntry[] {
  if (state === 'awaited') return invitations.map((invitation) => ({ kind: state, key: invitation.id, invitation }))
  if (state === 'departed') return departures.map((departure) => ({ kind: state, key: departure.id, departure }))
  return members.filter((member) => isIn(member, state))
    .map((member) => ({ kind: 'member', key: member.userId, member }))
}

/** How many lines each state has, whatever is searched. */
export function countStates(people: ClassPeople): Record<State, number> {
  const counts = STATES.map((state) => [state, linesOf(people, state).length] as const)
  return Object.fromEntries(counts) as Record<State, number>
}

function nameOf(entry: PersonEntry): string {
  if (entry.kind === 'member') return entry.member.name
  if (entry.kind === 'departed') return entry.departure.externalId ?? ''
  return entry.invitation.name ?? entry.invitation.email
}

function isIn({ role, removedAt, vouched }: MemberView, state: Exclude<State, 'awaited' | 'departed'>): boolean {
  if (state === 'removed') return removedAt !== null
  if (removedAt !== null) return false
  if (state === 'unverified') return !vouched
  return state === 'present' || (state === 'student') === (role === 'student')
}

function sectionOf(entry: PersonEntry): string {
  return whoIs(entry).sectionId ?? 'none'
}

function textOf(entry: PersonEntry): string {
  const parts = entry.kind === 'member' ? [entry.member.name, entry.member.accountName, entry.member.email]
    : entry.kind === 'awaited' ? [entry.invitation.name, entry.invitation.email] : []
  return [...parts, whoIs(entry).externalId].filter(Boolean).join('\n').toLowerCase()
}

function whoIs(entry: PersonEntry): MemberView | InvitationView | DepartureView {
  return entry.kind === 'member' ? entry.member : entry.kind === 'awaited' ? entry.invitation : entry.departure
}
