import { describe, expect, it } from 'vitest'
import { RouteConflictError, Router } from './solution'

describe('Router', () => {
  it('finds the handler of a path, with its parameters', () => {
    const router = new Router<string>()
    router.add('GET', '/users', 'list')
    router.add('GET', '/users/:id', 'show')
    router.add('GET', '/files/*path', 'download')
    expect(router.match('GET', '/users')).toEqual({ found: true, handler: 'list', pattern: '/users', params: {} })
    expect(router.match('GET', '/users/7')).toEqual({
      found: true,
      handler: 'show',
      pattern: '/users/:id',
      params: { id: '7' },
    })
    expect(router.match('GET', '/files/a/b.txt')).toMatchObject({ handler: 'download', params: { path: 'a/b.txt' } })
  })

  it('prefers literal segments', () => {
    const router = new Router<string>()
    router.add('GET', '/users/:id', 'show')
    router.add('GET', '/users/new', 'form')
    expect(router.match('GET', '/users/new')).toMatchObject({ handler: 'form', params: {} })
    expect(router.match('GET', '/users/newer')).toMatchObject({ handler: 'show', params: { id: 'newer' } })
  })

  it('tells which other methods a path has', () => {
    const router = new Router<string>()
    router.add('PUT', '/users/:id', 'put')
    router.add('DELETE', '/users/:id', 'delete')
    expect(router.match('GET', '/users/7')).toEqual({ found: false, allow: ['DELETE', 'PUT'] })
    expect(router.match('GET', '/elsewhere')).toEqual({ found: false, allow: [] })
  })

  it('refuses the same shape twice', () => {
    const router = new Router<string>()
    router.add('GET', '/users/:id', 'show')
    expect(() => router.add('GET', '/users/:name', 'again')).toThrow(RouteConflictError)
    expect(router.routes()).toEqual([{ method: 'GET', pattern: '/users/:id' }])
  })
})
