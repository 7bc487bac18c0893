import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Localized } from '@/lib/contract/localized'
import { DraftView, ListedSubmission, ProgressView, SubmissionDetail, SubmissionView } from '@/lib/contract/submission'
import { findExercise, findEditorial } from '@/lib/learn/topics'
import { collect, dataOf, readEvents } from '../support/events'
import { grade } from '../support/grading'
import { useSite } from '../support/site'
import { problemOf, type Visitor } from '../support/visitor'

const site = useSite()
const SOURCE = 'export class LRUCache {}\n'

async function learner(): Promise<Visitor> {
  const visitor = site.visitor()
  await visitor.signUp()
  return visitor
}

async function submit(visitor: Visitor, source = SOURCE): Promise<SubmissionView> {
  const answer = await visitor.call('/api/submissions', { body: { exercise: 'lru-cache', source } })
  expect(answer.status, answer.text).toBe(202)
  return SubmissionView.parse(answer.json)
}

/** Rows F1, F2 and F8 of the list of attacks (docs/attacks.md). */
describe('handing in a solution', () => {
  it('queues it, and says where it stands', async () => {
    const view = await submit(await learner())
    expect(view).toMatchObject({ exercise: 'lru-cache', state: 'queued', verdict: null, hint: null })
    expect(view.place).toBeGreaterThanOrEqual(0)
  })

  it.each([
    ['an exercise that there is not', { exercise: 'no-such-exercise', source: SOURCE }, 404, 'not-found'],
    ['a name that is none', { exercise: '../../etc/passwd', source: SOURCE }, 400, 'bad-request'],
    ['no source', { exercise: 'lru-cache' }, 400, 'bad-request'],
    ['an empty source', { exercise: 'lru-cache', source: '' }, 400, 'bad-request'],
    ['a source that is no text', { exercise: 'lru-cache', source: { $ne: null } }, 400, 'bad-request'],
    ['a NUL character', { exercise: 'lru-cache', source: 'a\0b' }, 400, 'bad-request'],
    ['a field too many', { exercise: 'lru-cache', source: SOURCE, userId: 'other' }, 400, 'bad-request'],
    ['half a JSON', '{"exercise":"lru-cache"', 400, 'bad-request'],
    ['nothing', '', 400, 'bad-request'],
  ])('with %s is refused', async (_, body, status, code) => {
    const visitor = await learner()
    const headers = { 'content-type': 'application/json' }
    const answer = await visitor.call('/api/submissions', { method: 'POST', body, headers })
    expect([answer.status, problemOf(answer).code]).toEqual([status, code])
    expect((await visitor.call('/api/submissions')).json).toEqual([])
  })

  it.each([
    ['one byte too large', 'x'.repeat(64 * 1024 + 1), /64\.1 KiB.*64 KiB/],
    ['too large in bytes though not in characters', '汉'.repeat(22 * 1024), /66 KiB.*64 KiB/],
    ['far too large', 'x'.repeat(3 * 1024 * 1024), /64 KiB.*30\d\d KiB/],
  ])('that is %s is refused with its size and the limit, and nothing is queued', async (_, source, message) => {
    const visitor = await learner()
    const answer = await visitor.call('/api/submissions', { body: { exercise: 'lru-cache', source } })
    expect([answer.status, problemOf(answer).code]).toEqual([413, 'source-too-large'])
    expect(problemOf(answer).message).toMatch(message)
    expect((await visitor.call('/api/submissions')).json).toEqual([])
  })

  it('of exactly 64 KiB is taken, also when JSON doubles it', async () => {
    await submit(await learner(), '\n'.repeat(64 * 1024))
  })

  it('while five others of the same learner wait is refused until one of them is graded', async () => {
    const visitor = await learner()
    const waiting = []
    for (let count = 0; count < 5; count++) waiting.push(await submit(visitor))
    const answer = await visitor.call('/api/submissions', { body: { exercise: 'lru-cache', source: SOURCE } })
    expect([answer.status, problemOf(answer).code, answer.headers.get('retry-after')]).toEqual([429, 'too-many-waiting', '10'])
    await submit(await learner())
    await grade(waiting[0]!.id, 'failed')
    await submit(visitor)
  })

  it('thirty times within a minute is enough', async () => {
    const visitor = await learner()
    const answers = []
    for (let count = 0; count < 31; count++) {
      const answer = await visitor.call('/api/submissions', { body: { exercise: 'lru-cache', source: SOURCE } })
      answers.push(answer)
      if (answer.status === 202) await grade(SubmissionView.parse(answer.json).id, 'failed')
    }
    expect(answers.slice(0, 30).map(({ status }) => status)).toEqual(Array(30).fill(202))
    const last = answers[30]!
    expect([last.status, problemOf(last).code]).toEqual([429, 'too-many-requests'])
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await (await learner()).call('/api/progress')).status).toBe(200)
  })
})

