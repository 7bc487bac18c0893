import { describe, expect, it, vi } from 'vitest'
import { random } from 'handroll'
import { type Conn, GracefulServer, type Listener, type Signal } from './solution'

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 60; i++) await null
}

/** Keeps an eye on a signal without waiting for it. */
function watch(signal: Promise<void>): { over: boolean } {
  const seen = { over: false }
  void signal.then(() => {
    seen.over = true
  })
  return seen
}

/** By now the signal must be over. */
async function over(seen: { over: boolean }): Promise<void> {
  await settle()
  expect(seen.over).toBe(true)
}

/** A promise that the test settles by hand. */
function deferred<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

/** A clock that moves only when told. */
class Clock {
  time = random.int(0, 1e6)
  readonly pending = new Map<number, { at: number; fn: () => void }>()
  /** What clearTimeout was called with, whatever that was. */
  readonly cleared: unknown[] = []
  #ids = 0

  readonly timers = {
    now: () => this.time,
    setTimeout: (fn: () => void, ms: number) => {
      this.pending.set(++this.#ids, { at: this.time + ms, fn })
      return this.#ids
    },
    clearTimeout: (id: number) => {
      this.cleared.push(id)
      this.pending.delete(id)
    },
  }

  async advance(ms: number): Promise<void> {
    const end = this.time + ms
    for (;;) {
      const [next] = [...this.pending].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)
      if (next === undefined) break
      this.pending.delete(next[0])
      this.time = next[1].at
      next[1].fn()
      await settle()
    }
    this.time = end
  }
}

interface Setup {
  drainMs?: number
  spawnChild?: (inherited: Listener) => Promise<boolean>
  signals?: readonly Signal[]
}

