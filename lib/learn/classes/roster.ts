import type { Viewer } from '@/lib/contract/account'
import { ProblemError } from '@/lib/contract/problem'
import type { RosterReport } from '@/lib/contract/roster'
import { listDepartures } from '@/lib/db/class-departures'
import { listInvitations } from '@/lib/db/class-invitations'
import { listMembers } from '@/lib/db/class-members'
import { createInvitations, fillInInvitations, fillInMembers } from '@/lib/db/class-roster'
import { createSections, listSections } from '@/lib/db/class-sections'
import { lockClass } from '@/lib/db/classes'
import type { Queries } from '@/lib/db/client'
import { addressHash } from './address-hash'
import { countUse } from './count-use'
import { changeClass, enterClass, type Entry } from './enter-class'
import { logChange } from './log-change'
import { parseRoster, type ParsedRoster } from './roster-parse'
import { planRoster, sectionKey, type RosterClass, type RosterPlan } from './roster-plan'

type Person = Pick<Viewer, 'id' | 'role'>

/** Most problems that are told one by one. */
const MAX_PROBLEMS = 200

/**
 * What importing a roster would do, with every problem by line. Changes nothing.
 * @throws ProblemError `too-many-requests`
 */
export function previewRoster(viewer: Person, classId: string, csv: string): Promise<RosterReport> {
  return enterClass(viewer, classId, 'people.manage', async (db, entry) => {
    await countUse(entry, 'roster')
    return (await readRoster(db, classId, parseRoster(csv))).report
  })
}

/**
 * Imports a roster: places are kept for addresses that are new, and what the roster says of the others is filled in.
 * All of it, or with any problem nothing.
 * @throws ProblemError `bad-request` with the first problems, see previewRoster; `too-many-requests`
 */
export async function importRoster(viewer: Person, classId: string, csv: string): Promise<RosterReport> {
  // Files are read for those who may import them, and while no connection waits for that.
  await enterClass(viewer, classId, 'people.manage', (_, entry) => countUse(entry, 'roster'))
  const file = parseRoster(csv)
  return changeClass(viewer, classId, 'people.manage', async (db, entry) => {
    await lockClass(db, classId)
    const { report, plan, state } = await readRoster(db, classId, file)
    if (report.problemCount > 0) throw refused(report)
    await carryOut(db, entry, plan, state)
    const count = (outcome: string) => plan.lines.filter((each) => each.outcome === outcome).length
    await logChange(db, entry, 'class.roster-imported', {
      invited: count('invite'), changed: count('change-member') + count('change-invitation'),
      unchanged: count('unchanged'), sections: plan.newSections,
    })
    return report
  })
}

async function readRoster(
  db: Queries, classId: string, { lines, ignoredColumns, problems }: ParsedRoster,
): Promise<{ report: RosterReport; plan: RosterPlan; state: RosterClass }> {
  const [members, invitations, sections, departures] = await Promise.all([
    listMembers(db, classId), listInvitations(db, classId), listSections(db, classId), listDepartures(db, classId),
  ])
  const barred = new Set(departures.flatMap(({ removed, addressHash: hash }) => (removed ? [hash] : [])))
  const state = { members, invitations, sections, barred, hashOf: (email: string) => addressHash(classId, email) }
  const plan = planRoster(lines, state)
  const all = [...problems, ...plan.problems].sort((a, b) => a.line - b.line)
  const report = {
    people: plan.lines.map(({ line, outcome }) => ({ ...line, outcome })),
    newSections: plan.newSections,
    ignoredColumns: [...ignoredColumns],
    problems: all.slice(0, MAX_PROBLEMS),
    problemCount: all.length,
  }
  return { report, plan, state }
}

async function carryOut(db: Queries, { class: { id: classId }, userId }: Entry, plan: RosterPlan, state: RosterClass) {
  const made = await createSections(db, classId, plan.newSections)
  const idOf = new Map([...state.sections, ...made].map(({ id, name }) => [sectionKey(name), id]))
  const changes = plan.lines.filter(({ outcome }) => outcome !== 'unchanged').map(({ line, ...each }) => {
    const { email, name, externalId, section } = line
    const sectionId = section === null ? null : (idOf.get(sectionKey(section)) ?? null)
    return { ...each, email, values: { name, externalId, sectionId } }
  })
  await fillInMembers(db, classId, changes.flatMap(({ member, values }) => {
    return member ? [{ ...values, userId: member.userId }] : []
  }))
  await fillInInvitations(db, classId, changes.flatMap(({ invitation, values }) => {
    return invitation ? [{ ...values, id: invitation.id }] : []
  }))
  const fresh = changes.filter(({ outcome }) => outcome === 'invite')
  await createInvitations(db, fresh.map(({ email, values }) => {
    return { ...values, email, classId, role: 'student' as const, invitedBy: userId }
  }))
}

function refused({ problems, problemCount }: RosterReport): ProblemError {
  const issues = problems.slice(0, 20).map(({ line, rule, column }) => {
    return { path: `line ${line}${column ? ` ${column}` : ''}`, rule, message: `${rule} in line ${line}` }
  })
  const message = `Nothing was imported: the roster has ${problemCount} problems. Ask for the preview to see them all.`
  return new ProblemError('bad-request', message, { issues })
}
