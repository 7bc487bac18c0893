import { describe, expect, it } from 'vitest'
import { Engine, type Handler } from './solution'

/** Notes when it runs, and goes on without calling next(). */
const note = (trace: string[], name: string): Handler => () => {
  trace.push(name)
}

describe('Engine', () => {
  it('answers a request', async () => {
    const engine = new Engine()
    engine.handle('GET', '/hello/:name', (c) => c.text(200, `hello ${c.params['name']}`))
    expect(await engine.serve({ method: 'GET', path: '/hello/Ann' })).toEqual({
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: 'hello Ann',
    })
  })

  it('runs the middleware of engine and groups before the handlers of the route', async () => {
    const trace: string[] = []
    const engine = new Engine()
    engine.use(note(trace, 'engine'))
    const admin = engine.group('/api', note(trace, 'api')).group('/admin').use(note(trace, 'admin'))
    admin.handle('GET', '/users', note(trace, 'route'))
    await engine.serve({ method: 'GET', path: '/api/admin/users' })
    expect(trace).toEqual(['engine', 'api', 'admin', 'route'])
  })

  it('runs what follows next() on the way out', async () => {
    const trace: string[] = []
    const engine = new Engine().use(async (c) => {
      trace.push('in')
      await c.next()
      trace.push('out')
    })
    engine.handle('GET', '/', note(trace, 'route'))
    await engine.serve({ method: 'GET', path: '/' })
    expect(trace).toEqual(['in', 'route', 'out'])
  })

  it('starts no further handler after abort()', async () => {
    const engine = new Engine().use((c) => c.abortWithStatus(401))
    engine.handle('GET', '/', (c) => c.text(200, 'secret'))
    expect(await engine.serve({ method: 'GET', path: '/' })).toEqual({ status: 401, headers: {}, body: '' })
  })

  it('answers 404 and 405 where there is no route', async () => {
    const engine = new Engine()
    engine.handle('GET', '/a', (c) => c.text(200, 'a'))
    expect((await engine.serve({ method: 'GET', path: '/b' })).status).toBe(404)
    const response = await engine.serve({ method: 'POST', path: '/a' })
    expect(response).toEqual({ status: 405, headers: { allow: 'GET' }, body: '' })
  })
})
