import { describe, expect, it, vi } from 'vitest'
import { random } from 'handroll'
import { type Ctx, Engine, type Group, type Handler } from './solution'

/** Notes when it runs, and goes on without calling next(). */
const note = (trace: string[], name: string): Handler => () => {
  trace.push(name)
}

/** Notes when it runs, lets the rest run, and notes the way out. */
const around = (trace: string[], name: string): Handler => async (c) => {
  trace.push(`${name} in`)
  await c.next()
  trace.push(`${name} out`)
}

const get = (engine: Engine, path: string) => engine.serve({ method: 'GET', path })

/** Takes several turns, as real work does. */
async function work(): Promise<void> {
  for (let i = 0; i < 5; i++) await null
}

/** Runs handlers on one route and tells the response. */
function run(...handlers: Handler[]) {
  return get(new Engine().handle('GET', '/', ...handlers), '/')
}

describe('Order and groups', () => {
  it('joins prefixes and path with single slashes', async () => {
    const engine = new Engine()
    const ok: Handler = (c) => c.text(200, 'ok')
    engine.handle('GET', 'plain', ok)
    engine.group('/api/').group('v1/').handle('GET', '/users/', ok)
    engine.group('').group('/').handle('GET', '//', ok)
    engine.group('/only').handle('GET', '', ok)
    engine.group('//odd//').handle('GET', 'a//b', ok)
    for (const path of ['/plain', '/api/v1/users', '/', '/only', '/odd/a/b']) {
      expect((await get(engine, path)).status).toBe(200)
    }
    for (const path of ['/api/v1/users/', '/only/', '//', 'plain', 'x/plain', '', '/api//v1/users']) {
      expect((await get(engine, path)).status).toBe(404)
    }
  })

  it('runs engine, group, nested group and route in this order', async () => {
    const trace: string[] = []
    const engine = new Engine().use(note(trace, 'e1'), note(trace, 'e2')).use(note(trace, 'e3'))
    const group = engine.group('/g', note(trace, 'g1')).use(note(trace, 'g2'))
    group.group('/n', note(trace, 'n1'), note(trace, 'n2')).handle('GET', '/x', note(trace, 'r1'), note(trace, 'r2'))
    await get(engine, '/g/n/x')
    expect(trace).toEqual(['e1', 'e2', 'e3', 'g1', 'g2', 'n1', 'n2', 'r1', 'r2'])
  })

  it('adds middleware only to routes that are registered afterwards', async () => {
    const trace: string[] = []
    const engine = new Engine()
    engine.handle('GET', '/early', note(trace, 'early')).use(note(trace, 'mw'))
    engine.handle('GET', '/late', note(trace, 'late'))
    const group = engine.group('/g').handle('GET', '/early', note(trace, 'g early'))
    group.use(note(trace, 'g mw')).handle('GET', '/late', note(trace, 'g late'))
    for (const path of ['/early', '/late', '/g/early', '/g/late']) await get(engine, path)
    expect(trace).toEqual(['early', 'mw', 'late', 'mw', 'g early', 'mw', 'g mw', 'g late'])
  })

  it('gives a group the middleware that its parent has when it is made', async () => {
    const trace: string[] = []
    const engine = new Engine().use(note(trace, 'first'))
    const group = engine.group('/g')
    engine.use(note(trace, 'second'))
    group.handle('GET', '/x', note(trace, 'route'))
    await get(engine, '/g/x')
    expect(trace).toEqual(['first', 'route'])
  })

  it('keeps the middleware of a group from its siblings and its parent', async () => {
    const trace: string[] = []
    const engine = new Engine().use(note(trace, 'e'))
    const [a, b] = [engine.group('/a', note(trace, 'a1')), engine.group('/b')]
    a.use(note(trace, 'a2'))
    b.use(note(trace, 'b'))
    for (const group of [engine, a, b]) group.handle('GET', '/x', note(trace, 'x'))
    for (const path of ['/x', '/a/x', '/b/x']) await get(engine, path)
    expect(trace).toEqual(['e', 'x', 'e', 'a1', 'a2', 'x', 'e', 'b', 'x'])
  })

  it('registers a route for all usual methods', async () => {
    const engine = new Engine()
    engine.group('/g').any('/x', (c) => c.text(200, c.req.method)).handle('GET', '/y', () => {})
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
      expect(await engine.serve({ method, path: '/g/x' })).toMatchObject({ status: 200, body: method })
    }
    expect((await engine.serve({ method: 'PURGE', path: '/g/x' })).status).toBe(405)
  })

  it('takes the first route that fits, in the order of registration', async () => {
    const engine = new Engine()
    engine.handle('POST', '/:x', (c) => c.text(200, 'post'))
    engine.handle('GET', '/:x', (c) => c.text(200, `any ${c.params['x']}`))
    engine.handle('GET', '/a', (c) => c.text(200, 'a'))
    expect((await get(engine, '/a')).body).toBe('any a')
  })

  it('refuses a route without handlers', async () => {
    const engine = new Engine().use(() => {})
    expect(() => engine.handle('GET', '/')).toThrow(RangeError)
    expect(() => engine.group('/g').any('/x')).toThrow(RangeError)
    expect((await get(engine, '/')).status).toBe(404)
  })

  it('is right for any history of groups, middleware and routes', async () => {
    const trace: string[] = []
    const engine = new Engine()
    const groups: Array<{ group: Group; path: string; names: string[] }> = [{ group: engine, path: '', names: [] }]
    const routes: Array<{ path: string; names: string[] }> = []
    // Begins with what is easy to get wrong: a route, then middleware, a group, more middleware, a route of the group.
    const begin = [[2, 0], [0, 0], [1, 0], [0, 0], [2, 1], [0, 1], [2, 0]] as const
    for (let i = 0; i < 25; i++) {
      const [kind, at] = begin[i] ?? [random.int(0, 2), random.int(0, groups.length - 1)]
      const { group, path, names } = groups[at] ?? { group: engine, path: '', names: [] }
      if (kind === 0) {
        group.use(note(trace, `m${i}`))
        names.push(`m${i}`)
      } else if (kind === 1) {
        const made = group.group(`/g${i}`, note(trace, `m${i}`))
        groups.push({ group: made, path: `${path}/g${i}`, names: [...names, `m${i}`] })
      } else {
        group.handle('GET', `/r${i}`, note(trace, `r${i}`))
        routes.push({ path: `${path}/r${i}`, names: [...names, `r${i}`] })
      }
    }
    for (const { path, names } of routes) {
      trace.length = 0
      await get(engine, path)
      expect(trace).toEqual(names)
    }
  })
})