/** A server with everything around it; `log` tells what happened, in order. */
function start({ drainMs = 10_000, spawnChild, signals = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP'] }: Setup = {}) {
  const log: string[] = []
  const clock = new Clock()
  let connect: (c: Conn) => void = () => {}
  const listener: Listener = {
    onConnection: (cb) => {
      connect = cb
    },
    close: () => log.push('listener'),
  }
  const exit = vi.fn((code: number) => {
    log.push(`exit ${code}`)
  })
  const spawn = vi.fn(spawnChild ?? (async () => true))
  const server = new GracefulServer({ listener, timers: clock.timers, drainMs, spawnChild: spawn, exit })
  for (const sig of signals) server.on(sig)
  const conn = (id: string, busy: boolean) => {
    const made: Conn = {
      id,
      busy,
      close: () => log.push(`${id} closed`),
      closeAfterResponse: () => log.push(`${id} later`),
    }
    connect(made)
    return made
  }
  return { server, log, clock, conn, exit, spawn, listener }
}

const STOPPING = ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const

describe('Signals', () => {
  it('shuts down at any of the three signals that ask for it', async () => {
    for (const sig of STOPPING) {
      const { server, log } = start()
      await over(watch(server.signal(sig)))
      expect(log).toEqual(['listener', 'exit 0'])
      expect([server.state, server.ready]).toEqual(['stopped', false])
    }
  })

  it('is not ready from the moment of the signal', async () => {
    const { server, conn } = start()
    conn('a', true)
    expect([server.state, server.ready]).toEqual(['running', true])
    const done = watch(server.signal(random.pick(STOPPING)))
    expect([server.state, server.ready]).toEqual(['draining', false])
    await settle()
    expect([server.state, server.ready]).toEqual(['draining', false])
    server.requestDone('a')
    await over(done)
    expect([server.state, server.ready]).toEqual(['stopped', false])
  })

  it('refuses to handle signals that cannot be caught', () => {
    const { server } = start({ signals: [] })
    expect(() => server.on('SIGKILL')).toThrow(RangeError)
    expect(() => server.on('SIGSTOP')).toThrow(RangeError)
    for (const sig of [...STOPPING, 'SIGHUP'] as const) expect(() => server.on(sig)).not.toThrow()
  })

  it('ends at once by a signal that it does not handle', async () => {
    const codes = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143, SIGKILL: 137 } as const
    for (const [sig, code] of Object.entries(codes)) {
      const { server, log, conn, spawn } = start({ signals: [] })
      server.onShutdown(() => {
        log.push('hook')
      })
      conn('a', true)
      conn('b', false)
      await over(watch(server.signal(sig as Signal)))
      await settle()
      expect(log).toEqual([`exit ${code}`])
      expect([server.state, server.ready]).toEqual(['stopped', false])
      expect(spawn).not.toHaveBeenCalled()
    }
  })

  it('clears no timer where it has set none', async () => {
    const { server, clock } = start({ signals: [] })
    await over(watch(server.signal('SIGTERM')))
    expect(clock.cleared.filter((id) => typeof id !== 'number')).toEqual([])
  })

  it('handles only the signals that were asked for', async () => {
    const { server, log, conn } = start({ signals: ['SIGINT'] })
    conn('a', true)
    const done = watch(server.signal('SIGINT'))
    await settle()
    await over(watch(server.signal('SIGTERM')))
    await over(done)
    expect(log).toEqual(['listener', 'a later', 'exit 143'])
  })

  it('takes no notice of SIGSTOP', async () => {
    const { server, log } = start()
    await over(watch(server.signal('SIGSTOP')))
    expect([server.state, log]).toEqual(['running', []])
  })

  it('cuts off what remains at the second signal', async () => {
    const { server, log, conn, clock } = start()
    conn('a', true)
    conn('b', true)
    const done = watch(server.signal('SIGTERM'))
    server.requestDone('a')
    await settle()
    await over(watch(server.signal(random.pick(STOPPING))))
    await over(done)
    await over(watch(server.signal(random.pick(STOPPING))))
    expect(log).toEqual(['listener', 'a later', 'b later', 'b closed', 'exit 1'])
    expect([server.state, clock.pending.size]).toEqual(['stopped', 0])
  })

  it('cuts off hooks at the second signal', async () => {
    const { server, log, clock } = start()
    const hook = deferred<void>()
    server.onShutdown(() => {
      log.push('never')
    })
    server.onShutdown(() => hook.promise)
    const done = watch(server.signal('SIGTERM'))
    await settle()
    await over(watch(server.signal('SIGTERM')))
    await over(done)
    hook.resolve()
    await settle()
    await clock.advance(20_000)
    expect(log).toEqual(['listener', 'exit 1'])
  })

  it('does nothing more when it has stopped', async () => {
    const { server, log, spawn, exit } = start()
    await over(watch(server.signal('SIGTERM')))
    for (const sig of [...STOPPING, 'SIGHUP', 'SIGKILL'] as const) await over(watch(server.signal(sig)))
    server.requestDone('nobody')
    await settle()
    expect(log).toEqual(['listener', 'exit 0'])
    expect(spawn).not.toHaveBeenCalled()
    expect(exit).toHaveBeenCalledTimes(1)
  })

  it('refuses a time to drain that makes no sense', () => {
    for (const drainMs of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => start({ drainMs })).toThrow(RangeError)
    }
    expect(() => start({ drainMs: 0 })).not.toThrow()
  })
})