describe('a submission', () => {
  it('is shown to its owner, with its source', async () => {
    const visitor = await learner()
    const { id } = await submit(visitor)
    const answer = await visitor.call(`/api/submissions/${id}`)
    expect(SubmissionDetail.parse(answer.json)).toMatchObject({ id, source: SOURCE, state: 'queued' })
  })

  it('does not exist for anybody else, in any way that one could ask', async () => {
    const { id } = await submit(await learner())
    const other = await learner()
    for (const path of [`/api/submissions/${id}`, `/api/submissions/${id}/events`]) {
      const answer = await other.call(path)
      expect([answer.status, problemOf(answer).code]).toEqual([404, 'not-found'])
    }
    expect((await other.call('/api/submissions?exercise=lru-cache')).json).toEqual([])
  })

  it('by an id that is none is not found', async () => {
    const visitor = await learner()
    for (const id of ['1', "'; drop table submissions; --", '%00', 'undefined']) {
      expect((await visitor.call(`/api/submissions/${encodeURIComponent(id)}`)).status).toBe(404)
    }
  })

  it('is listed latest first, page by page', async () => {
    const visitor = await learner()
    const made = [await submit(visitor), await submit(visitor), await submit(visitor)].map(({ id }) => id)
    const list = async (query: string) =>
      z.array(ListedSubmission).parse((await visitor.call(`/api/submissions?${query}`)).json).map(({ id }) => id)
    expect(await list('exercise=lru-cache')).toEqual(made.toReversed())
    expect(await list('limit=2')).toEqual([made[2], made[1]])
    expect(await list(`limit=2&before=${made[1]}`)).toEqual([made[0]])
    expect(await list('exercise=consistent-hash-ring')).toEqual([])
  })

  it.each(['exercise=Not%20A%20Slug', 'limit=0', 'limit=1000000', 'limit=many', 'before=yesterday', 'userId=other'])(
    'is not listed for the query %s',
    async (query) => {
      const answer = await (await learner()).call(`/api/submissions?${query}`)
      expect([answer.status, problemOf(answer).code]).toEqual([400, 'bad-request'])
    },
  )
})

/** Row F6 of the list of attacks (docs/attacks.md): a page that is closed. */
describe('the events of a submission', () => {
  it('tell the state at once, then the verdict, and end', async () => {
    const visitor = await learner()
    const { id } = await submit(visitor)
    const response = await visitor.open(`/api/submissions/${id}/events`)
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('content-encoding')).toBeNull()
    const events = readEvents(response)
    expect((await events.next()).value).toBe('retry: 2000')
    expect(dataOf((await events.next()).value!)).toMatchObject({ id, state: 'queued' })
    await grade(id, 'passed')
    const rest = await collect(events)
    const states = rest.map((event) => SubmissionView.parse(dataOf(event)).state)
    expect(states.at(-1)).toBe('done')
    expect(rest.at(-1)).toMatch(/^id: last\n/)
    expect(dataOf(rest.at(-1)!)).toMatchObject({ verdict: { verdict: 'passed' } })
  })

  it('of a graded one are its verdict; a browser that comes back after that is sent away for good', async () => {
    const visitor = await learner()
    const { id } = await submit(visitor)
    await grade(id, 'failed')
    const answer = await visitor.call(`/api/submissions/${id}/events`)
    expect(answer.text.match(/^data: /gm)).toHaveLength(1)
    const again = await visitor.call(`/api/submissions/${id}/events`, { headers: { 'last-event-id': 'last' } })
    expect([again.status, again.text]).toEqual([204, ''])
  })

  it('end on the server when the reader goes away', async () => {
    const visitor = await learner()
    const { id } = await submit(visitor)
    // The server holds at most twenty streams for one person, so more than that fit only if the others have ended.
    for (let count = 0; count < 25; count++) {
      const leave = new AbortController()
      await expect.poll(async () => {
        const response = await visitor.open(`/api/submissions/${id}/events`, {}, leave.signal)
        return response.status
      }).toBe(200)
      leave.abort()
    }
  })
})