describe('Next and abort', () => {
  it('goes on after a handler that does not call next()', async () => {
    const trace: string[] = []
    await run(note(trace, 'a'), note(trace, 'b'), around(trace, 'c'), note(trace, 'd'), note(trace, 'e'))
    expect(trace).toEqual(['a', 'b', 'c in', 'd', 'e', 'c out'])
  })

  it('returns from next() when all the rest has run', async () => {
    const trace: string[] = []
    await run(around(trace, 'a'), note(trace, 'b'), around(trace, 'c'), note(trace, 'd'))
    expect(trace).toEqual(['a in', 'b', 'c in', 'd', 'c out', 'a out'])
  })

  it('waits for handlers that take time', async () => {
    const trace: string[] = []
    const slow = (name: string): Handler => async () => {
      trace.push(`${name} begins`)
      await work()
      trace.push(`${name} ends`)
    }
    await run(slow('a'), around(trace, 'b'), slow('c'), slow('d'))
    expect(trace).toEqual(['a begins', 'a ends', 'b in', 'c begins', 'c ends', 'd begins', 'd ends', 'b out'])
  })

  it('answers only when the last handler has ended', async () => {
    const { body } = await run(async (c) => {
      await work()
      c.text(200, 'done')
    })
    expect(body).toBe('done')
  })

  it('runs nothing twice when next() is called again', async () => {
    const trace: string[] = []
    const twice: Handler = async (c) => {
      await c.next()
      trace.push('again')
      await c.next()
      await c.next()
    }
    await run(twice, note(trace, 'a'), twice, note(trace, 'b'))
    expect(trace).toEqual(['a', 'b', 'again', 'again'])
  })

  it('starts nothing more after abort(), and lets the current handler finish', async () => {
    const trace: string[] = []
    const response = await run(
      around(trace, 'outer'),
      async (c) => {
        c.abort()
        await work()
        trace.push('still here')
        c.json(403, { sorry: true })
        await c.next()
      },
      note(trace, 'never'),
    )
    expect(trace).toEqual(['outer in', 'still here', 'outer out'])
    expect(response).toMatchObject({ status: 403, body: '{"sorry":true}' })
  })

  it('leaves the response alone in abort()', async () => {
    const response = await run((c) => {
      c.text(202, 'accepted')
      c.abort()
    })
    expect(response).toMatchObject({ status: 202, body: 'accepted' })
  })

  it('sets the status with abortWithStatus() and keeps the body', async () => {
    const code = random.pick([401, 403, 429, 503])
    const never = vi.fn()
    const response = await run((c) => {
      c.text(200, 'text')
      c.abortWithStatus(code)
    }, never)
    expect(response).toMatchObject({ status: code, body: 'text' })
    expect(never).not.toHaveBeenCalled()
  })

  it('tells everybody whether the request was aborted', async () => {
    const seen: boolean[] = []
    await run(
      async (c) => {
        seen.push(c.aborted)
        await c.next()
        seen.push(c.aborted)
      },
      (c) => {
        seen.push(c.aborted)
        c.abort()
        seen.push(c.aborted)
      },
    )
    expect(seen).toEqual([false, false, true, true])
  })

  it('aborts one request only', async () => {
    const trace: string[] = []
    const engine = new Engine().use((c) => {
      if (c.req.query?.['stop'] === 'yes') c.abort()
    })
    engine.handle('GET', '/', note(trace, 'ran'))
    await engine.serve({ method: 'GET', path: '/', query: { stop: 'yes' } })
    expect(trace).toEqual([])
    await get(engine, '/')
    expect(trace).toEqual(['ran'])
  })
})

