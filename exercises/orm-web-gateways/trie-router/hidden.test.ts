import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { RouteConflictError, Router } from './solution'

/** A router whose handlers are the patterns. */
function routed(...patterns: string[]): Router<string> {
  const router = new Router<string>()
  for (const pattern of patterns) router.add('GET', pattern, `handler of ${pattern}`)
  return router
}

/** The pattern that is found and its parameters, or null. */
function found(router: Router<string>, path: string): [string, Record<string, string>] | null {
  const match = router.match('GET', path)
  if (!match.found) return null
  expect(match.handler).toBe(`handler of ${match.pattern}`)
  return [match.pattern, match.params]
}

const NOT_FOUND = { found: false, allow: [] }

describe('Matching', () => {
  it('finds literal paths exactly', () => {
    const router = routed('/', '/a', '/a/b')
    for (const path of ['/', '/a', '/a/b']) expect(found(router, path)).toEqual([path, {}])
    for (const path of ['/b', '/a/b/c', '/A', '/ab', '', 'a', 'a/b']) {
      expect(router.match('GET', path)).toEqual(NOT_FOUND)
    }
  })

  it('matches no path that is only the beginning of a pattern', () => {
    const router = routed('/p/:lang/doc', '/q/r/s', '/t/*rest')
    for (const path of ['/', '/p', '/p/go', '/q', '/q/r', '/t']) expect(router.match('GET', path)).toEqual(NOT_FOUND)
    expect(found(router, '/p/go/doc')).toEqual(['/p/:lang/doc', { lang: 'go' }])
  })

  it('takes a slash at the end for a difference', () => {
    const router = routed('/a', '/b/', '/c/:x/')
    expect(found(router, '/b/')).toEqual(['/b/', {}])
    expect(found(router, '/c/1/')).toEqual(['/c/:x/', { x: '1' }])
    for (const path of ['/a/', '/b', '/c/1', '/b//', '//a']) expect(router.match('GET', path)).toEqual(NOT_FOUND)
    const both = routed('/a', '/a/')
    expect([found(both, '/a')?.[0], found(both, '/a/')?.[0]]).toEqual(['/a', '/a/'])
  })

  it('fills a parameter with one segment that is not empty', () => {
    const router = routed('/:x', '/a/:y/b')
    expect(found(router, '/hello')).toEqual(['/:x', { x: 'hello' }])
    for (const path of ['/', '/a//b', '/a/1/2/b', '/x/y']) expect(router.match('GET', path)).toEqual(NOT_FOUND)
  })

  it('fills the rest with everything that remains, if that is not empty', () => {
    const router = routed('/f/*path')
    expect(found(router, '/f/a')).toEqual(['/f/*path', { path: 'a' }])
    expect(found(router, '/f/a/b/c.txt')).toEqual(['/f/*path', { path: 'a/b/c.txt' }])
    expect(found(router, '/f/a/')).toEqual(['/f/*path', { path: 'a/' }])
    expect(found(router, '/f//')).toEqual(['/f/*path', { path: '/' }])
    for (const path of ['/f', '/f/', '/g/a']) expect(router.match('GET', path)).toEqual(NOT_FOUND)
    expect(found(routed('/*all'), '/a/b')).toEqual(['/*all', { all: 'a/b' }])
    expect(routed('/*all').match('GET', '/')).toEqual(NOT_FOUND)
  })

  it('takes colons and stars within a segment as they are', () => {
    const router = routed('/a:b/c*', '/v1:run')
    expect(found(router, '/a:b/c*')).toEqual(['/a:b/c*', {}])
    expect(found(router, '/v1:run')).toEqual(['/v1:run', {}])
    expect(router.match('GET', '/ax/cy')).toEqual(NOT_FOUND)
  })

  it('finds no routes that nobody added', () => {
    const router = routed('/a')
    for (const path of ['/constructor', '/toString', '/__proto__', '/a/constructor']) {
      expect(router.match('GET', path)).toEqual(NOT_FOUND)
    }
    expect(router.match('constructor', '/a')).toEqual({ found: false, allow: ['GET'] })
    expect(found(routed('/constructor/:toString'), '/constructor/x')?.[1]).toEqual({ toString: 'x' })
  })

  it('keeps methods apart and tells sorted which ones a path has', () => {
    const router = new Router<string>()
    for (const method of random.shuffle(['PUT', 'GET', 'DELETE'])) router.add(method, '/a/:x', method)
    router.add('POST', '/a', 'POST')
    router.add('PATCH', '/a/*rest', 'PATCH')
    expect(router.match('GET', '/a/1')).toMatchObject({ handler: 'GET' })
    expect(router.match('PATCH', '/a/1')).toMatchObject({ handler: 'PATCH', params: { rest: '1' } })
    expect(router.match('POST', '/a/1')).toEqual({ found: false, allow: ['DELETE', 'GET', 'PATCH', 'PUT'] })
    expect(router.match('HEAD', '/a/1/2')).toEqual({ found: false, allow: ['PATCH'] })
    expect(router.match('get', '/a')).toEqual({ found: false, allow: ['POST'] })
    expect(router.match('POST', '/b')).toEqual(NOT_FOUND)
  })

  it('finds a path that does not begin with a slash in no method', () => {
    const router = new Router<string>()
    for (const method of ['GET', 'POST']) router.add(method, '/a', method)
    for (const path of ['', 'a', 'a/b']) {
      for (const method of ['GET', 'HEAD']) expect(router.match(method, path)).toEqual(NOT_FOUND)
    }
  })

  it('hands back any handler, also undefined', () => {
    const router = new Router<number | undefined>()
    router.add('GET', '/u', undefined)
    router.add('GET', '/z', 0)
    expect(router.match('GET', '/u')).toEqual({ found: true, handler: undefined, pattern: '/u', params: {} })
    expect(router.match('GET', '/z')).toMatchObject({ found: true, handler: 0 })
  })
})

