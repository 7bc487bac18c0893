import { describe, expect, it } from 'vitest'
import { type AtomicStore, LimiterChain, type Tx } from './solution'

/** A store in memory. Each script waits its turn and then runs whole. */
function memoryStore() {
  const entries = new Map<string, Readonly<Record<string, number>>>()
  const tx: Tx = {
    get: (key) => entries.get(key),
    set: (key, value) => void entries.set(key, { ...value }),
  }
  const store: AtomicStore = {
    async eval(script) {
      for (let turn = 0; turn < 3; turn++) await null
      return script(tx)
    },
  }
  return store
}

interface Request {
  ip: string
  user?: string
}

/** Ten at the gateway, three for each address, five for each user who is signed in. */
function setup() {
  const clock = { ms: 1000 }
  const limiter = new LimiterChain<Request>({
    store: memoryStore(),
    rules: [
      { level: 'user', ratePerSec: 1, burst: 5 },
      { level: 'ip', ratePerSec: 1, burst: 3 },
      { level: 'gateway', ratePerSec: 10, burst: 10 },
    ],
    keyOf: (level, { ip, user }) => (level === 'gateway' ? 'all' : level === 'ip' ? ip : (user ?? null)),
    now: () => clock.ms,
  })
  return { clock, limiter }
}

describe('LimiterChain', () => {
  it('allows what every level allows, and tells what is left', async () => {
    const { limiter } = setup()
    expect(await limiter.check({ ip: '10.0.0.1', user: 'ann' })).toEqual({
      allowed: true,
      remaining: { gateway: 9, ip: 2, user: 4 },
    })
  })

  it('names the first level that refuses, and takes nothing anywhere', async () => {
    const { limiter } = setup()
    for (let i = 0; i < 3; i++) await limiter.check({ ip: '10.0.0.1' })
    expect(await limiter.check({ ip: '10.0.0.1' })).toEqual({
      allowed: false,
      deniedBy: 'ip',
      retryAfterMs: 1000,
      remaining: { gateway: 7, ip: 0 },
    })
  })

  it('keeps a bucket for each address', async () => {
    const { limiter } = setup()
    for (let i = 0; i < 3; i++) await limiter.check({ ip: '10.0.0.1' })
    expect((await limiter.check({ ip: '10.0.0.2' })).allowed).toBe(true)
  })

  it('never sells a token twice, however many ask at the same time', async () => {
    const { limiter } = setup()
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => limiter.check({ ip: '10.0.0.1' })))
    expect(results.filter(({ allowed }) => allowed)).toHaveLength(3)
  })

  it('refills all the time', async () => {
    const { clock, limiter } = setup()
    for (let i = 0; i < 3; i++) await limiter.check({ ip: '10.0.0.1' })
    clock.ms += 750
    expect((await limiter.check({ ip: '10.0.0.1' })).retryAfterMs).toBe(250)
    clock.ms += 250
    expect((await limiter.check({ ip: '10.0.0.1' })).allowed).toBe(true)
  })
})
