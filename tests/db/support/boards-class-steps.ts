import type { SetBody } from '@/lib/contract/problem-set'
import { archiveClass, changeSettings } from '@/lib/learn/classes/settings'
import { grantException, removeException } from '@/lib/learn/classes/exceptions'
import { joinByCode } from '@/lib/learn/classes/join'
import { assignSection, changeMember, setRemoved } from '@/lib/learn/classes/people'
import { createSection, deleteSection } from '@/lib/learn/classes/sections'
import { changeSet, createSet, deleteSet, publishSet } from '@/lib/learn/classes/set-changes'
import { saveClassBoards, setOffBoards } from '@/lib/learn/leaderboards/class-choices'
import { classBoard } from '@/lib/learn/leaderboards/class-board'
import { followCatalogue } from '@/lib/learn/leaderboards/follow-catalogue'
import { EXERCISES, TOPICS } from './boards-content'
import { pastMoment } from './boards-learner-steps'
import { addUser, type Pick, type Step, type World } from './boards-world'

const ZONES = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati']
const PAST = '2026-01-01T00:00:00.000Z'
const FUTURE = '2099-01-01T00:00:00.000Z'

type Class = World['classes'][number]

/** A step in one of the classes. */
function inClass(work: (world: World, pick: Pick, group: Class) => Promise<boolean | void>): Step {
  return async (world, pick) => {
    const group = pick(world.classes)
    return group ? work(world, pick, group) : false
  }
}

const listSets = ({ db }: World, { id }: Class) => db.problemSet.findMany({ where: { classId: id }, orderBy: { id: 'asc' } })
const listSections = ({ db }: World, { id }: Class) => db.classSection.findMany({ where: { classId: id }, orderBy: { name: 'asc' } })
const listStudents = ({ db }: World, { id, instructor }: Class) =>
  db.classMember.findMany({ where: { classId: id, userId: { not: instructor.id } }, orderBy: { userId: 'asc' } })

export function drawnSet(pick: Pick): SetBody {
  const opensAt = pick.number(5) === 0 ? FUTURE : PAST
  const [dueAt, closesAt] = opensAt === FUTURE || pick.number(2) === 0
    ? [FUTURE, FUTURE]
    : [pastMoment(pick), pastMoment(pick)].sort((a, b) => a.getTime() - b.getTime()).map((at) => at.toISOString())
  const chosen = EXERCISES.filter(() => pick.number(2) === 0)
  return {
    title: 'Week', intro: '', opensAt, dueAt: dueAt!, closesAt: closesAt!, latePolicy: { kind: 'none' }, attemptLimit: null,
    coolDownSeconds: 0, reveal: 'now', pickCount: 0,
    items: (chosen.length === 0 ? [pick(EXERCISES)!] : chosen).map((exercise) => ({ exercise, points: 5, kind: 'required' })),
  }
}