describe('Priority', () => {
  it('prefers literal to parameter to rest, in whatever order they were added', () => {
    const router = routed('/*s', '/:y', ...random.shuffle(['/a/*r', '/a/:x']), '/a/b')
    const expected = { '/a/b': '/a/b', '/a/c': '/a/:x', '/a/c/d': '/a/*r', '/b': '/:y', '/b/c': '/*s', '/a/': '/*s' }
    for (const [path, pattern] of Object.entries(expected)) expect(found(router, path)?.[0]).toBe(pattern)
  })

  it('goes back to the parameter when the literal leads nowhere', () => {
    const router = routed('/users/new/form', '/users/:id/posts')
    expect(found(router, '/users/new/posts')).toEqual(['/users/:id/posts', { id: 'new' }])
    expect(router.match('GET', '/users/new/other')).toEqual(NOT_FOUND)
  })

  it('goes back to the rest when literal and parameter lead nowhere', () => {
    const router = routed('/a/b/c', '/a/:x/d', '/a/*r')
    expect(found(router, '/a/b/d')).toEqual(['/a/:x/d', { x: 'b' }])
    expect(found(router, '/a/b/e')).toEqual(['/a/*r', { r: 'b/e' }])
    expect(found(router, '/a/b')).toEqual(['/a/*r', { r: 'b' }])
  })

  it('goes back over several segments', () => {
    const router = routed('/a/b/c/d', '/a/:x/c/e', '/:w/b/:y/f', '/*r')
    expect(found(router, '/a/b/c/e')).toEqual(['/a/:x/c/e', { x: 'b' }])
    expect(found(router, '/a/b/c/f')).toEqual(['/:w/b/:y/f', { w: 'a', y: 'c' }])
    expect(found(router, '/a/b/c/g')).toEqual(['/*r', { r: 'a/b/c/g' }])
  })

  it('decides at the first segment that differs, not by the number of literals', () => {
    const router = routed('/:x/b/c/d', '/a/:y/:z/:w')
    expect(found(router, '/a/b/c/d')?.[0]).toBe('/a/:y/:z/:w')
    expect(found(routed('/a/*r', '/:x/b/c'), '/a/b/c')?.[0]).toBe('/a/*r')
  })

  it('finds the best of any set of patterns', () => {
    const rank = (segment: string) => ':*'.indexOf(segment.charAt(0)) + 1
    const shape = (pattern: string) => pattern.replace(/[:*]\w+/g, (name) => name.charAt(0))
    const patterns = ['/:p0/:p1', '/:p0/b', '/a/b']
    for (let i = 0; i < 30; i++) {
      const segments = Array.from({ length: random.int(1, 4) }, (_, at) => random.pick(['a', 'b', 'c', `:p${at}`]))
      if (random.next() < 0.2) segments.push('*rest')
      const pattern = `/${segments.join('/')}`
      if (!patterns.some((known) => shape(known) === shape(pattern))) patterns.push(pattern)
    }
    const router = routed(...patterns)
    for (let i = 0; i < 40; i++) {
      const any = Array.from({ length: random.int(1, 5) }, () => random.pick(['a', 'b', 'c', 'd']))
      const path = i === 0 ? ['a', 'b'] : any
      const fits = patterns
        .map((pattern) => pattern.slice(1).split('/'))
        .filter((segments) => {
          const open = segments.at(-1)?.startsWith('*')
          if (open ? path.length < segments.length : path.length !== segments.length) return false
          return segments.every((segment, at) => rank(segment) > 0 || segment === path[at])
        })
      const order = (segments: string[]) => segments.map(rank).join('')
      const [best] = fits.sort((a, b) => (order(a) < order(b) ? -1 : 1))
      const params = (best ?? []).flatMap((segment, at) => {
        if (rank(segment) === 0) return []
        return [[segment.slice(1), rank(segment) === 1 ? path[at] : path.slice(at).join('/')]]
      })
      const expected = best === undefined ? null : [`/${best.join('/')}`, Object.fromEntries(params)]
      expect(found(router, `/${path.join('/')}`)).toEqual(expected)
    }
  })
})