describe('Errors and misses', () => {
  it('turns an error into 500 and lets the outer handlers finish', async () => {
    const failing: Handler[] = [
      () => {
        throw new Error('sync')
      },
      async () => {
        await work()
        throw new Error('async')
      },
    ]
    for (const fail of failing) {
      const trace: string[] = []
      const response = await run(around(trace, 'a'), around(trace, 'b'), fail, note(trace, 'never'))
      expect(trace).toEqual(['a in', 'b in', 'b out', 'a out'])
      expect(response).toEqual({ status: 500, headers: {}, body: '' })
    }
  })

  it('drops what was written before the error, but no cookies', async () => {
    const response = await run((c) => {
      c.setCookie('a', '1')
      c.json(201, { half: 'done' })
      throw new Error('oops')
    })
    expect(response).toEqual({ status: 500, headers: { 'set-cookie': 'a=1' }, body: '' })
  })

  it('counts an error as an abort', async () => {
    let aborted: boolean | undefined
    await run(
      async (c) => {
        await c.next()
        aborted = c.aborted
      },
      () => {
        throw new Error('oops')
      },
    )
    expect(aborted).toBe(true)
  })

  it('lets an outer handler write another answer after an error', async () => {
    const response = await run(
      async (c) => {
        await c.next()
        c.text(503, 'try later')
      },
      () => {
        throw new Error('oops')
      },
    )
    expect(response).toMatchObject({ status: 503, body: 'try later' })
  })

  it('turns an error on the way out into 500 as well', async () => {
    const trace: string[] = []
    const response = await run(
      around(trace, 'a'),
      async (c) => {
        await c.next()
        throw new Error('oops')
      },
      (c) => c.text(200, 'fine'),
    )
    expect(response).toEqual({ status: 500, headers: {}, body: '' })
    expect(trace).toEqual(['a in', 'a out'])
  })

  it('answers the next request after an error as ever', async () => {
    const engine = new Engine()
    engine.handle('GET', '/bad', () => {
      throw new Error('oops')
    })
    engine.handle('GET', '/good', (c) => c.text(200, 'good'))
    expect((await get(engine, '/bad')).status).toBe(500)
    expect((await get(engine, '/good')).status).toBe(200)
  })

  it('answers 404 through the middleware of the engine', async () => {
    const trace: string[] = []
    const engine = new Engine()
    engine.group('/g', note(trace, 'group')).handle('GET', '/x', note(trace, 'route'))
    engine.use(around(trace, 'engine'))
    expect(await get(engine, '/g/y')).toEqual({ status: 404, headers: {}, body: '' })
    expect(trace).toEqual(['engine in', 'engine out'])
  })

  it('answers 405 with the methods of the path, sorted, through the middleware of the engine', async () => {
    const trace: string[] = []
    const engine = new Engine()
    for (const method of ['PUT', 'DELETE', 'POST']) engine.handle(method, '/a/:x', note(trace, 'route'))
    engine.handle('PUT', '/:y/b', note(trace, 'route'))
    engine.handle('PATCH', '/b/:x', note(trace, 'route'))
    engine.use(around(trace, 'engine'))
    const response = await get(engine, '/a/b')
    expect(response).toEqual({ status: 405, headers: { allow: 'DELETE, POST, PUT' }, body: '' })
    expect(trace).toEqual(['engine in', 'engine out'])
  })

  it('lets middleware answer before it comes to 404 or 405', async () => {
    const engine = new Engine().use((c) => c.abortWithStatus(401))
    engine.handle('GET', '/a', () => {})
    expect(await get(engine, '/b')).toEqual({ status: 401, headers: {}, body: '' })
    expect(await engine.serve({ method: 'PUT', path: '/a' })).toEqual({ status: 401, headers: {}, body: '' })
  })

  it('lets middleware give a 404 a body', async () => {
    const engine = new Engine().use(async (c) => {
      await c.next()
      c.text(404, 'nothing here')
    })
    expect(await get(engine, '/x')).toMatchObject({ status: 404, body: 'nothing here' })
  })
})

