/** Who gets in at the door of a route: `nobody` is a visitor without a session. */
export type Asker = 'nobody' | 'learner' | 'instructor' | 'admin'

export interface Door {
  /** Path of the route's folder within app/. */
  route: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** An address of it that names something which exists. */
  path: string
  body?: unknown
  headers?: Record<string, string>
  /** What each asker is answered. */
  answers: Record<Asker, number>
  /** Whether pages of other sites are kept out because it changes something. */
  changes?: true
  /** What browsers may keep, if anything. */
  cache?: string
}

const EVERYBODY = (status: number) => ({ nobody: status, learner: status, instructor: status, admin: status })
const SIGNED_IN = (status: number) => ({ ...EVERYBODY(status), nobody: 401 })

/** Says that a stream has told everything: whoever may have it is told to stay away, and the test need not wait. */
export const STREAM_OVER = { 'last-event-id': 'last' }

/** An id of the right form that nothing has. */
const NOTHING = '01900000-0000-7000-8000-000000000000'

/**
 * The written table of who may call what; routes of a class are in class-access-table.ts. A route that is not in it, and a line without route, fail the test: whoever
 * adds a route says here who is to get in.
 */
export const DOORS: Door[] = [
  { route: 'api/account', method: 'POST', path: '/api/account', body: {}, answers: EVERYBODY(400), changes: true },
  {
    route: 'api/account', method: 'DELETE', path: '/api/account', body: { email: 'not@the.address' },
    answers: SIGNED_IN(401), changes: true,
  },
  { route: 'api/account/export', method: 'GET', path: '/api/account/export', answers: SIGNED_IN(200) },
  {
    route: 'api/account/leaderboard', method: 'PUT', path: '/api/account/leaderboard', body: { onBoards: false },
    answers: SIGNED_IN(200), changes: true,
  },
  {
    route: 'api/account/locale', method: 'PUT', path: '/api/account/locale', body: { locale: 'en' },
    answers: SIGNED_IN(204), changes: true,
  },
  {
    route: 'api/account/name', method: 'PUT', path: '/api/account/name', body: { name: 'Ada' }, answers: SIGNED_IN(200),
    changes: true,
  },
  {
    route: 'api/account/password', method: 'PUT', path: '/api/account/password',
    body: { current: 'not the password', next: 'a louder workshop' }, answers: SIGNED_IN(401), changes: true,
  },
  {
    route: 'api/account/profile', method: 'PUT', path: '/api/account/profile', body: { handle: null, public: false },
    answers: SIGNED_IN(200), changes: true,
  },
  {
    route: 'api/account/time-zone', method: 'PUT', path: '/api/account/time-zone', body: { timeZone: 'Asia/Tokyo' },
    answers: SIGNED_IN(200), changes: true,
  },
  {
    route: 'api/admin/claim', method: 'POST', path: '/api/admin/claim', body: { token: 'guessed' },
    answers: { ...EVERYBODY(403), nobody: 401 }, changes: true,
  },
  {
    route: 'api/admin/people/[id]/role', method: 'PUT', path: `/api/admin/people/${NOTHING}/role`,
    body: { role: 'learner' }, answers: { nobody: 401, learner: 403, instructor: 403, admin: 404 }, changes: true,
  },
  {
    route: 'api/admin/people/[id]/standing', method: 'GET', path: `/api/admin/people/${NOTHING}/standing`,
    answers: { nobody: 401, learner: 403, instructor: 403, admin: 404 },
  },
  {
    route: 'api/admin/people/[id]/standing', method: 'PUT', path: `/api/admin/people/${NOTHING}/standing`,
    body: { suspended: true, barred: false }, answers: { nobody: 401, learner: 403, instructor: 403, admin: 404 },
    changes: true,
  },
  {
    route: 'api/admin/regrades', method: 'GET', path: '/api/admin/regrades',
    answers: { nobody: 401, learner: 403, instructor: 403, admin: 200 },
  },
  {
    route: 'api/admin/regrades', method: 'POST', path: '/api/admin/regrades', body: { exercise: 'no-such-exercise' },
    answers: { nobody: 401, learner: 403, instructor: 403, admin: 404 }, changes: true,
  },
  {
    route: 'api/admin/regrades/[id]', method: 'GET', path: `/api/admin/regrades/${NOTHING}`,
    answers: { nobody: 401, learner: 403, instructor: 403, admin: 404 },
  },
  {
    route: 'api/admin/regrades/[id]/state', method: 'PUT', path: `/api/admin/regrades/${NOTHING}/state`, body: { state: 'stopped' },
    answers: { nobody: 401, learner: 403, instructor: 403, admin: 404 }, changes: true,
  },
  {
    route: 'api/admin/regrades/[id]/apply', method: 'POST', path: `/api/admin/regrades/${NOTHING}/apply`, body: { lower: false },
    answers: { nobody: 401, learner: 403, instructor: 403, admin: 404 }, changes: true,
  },
  {
    route: 'api/admin/submissions', method: 'GET', path: '/api/admin/submissions?verdict=error',
    answers: { nobody: 401, learner: 403, instructor: 403, admin: 200 },
  },
  {
    route: 'api/admin/submissions/[id]', method: 'GET', path: `/api/admin/submissions/${NOTHING}`,
    answers: { nobody: 401, learner: 403, instructor: 403, admin: 404 },
  },
  { route: 'api/auth/[...nextauth]', method: 'GET', path: '/api/auth/session', answers: EVERYBODY(200) },
  {
    route: 'api/auth/[...nextauth]', method: 'POST', path: '/api/auth/signout', body: '', answers: EVERYBODY(302),
    changes: true,
  },
  {
    route: 'api/catalogue/prompts', method: 'GET', path: '/api/catalogue/prompts', answers: EVERYBODY(200),
    cache: 'public, no-cache',
  },
  { route: 'api/classes', method: 'GET', path: '/api/classes', answers: SIGNED_IN(200) },
  {
    route: 'api/classes', method: 'POST', path: '/api/classes', body: {},
    answers: { nobody: 401, learner: 403, instructor: 400, admin: 400 }, changes: true,
  },
  {
    route: 'api/classes/join', method: 'POST', path: '/api/classes/join', body: { code: 'no such code' },
    answers: SIGNED_IN(403), changes: true,
  },
  {
    route: 'api/classes/invitations/[invitation]/acceptance', method: 'POST',
    path: `/api/classes/invitations/${NOTHING}/acceptance`, answers: SIGNED_IN(404), changes: true,
  },
  { route: 'api/drafts/[exercise]', method: 'GET', path: '/api/drafts/lru-cache', answers: SIGNED_IN(200) },
  {
    route: 'api/drafts/[exercise]', method: 'PUT', path: '/api/drafts/lru-cache', body: { source: 'x', ownTests: '' },
    answers: SIGNED_IN(200), changes: true,
  },
  {
    route: 'api/exercises/[exercise]/editorial', method: 'GET', path: '/api/exercises/lru-cache/editorial',
    answers: SIGNED_IN(403),
  },
  {
    route: 'api/exercises/[exercise]/solutions', method: 'GET', path: '/api/exercises/lru-cache/solutions',
    answers: SIGNED_IN(403),
  },
  {
    route: 'api/exercises/[exercise]/solutions/own', method: 'PUT', path: '/api/exercises/lru-cache/solutions/own',
    body: { submission: NOTHING, signed: false }, answers: SIGNED_IN(404), changes: true,
  },
  {
    route: 'api/exercises/[exercise]/solutions/own', method: 'DELETE', path: '/api/exercises/lru-cache/solutions/own',
    answers: SIGNED_IN(204), changes: true,
  },
  ...(['PUT', 'DELETE'] as const).map((method): Door => ({
    route: 'api/exercises/[exercise]/solutions/[program]/vote', method,
    path: `/api/exercises/lru-cache/solutions/${'0'.repeat(64)}/vote`,
    answers: SIGNED_IN(method === 'PUT' ? 403 : 204), changes: true,
  })),
  { route: 'api/health', method: 'GET', path: '/api/health', answers: EVERYBODY(200) },
  { route: 'api/leaderboard', method: 'GET', path: '/api/leaderboard?span=week', answers: EVERYBODY(200) },
  {
    route: 'api/leaderboard/events', method: 'GET', path: '/api/leaderboard/events', headers: STREAM_OVER, answers: EVERYBODY(204),
  },
  { route: 'api/progress', method: 'GET', path: '/api/progress', answers: SIGNED_IN(200) },
  { route: 'api/submissions', method: 'GET', path: '/api/submissions', answers: SIGNED_IN(200) },
  {
    route: 'api/submissions', method: 'POST', path: '/api/submissions',
    body: { exercise: 'lru-cache', source: 'export const x = 1' }, answers: SIGNED_IN(202), changes: true,
  },
  {
    route: 'api/submissions/[id]', method: 'GET', path: `/api/submissions/${NOTHING}`, answers: SIGNED_IN(404),
  },
  {
    route: 'api/submissions/[id]/events', method: 'GET', path: `/api/submissions/${NOTHING}/events`,
    answers: SIGNED_IN(404),
  },
  ...(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).map((method): Door => {
    const changes = method === 'GET' ? undefined : true
    return { route: 'api/[...rest]', method, path: '/api/no/such/route', answers: EVERYBODY(404), changes }
  }),
  // The last one: afterwards nobody is signed in any more.
  {
    route: 'api/account/sessions', method: 'DELETE', path: '/api/account/sessions', answers: SIGNED_IN(204),
    changes: true,
  },
]