describe('Parameters', () => {
  it('gives each pattern its own names, though they share a place', () => {
    const router = routed('/u/:id', '/u/:user/posts', '/u/:owner/posts/:post')
    expect(found(router, '/u/1')).toEqual(['/u/:id', { id: '1' }])
    expect(found(router, '/u/2/posts')).toEqual(['/u/:user/posts', { user: '2' }])
    expect(found(router, '/u/3/posts/4')).toEqual(['/u/:owner/posts/:post', { owner: '3', post: '4' }])
  })

  it('forgets the parameters of a branch that led nowhere', () => {
    const router = routed('/:a/:b/x', '/:a/:b/:c/:d/x', '/*rest')
    expect(found(router, '/1/2/y')).toEqual(['/*rest', { rest: '1/2/y' }])
    const other = routed('/p/:x/end', '/:q/lit/:y', '/:q/*z')
    expect(found(other, '/p/lit/1')).toEqual(['/:q/lit/:y', { q: 'p', y: '1' }])
    expect(found(other, '/p/2/3')).toEqual(['/:q/*z', { q: 'p', z: '2/3' }])
  })

  it('decodes values', () => {
    const text = random.pick(['straße 1', '你好', 'a+b&c', '100% #1'])
    const router = routed('/t/:x', '/f/*path')
    expect(found(router, `/t/${encodeURIComponent(text)}`)?.[1]).toEqual({ x: text })
    expect(found(router, `/f/a%20b/${encodeURIComponent(text)}`)?.[1]).toEqual({ path: `a b/${text}` })
  })

  it('splits the path before it decodes', () => {
    const router = routed('/t/:x', '/t/:x/:y')
    expect(found(router, '/t/a%2Fb')).toEqual(['/t/:x', { x: 'a/b' }])
  })

  it('compares literal segments with the path as it stands', () => {
    const router = routed('/caf%C3%A9', '/plain', '/:other')
    expect(found(router, '/caf%C3%A9')?.[0]).toBe('/caf%C3%A9')
    expect(found(router, '/%70lain')).toEqual(['/:other', { other: 'plain' }])
  })

  it('leaves a value alone that cannot be decoded', () => {
    const router = routed('/t/:x/:y', '/f/*path')
    expect(found(router, '/t/%zz/%41')?.[1]).toEqual({ x: '%zz', y: 'A' })
    expect(found(router, '/f/%41/%')?.[1]).toEqual({ path: '%41/%' })
  })
})

