import { beforeAll, describe, expect, it } from 'vitest'
import { CLASS_DOORS, CLASS_PAGES, type ClassDoor } from '../support/class-access-table'
import { CLASS_ASKERS, makeClassSite, type ClassAsker, type ClassSite } from '../support/class-site'
import { NOTHING } from '../support/class-bodies'
import { listRoutes } from '../support/routes'
import { useSite } from '../support/site'
import { problemOf, type Answer } from '../support/visitor'

const site = useSite()
let classes: ClassSite
beforeAll(async () => {
  classes = await makeClassSite(site.visitor)
}, 120_000)

/** Which of the doors an answer comes from: the site's, the class's, that of a role in it, or from inside. */
type Outcome = 'sign-in' | 'no-such-class' | 'forbidden' | 'inside'

function outcomeOf(answer: Answer): Outcome {
  if (answer.status < 400) return 'inside'
  const { code, message } = problemOf(answer)
  expect(code).not.toBe('internal-error')
  if (code === 'sign-in-required') return 'sign-in'
  if (code === 'not-found' && message.startsWith('There is no such class')) return 'no-such-class'
  return code === 'forbidden' ? 'forbidden' : 'inside'
}

/** What the table says of somebody. */
function expected(asker: ClassAsker, lets: readonly ClassAsker[]): Outcome {
  if (asker === 'nobody') return 'sign-in'
  // Site admins are instructors everywhere, and like those no students.
  const within = asker === 'admin' ? 'instructor' : asker
  if (lets.includes(within)) return 'inside'
  return within === 'student' || within === 'assistant' || within === 'instructor' ? 'forbidden' : 'no-such-class'
}

function pathOf({ route, params = {} }: ClassDoor): string {
  const filled = route.replace(/\[(\w+)\]/g, (_, name: string) => {
    const value = params[name] ?? (classes.ids as unknown as Record<string, string>)[name]
    if (value === undefined) throw new Error(`Nothing is known to put in for [${name}]`)
    return value
  })
  return `/api/classes/${classes.ids.class}${filled === '' ? '' : `/${filled}`}`
}

const label = ({ method, route }: ClassDoor): string => `${method} api/classes/[class]${route === '' ? '' : `/${route}`}`

it('the table lists every route of a class, and no other', () => {
  const routes = listRoutes().filter((route) => / api\/classes\/\[class\](\/|$)/.test(route))
  expect(CLASS_DOORS.map(label).sort()).toEqual(routes.sort())
})

describe.each(CLASS_DOORS.map((door) => [label(door), door] as const))('%s', (_, door) => {
  it.each(CLASS_ASKERS)('answers %s as the table says', async (asker) => {
    const answer = await classes.askers[asker].call(pathOf(door), {
      method: door.method, headers: door.headers, body: door.body?.(classes.ids),
    })
    expect(outcomeOf(answer)).toBe(expected(asker, door.lets))
  })
})

describe.each(CLASS_PAGES)('the page /classes/:class$path', ({ path, lets }) => {
  it.each(CLASS_ASKERS)('is for %s as the table says', async (asker) => {
    const filled = path.replace(/:(\w+)/g, (_, name: keyof ClassSite['ids']) => classes.ids[name])
    const { status, headers } = await classes.askers[asker].call(`/classes/${classes.ids.class}${filled}`)
    if (asker === 'nobody') {
      expect([status, headers.get('location')?.startsWith('/sign-in')]).toEqual([307, true])
    } else {
      expect(status).toBe(asker === 'admin' || (lets as string[]).includes(asker) ? 200 : 404)
    }
  })
})

describe('ids in capitals', () => {
  const inCapitals = (path: string) => path.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => id.toUpperCase())

  it.each(CLASS_DOORS.filter(({ method }) => method === 'GET').map((door) => [label(door), door] as const))(
    'are the same ids to %s', async (_, door) => {
      const ask = async (path: string) => {
        const { status, json, headers } = await classes.askers.instructor.call(path, { headers: door.headers })
        return { status, type: headers.get('content-type'), keys: Object.keys((json as object | null) ?? {}) }
      }
      const path = pathOf(door)
      expect(inCapitals(path)).not.toBe(path)
      expect(await ask(inCapitals(path))).toEqual(await ask(path))
    },
  )

  it('in the address of a page lead to the one that it has', async () => {
    const path = `/classes/${classes.ids.class}/analytics/${classes.ids.set}?tab=1`
    const { status, headers } = await classes.askers.instructor.call(inCapitals(path))
    expect(status).toBe(308)
    const to = new URL(headers.get('location') ?? '', site.origin)
    expect([to.origin, to.pathname + to.search]).toEqual([site.origin, path])
  })
})

describe('a missing or foreign id', () => {
  it.each(['sets', 'members', 'gradebook'])('never widens what %s tells: a class that does not exist tells nothing', async (of) => {
    for (const id of ['undefined', 'null', '*', '%00', NOTHING]) {
      const answer = await classes.askers.admin.call(`/api/classes/${id}/${of}`)
      expect(answer.status).toBe(404)
    }
  })

  it('a set is not to be had by way of another class', async () => {
    const other = await classes.askers.elsewhereStaff.call('/api/classes')
    const [{ id } = { id: '' }] = other.json as { id: string }[]
    const answer = await classes.askers.elsewhereStaff.call(`/api/classes/${id}/sets/${classes.ids.set}`)
    expect(answer.status).toBe(404)
  })

  it('a draft does not exist for students', async () => {
    const path = `/api/classes/${classes.ids.class}/sets/${classes.ids.draft}`
    expect((await classes.askers.student.call(path)).status).toBe(404)
    expect((await classes.askers.assistant.call(path)).status).toBe(200)
  })
})