describe('progress', () => {
  it('counts attempts and keeps the best score', async () => {
    const visitor = await learner()
    const own = async () => {
      const list = z.array(ProgressView).parse((await visitor.call('/api/progress')).json)
      return list.find(({ exercise }) => exercise === 'lru-cache')
    }
    expect(await own()).toMatchObject({ state: 'untouched', attempts: 0, bestScore: 0 })
    await grade((await submit(visitor)).id, 'passed')
    await grade((await submit(visitor)).id, 'failed')
    const progress = (await own())!
    expect(progress).toMatchObject({ state: 'passed', attempts: 2, bestScore: progress.maxScore })
  })
})

describe('a draft', () => {
  const put = (visitor: Visitor, body: unknown, exercise = 'lru-cache') =>
    visitor.call(`/api/drafts/${exercise}`, { method: 'PUT', body })

  it('comes back as it was kept, to its owner only', async () => {
    const visitor = await learner()
    expect((await visitor.call('/api/drafts/lru-cache')).json).toBeNull()
    const draft = { source: SOURCE, ownTests: '// 汉字 "quoted" \\ \u2028' }
    const kept = await put(visitor, draft)
    expect(kept.status).toBe(200)
    expect(DraftView.parse(kept.json)).toMatchObject(draft)
    expect((await visitor.call('/api/drafts/lru-cache')).json).toEqual(kept.json)
    expect((await (await learner()).call('/api/drafts/lru-cache')).json).toBeNull()
  })

  it('with two files of 64 KiB is kept, one byte more is not', async () => {
    const visitor = await learner()
    const full = '"'.repeat(64 * 1024)
    expect((await put(visitor, { source: full, ownTests: full })).status).toBe(200)
    expect([400, 413]).toContain((await put(visitor, { source: full, ownTests: `${full}x` })).status)
    expect((await visitor.call('/api/drafts/lru-cache')).json).toMatchObject({ ownTests: full })
  })

  it('of an exercise that there is not, or half a draft, is refused', async () => {
    const visitor = await learner()
    expect((await put(visitor, { source: '', ownTests: '' }, 'no-such-exercise')).status).toBe(404)
    expect((await put(visitor, { source: '' })).status).toBe(400)
  })
})

describe('an editorial', () => {
  const path = '/api/exercises/lru-cache/editorial'

  it('opens with the first pass, and not before', async () => {
    const visitor = await learner()
    const account = (await visitor.call('/api/auth/session')).json as { user: { id: string } }
    expect(problemOf(await visitor.call(path)).code).toBe('forbidden')
    await grade((await submit(visitor)).id, 'failed')
    expect((await visitor.call(path)).status).toBe(403)
    await grade((await submit(visitor)).id, 'passed')
    const answer = await visitor.call(path)
    const editorial = Localized.parse(await findEditorial(account.user.id, 'lru-cache'))
    expect([answer.status, answer.json]).toEqual([200, editorial])
  })

  it('of an exercise that there is not is not found', async () => {
    expect((await (await learner()).call('/api/exercises/no-such/editorial')).status).toBe(404)
  })
})

it('the exercise that these tests use is there', async () => {
  expect(await findExercise('lru-cache')).not.toBeNull()
})