describe('Draining', () => {
  it('closes the listener first, then idle connections at once, and busy ones after their response', async () => {
    const { server, log, conn } = start()
    const busy = Array.from({ length: random.int(4, 8) }, (_, i) => i === 0 || (i > 1 && random.next() < 0.5))
    busy.forEach((isBusy, i) => conn(`c${i}`, isBusy))
    void server.signal('SIGTERM')
    await settle()
    expect(log[0]).toBe('listener')
    expect(log.slice(1).sort()).toEqual(busy.map((isBusy, i) => `c${i} ${isBusy ? 'later' : 'closed'}`).sort())
  })

  it('waits for the last busy connection', async () => {
    const { server, log, conn, exit } = start()
    const ids = ['a', 'b', 'c', 'd']
    for (const id of ids) conn(id, true)
    const done = watch(server.signal('SIGTERM'))
    for (const id of random.shuffle(ids)) {
      await settle()
      expect([exit.mock.calls, done.over]).toEqual([[], false])
      server.requestDone(id)
    }
    await over(done)
    expect(log.at(-1)).toBe('exit 0')
    expect(log.filter((line) => line.endsWith('closed'))).toEqual([])
  })

  it('looks at the connections when the signal comes, not when they came', async () => {
    const { server, log, conn } = start()
    const first = conn('first', false)
    const second = conn('second', true)
    first.busy = true
    second.busy = false
    server.requestDone('second')
    void server.signal('SIGTERM')
    await settle()
    expect([...log].sort()).toEqual(['first later', 'listener', 'second closed'])
  })

  it('still closes a connection after requests that were done before the signal', async () => {
    const { server, log, conn } = start()
    conn('a', true).busy = false
    server.requestDone('a')
    const again = conn('b', true)
    server.requestDone('b')
    again.busy = true
    const done = watch(server.signal('SIGTERM'))
    await settle()
    expect(log).toEqual(['listener', 'a closed', 'b later'])
    server.requestDone('b')
    await over(done)
    expect(log.at(-1)).toBe('exit 0')
  })

  it('closes connections that still arrive', async () => {
    const { server, log, conn } = start()
    conn('a', true)
    const done = watch(server.signal('SIGTERM'))
    await settle()
    conn('late', false)
    conn('later', true)
    expect(log.slice(-2)).toEqual(['late closed', 'later closed'])
    server.requestDone('a')
    await over(done)
    conn('latest', false)
    expect(log.slice(-2)).toEqual(['exit 0', 'latest closed'])
  })

  it('takes no notice of connections that it does not know', async () => {
    const { server, conn, exit } = start()
    conn('a', true)
    server.requestDone('x')
    const done = watch(server.signal('SIGTERM'))
    server.requestDone('y')
    server.requestDone('y')
    await settle()
    expect(exit).not.toHaveBeenCalled()
    server.requestDone('a')
    await over(done)
    expect(exit).toHaveBeenCalledTimes(1)
  })

  it('closes what remains when the time is over, and tells it by the exit code', async () => {
    const drainMs = random.int(100, 5000)
    const { server, log, conn, clock } = start({ drainMs })
    for (const id of ['a', 'b', 'c']) conn(id, true)
    conn('idle', false)
    const done = watch(server.signal('SIGTERM'))
    server.requestDone('b')
    await settle()
    log.length = 0
    await clock.advance(drainMs - 1)
    expect([log, server.state]).toEqual([[], 'draining'])
    await clock.advance(1)
    await over(done)
    expect(log).toEqual(['a closed', 'c closed', 'exit 1'])
    expect([server.state, clock.pending.size]).toEqual(['stopped', 0])
  })

  it('runs no hook when the time is over before the connections have ended', async () => {
    const { server, log, conn, clock } = start()
    server.onShutdown(() => {
      log.push('hook')
    })
    conn('a', true)
    void server.signal('SIGTERM')
    await clock.advance(10_000)
    server.requestDone('a')
    await settle()
    expect(log).toEqual(['listener', 'a later', 'a closed', 'exit 1'])
  })

  it('leaves no timer behind, and sets none before the signal', async () => {
    const { server, conn, clock } = start()
    conn('a', true)
    expect(clock.pending.size).toBe(0)
    const done = watch(server.signal('SIGTERM'))
    await settle()
    expect(clock.pending.size).toBe(1)
    server.requestDone('a')
    await over(done)
    expect(clock.pending.size).toBe(0)
    const killed = start({ signals: ['SIGTERM'] })
    killed.conn('a', true)
    void killed.server.signal('SIGTERM')
    await settle()
    await over(watch(killed.server.signal('SIGKILL')))
    expect(killed.clock.pending.size).toBe(0)
  })
})

