import { describe, expect, it } from 'vitest'
import { safeRedirectPath, signInPath } from '@/lib/auth/redirect'

const ORIGIN = 'https://learn.example.edu'

describe('where a visitor is sent after signing in', () => {
  it.each(['/', '/exercises/lru-cache', '/topics?q=cache&page=2', '/topics#note'])('%s is followed', (path) => {
    expect(safeRedirectPath(path)).toBe(path)
  })

  it('an absolute address of this site becomes its path', () => {
    expect(safeRedirectPath(`${ORIGIN}/topics?q=1`, '/', ORIGIN)).toBe('/topics?q=1')
  })

  it.each([
    'https://evil.example/', '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example',
    '/\t/evil.example', 'http://learn.example.edu/x', `${ORIGIN}@evil.example/`, `${ORIGIN}.evil.example/`,
    'javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', `${ORIGIN}//evil.example`, '/.//evil.example',
    '/x/..//evil.example', '/api/auth/signout', '/API/auth/csrf', 'https://[', '', null, undefined,
  ])('%j is not', (target) => {
    const path = safeRedirectPath(target, '/', ORIGIN)
    expect(path).toBe('/')
    expect(new URL(path, ORIGIN).origin).toBe(ORIGIN)
  })

  it('the sign-in page is told the way back, never a way out', () => {
    expect(signInPath('/exercises/lru-cache?tab=1')).toBe('/sign-in?next=%2Fexercises%2Flru-cache%3Ftab%3D1')
    expect(signInPath('//evil.example')).toBe('/sign-in?next=%2F')
  })
})
