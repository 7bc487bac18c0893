import { describe, expect, it } from 'vitest'
import { useSite } from '@/tests/http/support/site'
import { headingOf } from './support/heading'

const site = useSite()

/*
 * A page that finds out by itself that there is nothing is rendered in the browser: the answer carries its text as
 * data. tests/pages/every-page.test.ts looks at these pages.
 */
describe('an address of nothing', () => {
  it.each([
    ['/nothing-here', 'Nothing at this address'],
    ['/topics/nothing-here', 'No such topic'],
    ['/exercises/nothing-here', 'No such exercise'],
    ['/topics/..%2f..%2fetc', 'No such topic'],
  ])('%s is answered 404 with a page that says so', async (path, title) => {
    const answer = await site.visitor().call(path)
    expect(answer.status).toBe(404)
    expect(answer.text).toContain(title)
  })

  it('is every submission of somebody else', async () => {
    const owner = site.visitor()
    await owner.signUp()
    const sent = await owner.call('/api/submissions', { body: { exercise: 'lru-cache', source: 'export class A {}' } })
    const path = `/submissions/${(sent.json as { id: string }).id}`
    expect((await owner.call(path)).text).toContain('class')
    const other = site.visitor()
    await other.signUp()
    const answer = await other.call(path)
    expect(answer.status).toBe(404)
    expect(answer.text).toContain('No such submission')
    expect(answer.text).not.toContain('LRU')
  })

  it('is the administration, for all but admins', async () => {
    const learner = site.visitor()
    await learner.signUp()
    for (const path of ['/admin', '/admin/people']) {
      const answer = await learner.call(path)
      expect(answer.status).toBe(404)
      expect(answer.text).toContain('Nothing at this address')
      expect(answer.text).not.toContain('Graders')
    }
  })
})

describe('pages for people with an account', () => {
  it.each(['/submissions', '/submissions?exercise=lru-cache', '/settings', '/admin', '/admin/people'])(
    '%s sends a visitor to sign in and back',
    async (path) => {
      const answer = await site.visitor().call(path)
      expect(answer.status).toBe(307)
      expect(answer.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(path)}`)
    },
  )
})

describe('the language of a page', () => {
  it.each([
    [{ 'accept-language': 'zh-CN,zh;q=0.9' }, 'zh-CN', '亲手实现，真正学会后端。'],
    [{ 'accept-language': 'fr' }, 'en', 'Learn back-end engineering by building it by hand.'],
    [{ 'accept-language': 'zh', cookie: 'locale=en' }, 'en', 'Learn back-end engineering by building it by hand.'],
  ])('with %j is %s', async (headers, lang, heading) => {
    const { text } = await site.visitor().call('/', { headers })
    expect(text).toContain(`<html lang="${lang}"`)
    expect(headingOf(text)).toBe(heading)
  })

  it('is that of the account in a browser that knows nothing else', async () => {
    const visitor = site.visitor()
    await visitor.signUp()
    await visitor.call('/api/account/locale', { method: 'PUT', body: { locale: 'zh' } })
    expect((await visitor.call('/progress')).text).toContain('<html lang="zh-CN"')
  })
})

describe('the theme of a page', () => {
  it.each(['light', 'dark'])('is in the first bytes when the cookie says %s', async (theme) => {
    const { text } = await site.visitor().call('/topics', { headers: { cookie: `theme=${theme}` } })
    expect(text.slice(0, 300)).toContain(`data-theme="${theme}"`)
  })

  it.each(['', 'theme=system', 'theme=%22%3E%3Cscript%3E'])('is the system’s with the cookie "%s"', async (cookie) => {
    const { text } = await site.visitor().call('/topics', { headers: { cookie } })
    expect(text.slice(0, 300)).not.toContain('data-theme')
  })
})

describe('what a page gives away', () => {
  it('is no solution, hidden test or editorial', async () => {
    const texts = await Promise.all(['/', '/topics', '/topics/caches-and-eviction', '/exercises/lru-cache'].map(
      async (path) => (await site.visitor().call(path)).text,
    ))
    for (const text of texts) expect(text).not.toMatch(/hidden\.test|wrong\/|editorial\.(?:en|zh)/)
  })
})