describe('Hooks', () => {
  it('runs the hooks one after the other, the last registered first', async () => {
    const { server, log } = start()
    const gates = Array.from({ length: 3 }, () => deferred<void>())
    gates.forEach((gate, i) => {
      server.onShutdown(async () => {
        log.push(`${i} begins`)
        await gate.promise
        log.push(`${i} ends`)
      })
    })
    const done = watch(server.signal('SIGTERM'))
    for (const i of [2, 1, 0]) {
      await settle()
      expect(log.at(-1)).toBe(`${i} begins`)
      gates[i]?.resolve()
    }
    await over(done)
    expect(log).toEqual(['listener', '2 begins', '2 ends', '1 begins', '1 ends', '0 begins', '0 ends', 'exit 0'])
  })

  it('runs the hooks only when the connections have ended', async () => {
    const { server, log, conn } = start()
    server.onShutdown(() => {
      log.push('hook')
    })
    conn('a', true)
    const done = watch(server.signal('SIGTERM'))
    await settle()
    expect(log).not.toContain('hook')
    server.requestDone('a')
    await over(done)
    expect(log.slice(-2)).toEqual(['hook', 'exit 0'])
  })

  it('tells the hooks when the time will be over', async () => {
    const drainMs = random.int(1000, 5000)
    const { server, conn, clock } = start({ drainMs })
    const hook = vi.fn()
    server.onShutdown(hook)
    conn('a', true)
    await clock.advance(random.int(1, 500))
    const deadline = clock.time + drainMs
    const done = watch(server.signal('SIGTERM'))
    await clock.advance(random.int(1, 900))
    server.requestDone('a')
    await over(done)
    expect(hook.mock.calls).toEqual([[deadline]])
  })

  it('goes on after a hook that fails, and tells it by the exit code', async () => {
    for (const fail of [
      () => Promise.reject(new Error('async')),
      () => {
        throw new Error('sync')
      },
    ]) {
      const { server, log } = start()
      server.onShutdown(() => {
        log.push('first')
      })
      server.onShutdown(fail)
      server.onShutdown(() => {
        log.push('last')
      })
      await over(watch(server.signal('SIGTERM')))
      expect(log).toEqual(['listener', 'last', 'first', 'exit 1'])
    }
  })

  it('waits for no hook longer than the time allows', async () => {
    const { server, log, clock, conn } = start({ drainMs: 1000 })
    const hook = deferred<void>()
    server.onShutdown(() => {
      log.push('never')
    })
    server.onShutdown(() => hook.promise)
    conn('a', true)
    const done = watch(server.signal('SIGTERM'))
    await clock.advance(600)
    server.requestDone('a')
    await settle()
    await clock.advance(399)
    expect(server.state).toBe('draining')
    await clock.advance(1)
    await over(done)
    expect(log).toEqual(['listener', 'a later', 'exit 1'])
    hook.resolve()
    await settle()
    expect(log).toEqual(['listener', 'a later', 'exit 1'])
    expect(clock.pending.size).toBe(0)
  })

  it('runs each hook once', async () => {
    const { server, conn } = start()
    const hooks = [vi.fn(), vi.fn()]
    for (const hook of hooks) server.onShutdown(hook)
    conn('a', true)
    const done = watch(server.signal('SIGTERM'))
    server.requestDone('a')
    server.requestDone('a')
    await over(done)
    server.requestDone('a')
    await over(watch(server.signal('SIGTERM')))
    await settle()
    for (const hook of hooks) expect(hook).toHaveBeenCalledTimes(1)
  })
})