describe('Registering and cost', () => {
  it('refuses a shape that the method has already', () => {
    const pairs = [
      ['/a', '/a'],
      ['/', '/'],
      ['/a/:x', '/a/:y'],
      ['/a/*x', '/a/*y'],
      ['/:a/b/:c', '/:d/b/:e'],
    ] as const
    for (const [first, second] of pairs) {
      const router = routed(first)
      expect(() => router.add('GET', second, 'second')).toThrow(RouteConflictError)
      expect(router.routes()).toEqual([{ method: 'GET', pattern: first }])
      router.add('POST', second, 'other method')
      expect(router.match('POST', second)).toMatchObject({ handler: 'other method' })
    }
  })

  it('keeps the route that was there when another is refused', () => {
    const router = routed('/a/:x')
    expect(() => router.add('GET', '/a/:y', 'again')).toThrow(RouteConflictError)
    expect(found(router, '/a/1')).toEqual(['/a/:x', { x: '1' }])
  })

  it('accepts shapes that merely overlap', () => {
    const patterns = ['/a/:x', '/a/b', '/a/*r', '/a/:x/', '/a/:x/c', '/a/', '/:q/b', '/a']
    expect(routed(...patterns).routes().length).toBe(patterns.length)
  })

  it('refuses patterns that make no sense', () => {
    const router = routed('/ok')
    for (const pattern of ['', 'a', 'a/b', '/:', '/a/*', '/*r/a', '/a/*r/', '/:x/:x', '/:x/*x', '/:x/a/:x']) {
      expect(() => router.add('GET', pattern, 'x')).toThrow(RangeError)
    }
    expect(router.routes().length).toBe(1)
    expect(router.match('GET', '/a')).toEqual(NOT_FOUND)
  })

  it('lists the routes in the order in which they were added', () => {
    const router = new Router<number>()
    const expected = random.shuffle(['/b', '/a', '/:x', '/*r']).map((pattern, i) => {
      const method = random.pick(['GET', 'POST'])
      router.add(method, pattern, i)
      return { method, pattern }
    })
    expect(router.routes()).toEqual(expected)
    router.routes().pop()
    expect(router.routes()).toEqual(expected)
  })

  it('finds a route among thousands as fast as among a few', () => {
    // The quickest of many short rounds counts: a busy machine slows some of them, a look at every route all of them.
    const { best, allowed } = inGuest((solution: typeof import('./solution'), few: number, many: number) => {
      const quickest = (count: number): number => {
        const router = new solution.Router<number>()
        for (let i = 0; i < count; i++) router.add('GET', `/api/v1/things${i}/:id/part`, i)
        let best = Number.POSITIVE_INFINITY
        for (let round = 0; round < 20; round++) {
          const began = performance.now()
          for (let step = 0; step < 20; step++) {
            router.match('GET', `/api/v1/things${(round * 7 + step * 11) % count}/${step}/part`)
          }
          best = Math.min(best, performance.now() - began)
        }
        return best
      }
      return { allowed: Math.max(0.15, 5 * quickest(few)), best: quickest(many) }
    }, 10, 2_000)
    expect(best).toBeLessThan(allowed)
  })
})
