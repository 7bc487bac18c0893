import { describe, expect, it } from 'vitest'
import { SubmissionView } from '@/lib/contract/submission'
import { useDatabase } from '@/tests/support/database'
import { collect, dataOf, readEvents } from '../support/events'
import { grade } from '../support/grading'
import { useWeb } from '../support/site'
import { Visitor } from '../support/visitor'

/* Web processes keep nothing to themselves: any of them may answer any request of the same person. */

const SECRET = 'of both processes, as behind one balancer'
const database = useDatabase()
const environment = (): Record<string, string> => ({ DATABASE_URL: database.url, NEXTAUTH_SECRET: SECRET })
const [left, right] = [useWeb(environment), useWeb(environment)]

/** The same person at the other process. */
function across(visitor: Visitor): Visitor {
  const other = new Visitor(right.origin)
  for (const [name, value] of visitor.cookies) other.cookies.set(name, value)
  return other
}

describe('two web processes on one database', () => {
  it('know the same session', async () => {
    const visitor = left.visitor()
    const { email } = await visitor.signUp()
    expect((await across(visitor).call('/api/auth/session')).json).toMatchObject({ user: { email } })
  })

  it('tell the same live events of a submission, whichever took it', async () => {
    const visitor = left.visitor()
    await visitor.signUp()
    const sent = await visitor.call('/api/submissions', { body: { exercise: 'lru-cache', source: 'export class LRUCache {}\n' } })
    const { id } = SubmissionView.parse(sent.json)
    const streams = await Promise.all([visitor, across(visitor)].map((each) => each.open(`/api/submissions/${id}/events`)))
    const readers = streams.map(readEvents)
    // The setting and the first state: now both listen.
    for (const reader of readers) expect([(await reader.next()).value, (await reader.next()).value]).toHaveLength(2)
    await grade(id, 'passed')
    const [here, there] = await Promise.all(readers.map(collect))
    expect(dataOf(here?.at(-1) ?? '')).toMatchObject({ id, state: 'done', verdict: { verdict: 'passed' } })
    expect(there?.at(-1)).toEqual(here?.at(-1))
  })

  it('count attempts and limits together', async () => {
    const visitor = left.visitor()
    await visitor.signUp()
    const other = across(visitor)
    const statuses: number[] = []
    for (let attempt = 0; attempt < 5; attempt++) {
      const body = { exercise: 'lru-cache', source: `export class LRUCache {}\n// ${attempt}\n` }
      statuses.push((await (attempt % 2 === 0 ? visitor : other).call('/api/submissions', { body })).status)
    }
    // As many of one person may wait.
    expect(statuses).toEqual([202, 202, 202, 202, 202])
    expect((await other.call('/api/submissions', { body: { exercise: 'lru-cache', source: '// more\n' } })).status).toBe(429)
    expect((await visitor.call('/api/submissions', { body: { exercise: 'lru-cache', source: '// more\n' } })).status).toBe(429)
  })
})