describe('Context', () => {
  it('answers 200 with nothing if nobody says otherwise', async () => {
    expect(await run(() => {})).toEqual({ status: 200, headers: {}, body: '' })
  })

  it('hands on the request and the parameters of the route', async () => {
    const seen: unknown[] = []
    const engine = new Engine()
    engine.group('/users/:id').handle('POST', '/posts/:post', (c) => {
      seen.push(c.req, c.params)
    })
    const req = { method: 'POST', path: '/users/7/posts/a%20b', body: { n: random.int(0, 99) } }
    await engine.serve(req)
    expect(seen).toEqual([req, { id: '7', post: 'a%20b' }])
    expect((await engine.serve({ method: 'POST', path: '/users//posts/1' })).status).toBe(404)
  })

  it('writes text and JSON, the last one winning', async () => {
    expect(await run((c) => c.text(201, 'x'), (c) => c.json(202, { a: [1, null, 'ü'] }))).toEqual({
      status: 202,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"a":[1,null,"ü"]}',
    })
    expect(await run((c) => c.json(202, 0), (c) => c.text(200, ''))).toEqual({
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: '',
    })
  })

  it('wraps JSON into a call if the callback is a plain identifier', async () => {
    const engine = new Engine().handle('GET', '/', (c) => c.jsonp(200, { a: 1 }))
    const ask = (callback: string) => engine.serve({ method: 'GET', path: '/', query: { callback } })
    for (const callback of ['cb', '_', '$', 'jQuery_1$', 'A9']) {
      expect(await ask(callback)).toEqual({
        status: 200,
        headers: { 'content-type': 'application/javascript; charset=utf-8' },
        body: `${callback}({"a":1});`,
      })
    }
    for (const callback of ['', '1a', 'a.b', 'alert(1);//', 'a b', 'x\n', 'a-b', ' a', '<b>']) {
      expect(await ask(callback)).toMatchObject({
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: '{"a":1}',
      })
    }
    expect((await get(engine, '/')).body).toBe('{"a":1}')
  })

  it('keeps values for one request', async () => {
    const seen: unknown[] = []
    const engine = new Engine().use(async (c) => {
      seen.push(c.get('user'))
      c.set('user', c.req.path)
      c.set('empty', undefined)
      await work()
    })
    engine.handle('GET', '/:x', (c) => {
      seen.push(c.get<string>('user'), c.get('empty'), c.get('other'))
    })
    await get(engine, '/a')
    await get(engine, '/b')
    expect(seen).toEqual([undefined, '/a', undefined, undefined, undefined, '/b', undefined, undefined])
  })

  it('keeps requests apart that run at the same time', async () => {
    const engine = new Engine().use(async (c) => {
      c.set('user', c.params['x'])
      c.setCookie('user', c.params['x'] ?? '')
      await work()
      await c.next()
    })
    engine.handle('GET', '/:x', async (c) => {
      await work()
      c.text(200, `${c.get<string>('user')} ${c.params['x']}`)
    })
    const names = random.shuffle(['a', 'b', 'c', 'd'])
    const responses = await Promise.all(names.map((name) => get(engine, `/${name}`)))
    expect(responses.map(({ body }) => body)).toEqual(names.map((name) => `${name} ${name}`))
    expect(responses.map(({ headers }) => headers['set-cookie'])).toEqual(names.map((name) => `user=${name}`))
  })

  it('reads cookies', async () => {
    const seen: Array<string | undefined> = []
    const look = (c: Ctx) => {
      for (const name of ['a', 'bb', 'c', 'd', 'b', 'e']) seen.push(c.cookie(name))
    }
    const engine = new Engine().handle('GET', '/', look)
    await engine.serve({ method: 'GET', path: '/', headers: { cookie: 'a=1; bb=x%20y;c=p=q; d=; e=%zz; a=2' } })
    expect(seen).toEqual(['1', 'x y', 'p=q', '', undefined, '%zz'])
    seen.length = 0
    await get(engine, '/')
    expect(seen).toEqual(Array(6).fill(undefined))
  })

  it('sets cookies, one line each', async () => {
    const response = await run((c) => {
      c.setCookie('a', 'old')
      c.setCookie('b', 'x; y=ü')
      c.setCookie('a', 'new')
      c.text(200, 'ok')
    })
    expect(response.headers['set-cookie']).toBe(`a=new\nb=${encodeURIComponent('x; y=ü')}`)
  })
})
