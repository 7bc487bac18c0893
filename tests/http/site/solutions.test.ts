import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { OwnSharing, ProgramList } from '@/lib/contract/shared-solution'
import { grade } from '../support/grading'
import { useSite } from '../support/site'
import { problemOf, type Visitor } from '../support/visitor'

const site = useSite()
const PATH = '/api/exercises/lru-cache/solutions'
/** What a page would run if it took a source for anything but text. */
const HOSTILE = 'export class LRUCache {} // </code><script>alert("here")</script><img src=x onerror=alert(1)>\n'

async function passer(source: string): Promise<{ visitor: Visitor; id: string; email: string; submission: string }> {
  const visitor = site.visitor()
  const { id, email } = await visitor.signUp({ name: `Name ${randomUUID()}` })
  const sent = await visitor.call('/api/submissions', { body: { exercise: 'lru-cache', source } })
  const submission = (sent.json as { id: string }).id
  await grade(submission, 'passed')
  return { visitor, id, email, submission }
}

const share = ({ visitor, submission }: { visitor: Visitor; submission: string }, signed = false) =>
  visitor.call(`${PATH}/own`, { method: 'PUT', body: { submission, signed } })
const list = async (visitor: Visitor, query = '') => ProgramList.parse((await visitor.call(PATH + query)).json)
const vote = (visitor: Visitor, program: string, method = 'PUT') => visitor.call(`${PATH}/${program}/vote`, { method })

describe('solutions that people share', () => {
  it('are listed with their votes for who has passed, and refused to who has not', async () => {
    const [author, reader] = [await passer('export const a = 1'), await passer('export const b = 2')]
    const { program } = OwnSharing.parse((await share(author)).json)
    expect((await vote(reader.visitor, program)).status).toBe(204)
    expect((await list(reader.visitor)).programs).toMatchObject([{ program, votes: 1, voted: true, own: false, authors: [] }])
    expect((await vote(reader.visitor, program, 'DELETE')).status).toBe(204)
    expect((await list(reader.visitor)).programs).toMatchObject([{ votes: 0, voted: false }])
    const stranger = site.visitor()
    await stranger.signUp()
    for (const answer of [await stranger.call(PATH), await vote(stranger, program)]) {
      expect([answer.status, problemOf(answer).code]).toEqual([403, 'forbidden'])
      expect(answer.text).not.toContain('const a')
    }
    expect(problemOf(await vote(author.visitor, program)).code).toBe('forbidden')
    expect((await author.visitor.call(`${PATH}/own`, { method: 'DELETE' })).status).toBe(204)
    expect(await list(reader.visitor)).toMatchObject({ total: 0, programs: [] })
  })

  it('tell nothing of who did not sign, neither by the API nor on the page', async () => {
    const [author, reader] = [await passer('export const secretive = 1'), await passer('export const c = 3')]
    const { name } = (await author.visitor.call('/api/auth/session')).json as { name?: string }
    await share(author)
    const texts = [(await reader.visitor.call(PATH)).text, (await reader.visitor.call('/exercises/lru-cache/solutions')).text]
    for (const text of texts) {
      expect(text).toContain('secretive')
      for (const told of [author.id, author.email, author.submission, ...(name ? [name] : [])]) expect(text).not.toContain(told)
    }
  })

  it('are text and nothing else', async () => {
    const [author, reader] = [await passer(HOSTILE), await passer('export const d = 4')]
    await share(author)
    const { text } = await reader.visitor.call('/exercises/lru-cache/solutions')
    expect(text).toContain('alert(')
    expect(text).not.toMatch(/<script>alert|<img src=x/)
  })

  it('are not shared by who is asked to by another site, nor is a submission of somebody else', async () => {
    const [author, other] = [await passer('export const e = 5'), await passer('export const f = 6')]
    const foreign = await author.visitor.call(`${PATH}/own`, {
      method: 'PUT', body: { submission: author.submission, signed: false },
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' },
    })
    expect(foreign.status).toBe(403)
    expect((await share({ visitor: author.visitor, submission: other.submission })).status).toBe(404)
    expect((await list(author.visitor)).own).toBeNull()
  })

  it.each([
    ['?sort=random', 'sort'], ['?page=0', 'page'], ['?page=1001', 'page'], ['?page=x', 'page'],
  ])('are not listed by %s', async (query, path) => {
    const answer = await (await passer('export const g = 7')).visitor.call(PATH + query)
    expect(answer.status).toBe(400)
    expect(problemOf(answer).issues).toContainEqual(expect.objectContaining({ path }))
  })

  it.each(['short', 'g'.repeat(64), '../own'])('have no program %s', async (program) => {
    const { visitor } = await passer('export const h = 8')
    expect((await vote(visitor, encodeURIComponent(program))).status).toBe(404)
  })
})
