import type { ClassPeople, InvitationView, MemberView } from '@/lib/contract/class'

export const STATES = ['present', 'student', 'staff', 'awaited', 'removed'] as const
export type State = (typeof STATES)[number]

/** A line of the list: somebody of the class, or a place that is kept. */
export type PersonEntry =
  | { kind: 'member'; key: string; member: MemberView }
  | { kind: 'awaited'; key: string; invitation: InvitationView }

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
  { members, invitations }: ClassPeople, { state, section, search }: Filter, tag: string,
): PersonEntry[] {
  const { compare } = new Intl.Collator(tag, { numeric: true })
  const all: PersonEntry[] = [
    ...members.filter((member) => isIn(member, state)).map((member) => ({ kind: 'member' as const, key: member.userId, member })),
    ...(state === 'awaited' ? invitations : []).map((invitation) => ({ kind: 'awaited' as const, key: invitation.id, invitation })),
  ]
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return all
    .filter((entry) => section === '' || sectionOf(entry) === section)
    .filter((entry) => words.every((word) => textOf(entry).includes(word)))
    .sort((a, b) => compare(nameOf(a), nameOf(b)))
}

/** How many lines each state has, whatever is searched. */
export function countStates(people: ClassPeople): Record<State, number> {
  const count = (state: State) => people.members.filter((member) => isIn(member, state)).length
  return {
    present: count('present'), student: count('student'), staff: count('staff'), removed: count('removed'),
    awaited: people.invitations.length,
  }
}

function nameOf(entry: PersonEntry): string {
  return entry.kind === 'member' ? entry.member.name : (entry.invitation.name ?? entry.invitation.email)
}

function isIn({ role, removedAt }: MemberView, state: State): boolean {
  if (state === 'removed') return removedAt !== null
  if (removedAt !== null || state === 'awaited') return false
  return state === 'present' || (state === 'student') === (role === 'student')
}

function sectionOf(entry: PersonEntry): string {
  return (entry.kind === 'member' ? entry.member.sectionId : entry.invitation.sectionId) ?? 'none'
}

function textOf(entry: PersonEntry): string {
  const parts = entry.kind === 'member'
    ? [entry.member.name, entry.member.accountName, entry.member.email, entry.member.externalId]
    : [entry.invitation.name, entry.invitation.email, entry.invitation.externalId]
  return parts.filter(Boolean).join('\n').toLowerCase()
}
