import { STREAM_OVER } from './access-table'
import { exemption, NOTHING, openSet } from './class-bodies'
import type { ClassAsker, ClassIds } from './class-site'
import type { Method } from './routes'

/** Roles of a class that are let in; site admins are instructors everywhere. */
type Within = Extract<ClassAsker, 'student' | 'assistant' | 'instructor'>

const ALL: Within[] = ['student', 'assistant', 'instructor']
const STAFF: Within[] = ['assistant', 'instructor']
const INSTRUCTOR: Within[] = ['instructor']

export interface ClassDoor {
  /** Path of the route's folder within app/api/classes/[class]. */
  route: string
  method: Method
  /** Values of the route's parameters; those of ClassIds are filled in from there. */
  params?: Record<string, string>
  /** A body in order. It asks for something that cannot be had, so that asking changes nothing. */
  body?: (ids: ClassIds) => unknown
  headers?: Record<string, string>
  lets: Within[]
}

/**
 * The written table of who may do what in a class. A route below app/api/classes/[class] that is not in it, and a line
 * without route, fail the test.
 */
export const CLASS_DOORS: ClassDoor[] = [
  { route: '', method: 'GET', lets: ALL },
  { route: '', method: 'PUT', body: () => ({ name: 'Back ends', term: '', timeZone: 'Europe/Berlin', graceDays: 0 }), lets: INSTRUCTOR },
  { route: 'log', method: 'GET', lets: INSTRUCTOR },
  { route: 'archive', method: 'PUT', body: () => ({ archived: false }), lets: INSTRUCTOR },

  { route: 'join-code', method: 'GET', lets: INSTRUCTOR },
  { route: 'join-code', method: 'PUT', body: () => ({ open: true, until: null }), lets: INSTRUCTOR },
  { route: 'join-code', method: 'POST', lets: INSTRUCTOR },
  { route: 'members', method: 'GET', lets: STAFF },
  { route: 'members', method: 'PUT', body: () => ({ userIds: [NOTHING], sectionId: null }), lets: INSTRUCTOR },
  { route: 'members/[user]', method: 'PATCH', params: { user: NOTHING }, body: () => ({ role: 'student' }), lets: INSTRUCTOR },
  { route: 'members/[user]/removal', method: 'PUT', params: { user: NOTHING }, body: () => ({ removed: true }), lets: INSTRUCTOR },
  { route: 'members/[user]/leaderboard', method: 'PUT', params: { user: NOTHING }, body: () => ({ offBoards: true }), lets: INSTRUCTOR },
  { route: 'sections', method: 'POST', body: () => ({ name: crypto.randomUUID() }), lets: INSTRUCTOR },
  { route: 'sections/[section]', method: 'PUT', params: { section: NOTHING }, body: () => ({ name: 'A' }), lets: INSTRUCTOR },
  { route: 'sections/[section]', method: 'DELETE', params: { section: NOTHING }, lets: INSTRUCTOR },
  { route: 'roster', method: 'POST', body: () => ({ csv: '' }), lets: INSTRUCTOR },
  { route: 'roster/preview', method: 'POST', body: () => ({ csv: '' }), lets: INSTRUCTOR },
  { route: 'invitations', method: 'POST', body: () => ({ email: `${crypto.randomUUID()}@example.org` }), lets: INSTRUCTOR },
  { route: 'invitations/[invitation]', method: 'DELETE', params: { invitation: NOTHING }, lets: INSTRUCTOR },

  { route: 'sets', method: 'GET', lets: ALL },
  { route: 'sets', method: 'POST', body: () => openSet('Another one'), lets: INSTRUCTOR },
  { route: 'sets/[set]', method: 'GET', lets: ALL },
  { route: 'sets/[set]', method: 'PUT', body: () => ({ ...openSet('Caches'), basedOn: new Date(0).toISOString() }), lets: INSTRUCTOR },
  { route: 'sets/[set]', method: 'DELETE', body: () => ({ title: 'not its title' }), lets: INSTRUCTOR },
  { route: 'sets/[set]/publish', method: 'POST', lets: INSTRUCTOR },
  { route: 'sets/[set]/preview', method: 'POST', body: () => openSet('Caches'), lets: INSTRUCTOR },
  { route: 'sets/[set]/duplicate', method: 'POST', body: (ids) => ({ classId: ids.class, days: 7 }), lets: INSTRUCTOR },
  { route: 'sets/[set]/log', method: 'GET', lets: STAFF },
  { route: 'sets/[set]/exceptions', method: 'GET', lets: STAFF },
  { route: 'sets/[set]/exceptions', method: 'PUT', body: () => exemption(NOTHING), lets: INSTRUCTOR },
  { route: 'sets/[set]/exceptions/[exception]', method: 'DELETE', params: { exception: NOTHING }, lets: INSTRUCTOR },
  { route: 'sets/[set]/exceptions/import', method: 'POST', body: () => ({ csv: 'x', apply: false }), lets: INSTRUCTOR },

  { route: 'leaderboard', method: 'GET', lets: ALL },
  { route: 'leaderboard/events', method: 'GET', headers: STREAM_OVER, lets: ALL },
  { route: 'leaderboard/settings', method: 'PUT', body: () => ({ mode: 'names', top: null }), lets: INSTRUCTOR },
  { route: 'leaderboard/alias', method: 'PUT', body: () => ({ aliasOnly: false }), lets: ['student'] },

  { route: 'gradebook', method: 'GET', lets: STAFF },
  { route: 'cells/[student]/[item]', method: 'GET', lets: STAFF },
  { route: 'cells/[student]/[item]/[submission]', method: 'GET', lets: STAFF },
  { route: 'comments', method: 'POST', body: () => ({ submission: NOTHING, line: null, body: 'Well done' }), lets: STAFF },
  { route: 'comments/[comment]', method: 'PUT', params: { comment: NOTHING }, body: () => ({ body: 'Well done' }), lets: STAFF },
  { route: 'comments/[comment]', method: 'DELETE', params: { comment: NOTHING }, lets: STAFF },
  {
    route: 'overrides', method: 'POST', lets: INSTRUCTOR,
    body: ({ item }) => ({ student: NOTHING, item, mark: 100, reason: 'oral exam', after: null }),
  },
  { route: 'overrides/[override]/undo', method: 'POST', params: { override: NOTHING }, body: () => ({ reason: 'a slip' }), lets: INSTRUCTOR },
  { route: 'export/csv', method: 'GET', lets: INSTRUCTOR },
  { route: 'export/json', method: 'GET', lets: INSTRUCTOR },
  { route: 'export/sets/[set]', method: 'GET', lets: INSTRUCTOR },

  { route: 'regrades', method: 'GET', lets: INSTRUCTOR },
  { route: 'regrades', method: 'POST', body: () => ({ exercise: 'lru-cache' }), lets: INSTRUCTOR },
  { route: 'regrades/[id]', method: 'GET', params: { id: NOTHING }, lets: INSTRUCTOR },
  { route: 'regrades/[id]/state', method: 'PUT', params: { id: NOTHING }, body: () => ({ state: 'stopped' }), lets: INSTRUCTOR },
  { route: 'regrades/[id]/apply', method: 'POST', params: { id: NOTHING }, body: () => ({ lower: false }), lets: INSTRUCTOR },

  { route: 'sets/[set]/analytics', method: 'GET', lets: STAFF },
  { route: 'sets/[set]/analytics/[exercise]', method: 'GET', params: { exercise: 'lru-cache' }, lets: STAFF },
  { route: 'sets/[set]/similarity/[exercise]', method: 'GET', params: { exercise: 'lru-cache' }, lets: STAFF },
  {
    route: 'sets/[set]/similarity/[exercise]/[one]/[other]', method: 'GET', lets: STAFF,
    params: { exercise: 'lru-cache', one: NOTHING, other: NOTHING.replace('8000', '8001') },
  },
]

/** Pages of a class: its path below /classes/:class, and who is shown it. To all others it does not exist. */
export const CLASS_PAGES: { path: string; lets: Within[] }[] = [
  { path: '', lets: ALL },
  { path: '/leaderboard', lets: ALL },
  { path: '/people', lets: STAFF },
  { path: '/people/import', lets: INSTRUCTOR },
  { path: '/settings', lets: INSTRUCTOR },
  { path: '/settings/log', lets: INSTRUCTOR },
  { path: '/regrades', lets: INSTRUCTOR },
  { path: '/sets/new', lets: INSTRUCTOR },
  { path: '/sets/:set', lets: ALL },
  { path: '/sets/:draft', lets: STAFF },
  { path: '/sets/:set/edit', lets: INSTRUCTOR },
  { path: '/sets/:set/exceptions', lets: STAFF },
  { path: '/gradebook', lets: STAFF },
  { path: '/gradebook/:student/:item', lets: STAFF },
  { path: '/analytics', lets: STAFF },
  { path: '/analytics/:set', lets: STAFF },
  { path: '/analytics/:set/lru-cache', lets: STAFF },
  { path: '/similarity/:set/lru-cache', lets: STAFF },
]
