import { MAX_PEOPLE, MAX_SECTIONS } from '@/lib/contract/class-limits'
import type { RosterOutcome, RosterProblem } from '@/lib/contract/roster'
import type { ClassInvitation } from '@/lib/db/class-invitations'
import type { MemberRow } from '@/lib/db/class-members'
import type { ClassSection } from '@/lib/db/class-sections'
import { problem, type RosterLine } from './roster-parse'

/** The class that a roster is for. */
export interface RosterClass {
  members: readonly MemberRow[]
  invitations: readonly ClassInvitation[]
  sections: readonly ClassSection[]
  /** Of addresses that were removed and whose accounts are deleted; see addressHash. */
  barred: ReadonlySet<string>
  hashOf: (email: string) => string
}

/** What one line does, and to whom. */
export interface PlannedLine {
  line: RosterLine
  outcome: RosterOutcome
  member: MemberRow | null
  invitation: ClassInvitation | null
}

export interface RosterPlan {
  lines: PlannedLine[]
  /** Names of sections that the class does not have, each once, as first written. */
  newSections: string[]
  problems: RosterProblem[]
}

/** Section names that differ only in capitals or width are one section. */
export function sectionKey(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}

/** What a roster means for the class as it is; the lines have been read without a problem. */
export function planRoster(lines: readonly RosterLine[], state: RosterClass): RosterPlan {
  const { members, invitations, sections } = state
  const memberOf = new Map(members.map((member) => [member.user.email, member]))
  const invitationOf = new Map(invitations.map((each) => [each.email, each]))
  const sectionOf = new Map(sections.map((section) => [sectionKey(section.name), section]))
  const planned = lines.map((line): PlannedLine => {
    const member = memberOf.get(line.email) ?? null
    const invitation = member ? null : (invitationOf.get(line.email) ?? null)
    const known = member ?? invitation
    const section = line.section === null ? null : (sectionOf.get(sectionKey(line.section))?.id ?? 'new')
    const changes = known !== null && (differs(line.name, known.name ?? member?.user.name ?? null)
      || differs(line.externalId, known.externalId) || differs(section, known.sectionId))
    const outcome = known === null ? 'invite' : !changes ? 'unchanged' : member ? 'change-member' : 'change-invitation'
    return { line, outcome, member, invitation }
  })
  const newSections = [...new Map(lines.flatMap(({ section }) => {
    return section === null || sectionOf.has(sectionKey(section)) ? [] : [[sectionKey(section), section] as const]
  }).reverse()).values()].reverse()
  const problems = [
    ...planned.flatMap((each) => refusePerson(each, state)),
    ...findTakenIds(planned, [...members, ...invitations]),
    ...(sections.length + newSections.length > MAX_SECTIONS ? [problem(1, 'too-many-sections', 'section')] : []),
    ...(isCrowd(planned, state) ? [problem(1, 'class-full', null)] : []),
  ]
  return { lines: planned, newSections, problems }
}

/** A roster that says nothing leaves what is there. */
function differs(said: string | null, known: string | null): boolean {
  return said !== null && said !== known
}

function refusePerson({ line, member, invitation }: PlannedLine, { barred, hashOf }: RosterClass): RosterProblem[] {
  const role = member?.role ?? invitation?.role ?? 'student'
  if (role !== 'student') return [problem(line.line, 'is-staff', 'email', line.email)]
  if (member?.removedAt) return [problem(line.line, 'was-removed', 'email', line.email)]
  const isBarred = barred.size > 0 && member === null && invitation === null && barred.has(hashOf(line.email))
  return isBarred ? [problem(line.line, 'was-removed-and-left', 'email', line.email)] : []
}

function isCrowd(planned: readonly PlannedLine[], { members, invitations }: RosterClass): boolean {
  const present = members.filter(({ removedAt }) => removedAt === null).length
  return present + invitations.length + planned.filter(({ outcome }) => outcome === 'invite').length > MAX_PEOPLE
}

/** Lines whose external id somebody keeps who is not on the roster, or is there without another one. */
function findTakenIds(
  planned: readonly PlannedLine[], known: readonly (MemberRow | ClassInvitation)[],
): RosterProblem[] {
  const given = new Map<object, string | null>(planned.flatMap(({ line, member, invitation }) => {
    const person = member ?? invitation
    return person ? [[person, line.externalId] as const] : []
  }))
  const keeper = new Map(known.flatMap((person) => {
    const id = given.get(person) ?? person.externalId
    return id === person.externalId && id !== null ? [[id, person] as const] : []
  }))
  return planned.flatMap(({ line, member, invitation }) => {
    const holder = line.externalId === null ? undefined : keeper.get(line.externalId)
    if (!holder || holder === (member ?? invitation)) return []
    return [problem(line.line, 'taken', 'externalId', line.externalId ?? '')]
  })
}