export const CLASS_STEPS: Record<string, Step> = {
  'a class chooses how it shows boards': inClass(async (_, pick, { id, instructor }) => {
    await saveClassBoards(instructor, id, { mode: pick(['off', 'names', 'names', 'pseudonyms'] as const)!, top: null })
  }),

  'a class moves to another zone': inClass(async (_, pick, { id, instructor }) => {
    await changeSettings(instructor, id, { name: 'Back ends', term: '', timeZone: pick(ZONES)!, graceDays: 0 })
  }),

  'a class is archived or brought back': inClass(async ({ db }, _, { id, instructor }) => {
    const { archivedAt } = await db.class.findUniqueOrThrow({ where: { id } })
    await archiveClass(instructor, id, archivedAt === null)
  }),

  'a set is published': inClass(async (_, pick, { id, instructor }) => {
    const set = await createSet(instructor, id, drawnSet(pick))
    await publishSet(instructor, id, set.id)
  }),

  'a set is planned': inClass(async (_, pick, { id, instructor }) => {
    await createSet(instructor, id, drawnSet(pick))
  }),

  'a set is changed': inClass(async (world, pick, group) => {
    const set = pick(await listSets(world, group))
    if (!set) return false
    await changeSet(group.instructor, group.id, set.id, { ...drawnSet(pick), basedOn: set.updatedAt.toISOString() })
  }),

  'a set is deleted': inClass(async (world, pick, group) => {
    const set = pick(await listSets(world, group))
    if (!set) return false
    await deleteSet(group.instructor, group.id, set.id, 'Week')
  }),

  /** Its opening comes: nothing else happens, and somebody looks at the board. */
  'a set opens': inClass(async (world, pick, group) => {
    const { id, instructor } = group
    const planned = (await listSets(world, group)).filter(({ opensAt }) => opensAt.getTime() > Date.now())
    const set = pick(planned) ?? await createSet(instructor, id, {
      ...drawnSet(pick), opensAt: FUTURE, dueAt: FUTURE, closesAt: FUTURE,
    })
    await publishSet(instructor, id, set.id)
    await world.db.problemSet.update({ where: { id: set.id }, data: { opensAt: PAST } })
    const look = classBoard(instructor, id, { span: 'all', from: 1 })
    // Without boards there is none to look at.
    await look.catch(() => {})
  }),

  'an exception is granted': inClass(async (world, pick, group) => {
    const set = pick(await listSets(world, group))
    const student = pick(await listStudents(world, group))
    const section = pick(await listSections(world, group))
    const target = pick.number(2) === 0 && section ? { kind: 'section' as const, id: section.id }
      : student ? { kind: 'student' as const, id: student.userId } : null
    if (!set || !target) return false
    const kind = pick.number(3)
    await grantException(group.instructor, group.id, set.id, {
      for: target, exempt: kind === 0, dueAt: null, attemptLimit: null, reason: '',
      closesAt: kind === 0 ? null : new Date(Math.max(set.closesAt.getTime(), pastMoment(pick).getTime())).toISOString(),
    })
  }),

  'an exception is taken back': inClass(async (world, pick, { id, instructor }) => {
    const exception = pick(await world.db.setException.findMany({ where: { set: { classId: id } }, orderBy: { id: 'asc' } }))
    if (!exception) return false
    await removeException(instructor, id, exception.setId, exception.id)
  }),

  'somebody joins': inClass(async (world, pick, { code }) => {
    const id = pick.number(3) === 0 ? await addUser(world) : pick(world.users)
    if (id === undefined) return false
    const { email } = await world.db.user.findUniqueOrThrow({ where: { id } })
    await joinByCode({ id, email }, code)
  }),

  'somebody is removed or restored': inClass(async (world, pick, group) => {
    const member = pick(await listStudents(world, group))
    if (!member) return false
    await setRemoved(group.instructor, group.id, member.userId, member.removedAt === null)
  }),

  'somebody gets another role': inClass(async (world, pick, group) => {
    const member = pick(await listStudents(world, group))
    if (!member) return false
    await changeMember(group.instructor, group.id, member.userId, { role: member.role === 'student' ? 'assistant' : 'student' })
  }),

  'somebody moves to a section': inClass(async (world, pick, group) => {
    const member = pick(await listStudents(world, group))
    if (!member) return false
    const section = pick([...(await listSections(world, group)), null])
    await assignSection(group.instructor, group.id, { userIds: [member.userId], sectionId: section?.id ?? null })
  }),

  'a section is made': inClass(async (_, pick, { id, instructor }) => {
    await createSection(instructor, id, `Section ${pick.number(5)}`)
  }),

  'a section is deleted': inClass(async (world, pick, group) => {
    const section = pick(await listSections(world, group))
    if (!section) return false
    await deleteSection(group.instructor, group.id, section.id)
  }),

  'somebody is kept off the boards of a class, or not': inClass(async (world, pick, group) => {
    const member = pick(await listStudents(world, group))
    if (!member) return false
    await setOffBoards(group.instructor, group.id, member.userId, !member.offBoards)
  }),
}

export const CATALOGUE_STEPS: Record<string, Step> = {
  async 'an exercise is removed, moved or brought back'({ content }, pick) {
    const exercise = pick(EXERCISES)!
    const { [exercise]: before, ...others } = content.layout
    const topic = pick([...TOPICS, undefined])
    if (topic === before) return false
    await content.change(topic === undefined ? others : { ...others, [exercise]: topic })
    await followCatalogue()
  },
}
