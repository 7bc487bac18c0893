import { describe, expect, it, vi } from 'vitest'
import { type Conn, GracefulServer, type Listener } from './solution'

async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

/** A server with everything around it; `log` tells what happened, in order. */
function start(childIsReady = true) {
  const log: string[] = []
  let connect: (c: Conn) => void = () => {}
  const listener: Listener = {
    onConnection: (cb) => {
      connect = cb
    },
    close: () => log.push('listener closed'),
  }
  const timers = { now: () => 0, setTimeout: vi.fn(() => 1), clearTimeout: vi.fn() }
  const spawnChild = async () => {
    log.push('child started')
    return childIsReady
  }
  const server = new GracefulServer({
    listener,
    timers,
    drainMs: 1000,
    spawnChild,
    exit: (code) => log.push(`exit ${code}`),
  })
  const conn = (id: string, busy: boolean) =>
    connect({
      id,
      busy,
      close: () => log.push(`${id} closed`),
      closeAfterResponse: () => log.push(`${id} closes later`),
    })
  return { server, log, conn }
}

describe('GracefulServer', () => {
  it('lets running requests finish, then exits', async () => {
    const { server, log, conn } = start()
    server.on('SIGTERM')
    conn('idle', false)
    conn('busy', true)
    expect([server.state, server.ready]).toEqual(['running', true])
    void server.signal('SIGTERM')
    expect([server.state, server.ready]).toEqual(['draining', false])
    await settle()
    expect([...log].sort()).toEqual(['busy closes later', 'idle closed', 'listener closed'])
    server.requestDone('busy')
    await settle()
    expect(log.at(-1)).toBe('exit 0')
    expect(server.state).toBe('stopped')
  })

  it('cuts off what remains at the second signal', async () => {
    const { server, log, conn } = start()
    server.on('SIGINT')
    conn('busy', true)
    void server.signal('SIGINT')
    void server.signal('SIGINT')
    await settle()
    expect(log).toEqual(['listener closed', 'busy closes later', 'busy closed', 'exit 1'])
  })

  it('runs the hooks when the requests have finished', async () => {
    const { server, log } = start()
    server.on('SIGTERM')
    server.onShutdown(() => {
      log.push('first')
    })
    server.onShutdown((deadline) => {
      log.push(`last, until ${deadline}`)
    })
    void server.signal('SIGTERM')
    await settle()
    expect(log).toEqual(['listener closed', 'last, until 1000', 'first', 'exit 0'])
  })

  it('stops accepting only when its successor is ready', async () => {
    const { server, log } = start()
    server.on('SIGHUP')
    void server.signal('SIGHUP')
    await settle()
    expect(log).toEqual(['child started', 'listener closed', 'exit 0'])
  })

  it('goes on when its successor failed', async () => {
    const { server, log } = start(false)
    server.on('SIGHUP')
    void server.signal('SIGHUP')
    await settle()
    expect(log).toEqual(['child started'])
    expect(server.ready).toBe(true)
  })
})
