import { ClassView, JoinView } from '@/lib/contract/class'
import { SetPlace, SetView } from '@/lib/contract/problem-set'
import { setRole } from '@/lib/learn/accounts'
import { LRU_SOURCE, openSet } from './class-bodies'
import type { Visitor } from './visitor'

/**
 * Everybody who may stand before the door of a class. `outsider` is in no class, `elsewhere` a student of another one,
 * `elsewhereStaff` the instructor of that one, `removed` was a student, `admin` is admin of the site and in no class.
 */
export const CLASS_ASKERS = [
  'nobody', 'outsider', 'elsewhere', 'elsewhereStaff', 'removed', 'student', 'assistant', 'instructor', 'admin',
] as const
export type ClassAsker = (typeof CLASS_ASKERS)[number]

/** Ids of a class with a published set of one exercise, to which one student has submitted. */
export interface ClassIds {
  class: string
  set: string
  draft: string
  item: string
  student: string
  submission: string
}

export interface ClassSite {
  askers: Record<ClassAsker, Visitor>
  ids: ClassIds
}

/** Makes two classes and everybody around them, over the API alone but for the roles of the site. */
export async function makeClassSite(visitor: () => Visitor): Promise<ClassSite> {
  const askers = Object.fromEntries(CLASS_ASKERS.map((asker) => [asker, visitor()])) as Record<ClassAsker, Visitor>
  const users = {} as Record<ClassAsker, string>
  for (const asker of CLASS_ASKERS) {
    if (asker !== 'nobody') users[asker] = (await askers[asker].signUp({ name: asker })).id
  }
  await setRole(users.instructor, 'instructor')
  await setRole(users.elsewhereStaff, 'instructor')
  await setRole(users.admin, 'admin')

  const own = await openClass(askers.instructor)
  const other = await openClass(askers.elsewhereStaff)
  for (const asker of ['student', 'assistant', 'removed'] as const) await join(askers[asker], own.code)
  await join(askers.elsewhere, other.code)
  const members = `/api/classes/${own.id}/members`
  await must(askers.instructor, `${members}/${users.assistant}`, 'PATCH', { role: 'assistant' })
  await must(askers.instructor, `${members}/${users.removed}/removal`, 'PUT', { removed: true })

  const sets = `/api/classes/${own.id}/sets`
  const set = SetPlace.parse(await must(askers.instructor, sets, 'POST', openSet('Caches'))).id
  const draft = SetPlace.parse(await must(askers.instructor, sets, 'POST', openSet('Not yet'))).id
  const published = SetView.parse(await must(askers.instructor, `${sets}/${set}/publish`, 'POST'))
  await must(askers.instructor, `/api/classes/${own.id}/leaderboard/settings`, 'PUT', { mode: 'names', top: null })
  const submitted = await must(askers.student, '/api/submissions', 'POST', { exercise: 'lru-cache', source: LRU_SOURCE })
  return {
    askers,
    ids: {
      class: own.id,
      set,
      draft,
      item: published.items[0]?.id ?? '',
      student: users.student,
      submission: (submitted as { id: string }).id,
    },
  }
}

async function openClass(instructor: Visitor): Promise<{ id: string; code: string }> {
  const { id } = ClassView.parse(await must(instructor, '/api/classes', 'POST', { name: 'Back ends', timeZone: 'Europe/Berlin' }))
  const { code } = JoinView.parse(await must(instructor, `/api/classes/${id}/join-code`, 'GET'))
  return { id, code }
}

async function join(visitor: Visitor, code: string): Promise<void> {
  await must(visitor, '/api/classes/join', 'POST', { code })
}

async function must(visitor: Visitor, path: string, method: string, body?: unknown): Promise<unknown> {
  const answer = await visitor.call(path, { method, body })
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
  return answer.json
}