describe('Restart', () => {
  it('hands its listener to the child and goes on until the child is ready', async () => {
    const child = deferred<boolean>()
    const { server, log, conn, spawn, listener } = start({ spawnChild: () => child.promise })
    conn('idle', false)
    conn('busy', true)
    const done = watch(server.signal('SIGHUP'))
    await settle()
    expect(spawn.mock.calls.length).toBe(1)
    expect(spawn.mock.calls[0]?.[0]).toBe(listener)
    expect([log, server.state, server.ready]).toEqual([[], 'running', true])
    conn('meanwhile', false)
    child.resolve(true)
    await settle()
    expect(log[0]).toBe('listener')
    expect(log.slice(1).sort()).toEqual(['busy later', 'idle closed', 'meanwhile closed'])
    expect([server.state, server.ready]).toEqual(['draining', false])
    server.requestDone('busy')
    await over(done)
    expect(log.at(-1)).toBe('exit 0')
  })

  it('counts the time to drain from the moment when the child is ready', async () => {
    const child = deferred<boolean>()
    const { server, log, conn, clock } = start({ drainMs: 1000, spawnChild: () => child.promise })
    conn('a', true)
    const done = watch(server.signal('SIGHUP'))
    await clock.advance(5000)
    expect(log).toEqual([])
    child.resolve(true)
    await settle()
    await clock.advance(999)
    expect(server.state).toBe('draining')
    await clock.advance(1)
    await over(done)
    expect(log).toEqual(['listener', 'a later', 'a closed', 'exit 1'])
  })

  it('runs the hooks after a hand-over as well', async () => {
    const { server, log } = start()
    server.onShutdown(() => {
      log.push('hook')
    })
    await over(watch(server.signal('SIGHUP')))
    expect(log).toEqual(['listener', 'hook', 'exit 0'])
  })

  it('goes on as before when the child fails, and tries again when asked', async () => {
    const outcomes: Array<() => Promise<boolean>> = [
      async () => false,
      () => Promise.reject(new Error('no such file')),
      () => {
        throw new Error('fork failed')
      },
      async () => true,
    ]
    let attempt = 0
    const { server, log, conn, clock } = start({ spawnChild: () => outcomes[attempt++]?.() ?? Promise.resolve(true) })
    conn('a', false)
    for (let i = 0; i < 3; i++) {
      await over(watch(server.signal('SIGHUP')))
      await settle()
      expect([log, server.state, server.ready]).toEqual([[], 'running', true])
    }
    expect(clock.pending.size).toBe(0)
    await over(watch(server.signal('SIGHUP')))
    expect(log).toEqual(['listener', 'a closed', 'exit 0'])
  })

  it('starts one child at a time', async () => {
    const child = deferred<boolean>()
    const { server, log, spawn } = start({ spawnChild: () => child.promise })
    const done = watch(server.signal('SIGHUP'))
    await settle()
    await over(watch(server.signal('SIGHUP')))
    expect(spawn).toHaveBeenCalledTimes(1)
    child.resolve(true)
    await over(done)
    expect(log).toEqual(['listener', 'exit 0'])
  })

  it('starts no child while it drains', async () => {
    const { server, conn, spawn, log } = start()
    conn('a', true)
    const done = watch(server.signal('SIGTERM'))
    await settle()
    await over(watch(server.signal('SIGHUP')))
    expect([spawn.mock.calls.length, server.state]).toEqual([0, 'draining'])
    server.requestDone('a')
    await over(done)
    expect(log).toEqual(['listener', 'a later', 'exit 0'])
  })

  it('shuts down at once when asked to while a child is starting', async () => {
    const child = deferred<boolean>()
    const { server, log, conn } = start({ spawnChild: () => child.promise })
    conn('a', true)
    void server.signal('SIGHUP')
    await settle()
    const done = watch(server.signal('SIGTERM'))
    expect(server.state).toBe('draining')
    child.resolve(true)
    await settle()
    expect(log).toEqual(['listener', 'a later'])
    server.requestDone('a')
    await over(done)
    await settle()
    expect(log).toEqual(['listener', 'a later', 'exit 0'])
  })
})
