import { describe, expect, it } from 'vitest'
import { pagePolicy } from '@/lib/http/content-security-policy'

const policy = (headers: Record<string, string>, development = false) =>
  Object.fromEntries(
    pagePolicy('bm9uY2U=', new Headers(headers), development)
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
  )

describe('the policy of a page', () => {
  it('runs scripts by nonce only, and never evaluates text', () => {
    const { 'script-src': scripts, 'default-src': rest } = policy({ host: 'localhost:3000' })
    expect(scripts).toBe("'nonce-bm9uY2U=' 'strict-dynamic'")
    expect(rest).toBe("'none'")
  })

  it('frames nothing but the runner, under the names by which the page can have been opened', () => {
    expect(policy({ host: 'localhost:3000' })['frame-src']).toBe('localhost:3000/generated/runner/')
    expect(policy({ host: 'inner', 'x-forwarded-host': 'learn.example.edu' })['frame-src'])
      .toBe('learn.example.edu/generated/runner/ inner/generated/runner/')
  })

  it.each(['evil; script-src *', "x' 'unsafe-inline'", 'a b', '[::1]:3000', ''])(
    'cannot be widened by the Host header %j',
    (host) => {
      const directives = policy({ host })
      expect(directives['frame-src']).toBe("'self'")
      expect(directives['script-src']).toBe("'nonce-bm9uY2U=' 'strict-dynamic'")
    },
  )

  it('gives the development server what it needs, and only that', () => {
    const loose = policy({ host: 'localhost:3000' }, true)
    const strict = policy({ host: 'localhost:3000' })
    const changed = Object.keys(loose).filter((name) => loose[name] !== strict[name])
    expect(changed).toEqual(['script-src', 'connect-src'])
    expect(loose['script-src']).toContain("'unsafe-eval'")
  })
})
