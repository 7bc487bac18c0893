import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { type AtomicStore, LimiterChain, type LimitRule, type Tx } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** A store whose scripts wait for a while and then run whole; entries expire by a clock of its own. */
function sharedStore() {
  const entries = new Map<string, { value: Readonly<Record<string, number>>; until: number }>()
  const facts = { evals: 0, ms: 5_000_000, ttls: [] as number[] }
  const tx: Tx = {
    get(key) {
      const entry = entries.get(key)
      return entry && entry.until > facts.ms ? Object.freeze({ ...entry.value }) : undefined
    },
    set(key, value, ttlMs) {
      facts.ttls.push(ttlMs)
      entries.set(key, { value: { ...value }, until: facts.ms + ttlMs })
    },
  }
  const store: AtomicStore = {
    async eval(script) {
      const turns = 2 + (facts.evals++ % 5) * 2
      for (let turn = 0; turn < turns; turn++) await null
      return script(tx)
    },
  }
  return { store, facts }
}

/** A request is its keys by level; where there is none, the level does not apply. */
type Request = Record<string, string>

/** A limiter of these rules: rates are in tokens per second, times in milliseconds. */
function setup(rules: LimitRule[]) {
  const { store, facts } = sharedStore()
  const clock = { ms: random.int(1, 1e6) }
  const make = (now = () => clock.ms) => {
    return new LimiterChain<Request>({ store, rules, keyOf: (level, req) => req[level] ?? null, now })
  }
  return { facts, clock, limiter: make(), make, store }
}

const rule = (level: string, burst: number, ratePerSec = 125): LimitRule => ({ level, burst, ratePerSec })

/** Spends so many tokens, one by one. */
async function spend(limiter: LimiterChain<Request>, req: Request, times: number): Promise<void> {
  for (const _ of numbers(times)) expect((await limiter.check(req)).allowed).toBe(true)
}

describe('Buckets', () => {
  it('a bucket starts full and is empty after its burst', async () => {
    const burst = random.int(2, 5)
    const { limiter } = setup([rule('ip', burst)])
    for (const i of numbers(burst)) {
      expect(await limiter.check({ ip: 'a' })).toEqual({ allowed: true, remaining: { ip: burst - i - 1 } })
    }
    const { allowed, deniedBy } = await limiter.check({ ip: 'a' })
    expect([allowed, deniedBy]).toEqual([false, 'ip'])
  })

  it('each key has a bucket of its own', async () => {
    const { limiter } = setup([rule('ip', 2)])
    await spend(limiter, { ip: 'a' }, 2)
    await spend(limiter, { ip: 'b' }, 2)
    expect((await limiter.check({ ip: 'a' })).allowed).toBe(false)
    expect((await limiter.check({ ip: 'c' })).remaining).toEqual({ ip: 1 })
  })

  it('levels never share a bucket, whatever their names and keys are', async () => {
    const { limiter } = setup([rule('ip', 3), rule('api', 3), rule('a', 3), rule('a:b', 3)])
    await spend(limiter, { ip: 'x' }, 2)
    expect((await limiter.check({ api: 'x' })).remaining).toEqual({ api: 2 })
    expect((await limiter.check({ ip: 'x', api: 'x' })).remaining).toEqual({ ip: 0, api: 1 })
    await spend(limiter, { a: 'b:c' }, 2)
    expect((await limiter.check({ 'a:b': 'c' })).remaining).toEqual({ 'a:b': 2 })
    expect((await limiter.check({ a: 'b', 'a:b': 'b' })).remaining).toEqual({ a: 2, 'a:b': 2 })
  })

  it('tokens come back all the time, in fractions', async () => {
    const { limiter, clock } = setup([rule('ip', 4)])
    await spend(limiter, { ip: 'a' }, 4)
    clock.ms += 4
    expect((await limiter.check({ ip: 'a' })).remaining).toEqual({ ip: 0.5 })
    clock.ms += 6
    expect((await limiter.check({ ip: 'a' })).remaining).toEqual({ ip: 0.25 })
    clock.ms += 1
    expect((await limiter.check({ ip: 'a' })).remaining).toEqual({ ip: 0.375 })
  })

  it('no bucket holds more than its burst', async () => {
    const { limiter, clock, facts } = setup([rule('ip', 4)])
    await spend(limiter, { ip: 'a' }, 3)
    for (const ms of [31, 1000, 1e9]) {
      clock.ms += ms
      facts.ms += 1
      expect((await limiter.check({ ip: 'a' }, 0)).remaining.ip).toBe(4)
    }
  })

  it('the time is that of now, whatever the store thinks it is', async () => {
    const { limiter, clock, facts } = setup([rule('ip', 200)])
    await limiter.check({ ip: 'a' }, 200)
    facts.ms += 16
    expect((await limiter.check({ ip: 'a' }, 0)).remaining).toEqual({ ip: 0 })
    clock.ms += 16
    expect((await limiter.check({ ip: 'a' }, 0)).remaining).toEqual({ ip: 2 })
  })

  it('a clock that is behind earns nothing, and no time counts twice', async () => {
    const { limiter, clock, make } = setup([rule('ip', 8)])
    const behind = make(() => clock.ms - 1000)
    await spend(limiter, { ip: 'a' }, 4)
    expect((await behind.check({ ip: 'a' })).remaining).toEqual({ ip: 3 })
    expect((await limiter.check({ ip: 'a' })).remaining).toEqual({ ip: 2 })
    clock.ms += 8
    expect((await behind.check({ ip: 'a' })).remaining).toEqual({ ip: 1 })
    expect((await limiter.check({ ip: 'a' })).remaining).toEqual({ ip: 1 })
  })

  it('rules and costs that make no sense are refused with RangeError', async () => {
    for (const bad of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => setup([rule('ip', bad)])).toThrow(RangeError)
      expect(() => setup([rule('ip', 1, bad)])).toThrow(RangeError)
    }
    expect(() => setup([rule('ip', 1), rule('api', 1), rule('ip', 2)])).toThrow(RangeError)
    const { limiter, facts } = setup([rule('ip', 2)])
    for (const cost of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(limiter.check({ ip: 'a' }, cost)).rejects.toBeInstanceOf(RangeError)
    }
    expect(facts.evals).toBe(0)
  })
})

describe('The chain', () => {
  it('levels are asked in their order, whatever the order of the rules', async () => {
    const order = ['gateway', 'ip', 'service', 'api', 'tenant', 'night']
    const own = [rule('tenant', 1), rule('night', 1)]
    const known = random.shuffle(['gateway', 'ip', 'service', 'api'].map((level) => rule(level, 1)))
    for (const rules of [
      [...own, ...known],
      [own[0] as LimitRule, ...known, own[1] as LimitRule],
    ]) {
      for (const first of [0, 2, 4, 5]) {
        const { limiter } = setup(rules)
        const empty = random.shuffle(order.slice(first))
        for (const level of empty) await limiter.check({ [level]: 'k' })
        const all = Object.fromEntries(order.map((level) => [level, 'k']))
        expect((await limiter.check(all)).deniedBy).toBe(order[first])
      }
    }
  })

  it('levels of one’s own come after the known ones, in the order of the rules', async () => {
    const own = random.shuffle(['aa', 'mm', 'zz'])
    const { limiter } = setup([...own.map((level) => rule(level, 1)), rule('api', 1)])
    for (const level of [...own, 'api']) await limiter.check({ [level]: 'k' })
    const rest = Object.fromEntries([...own, 'api'].map((level) => [level, 'k']))
    expect((await limiter.check(rest)).deniedBy).toBe('api')
    delete rest.api
    expect((await limiter.check(rest)).deniedBy).toBe(own[0])
  })

  it('a request must pass every level', async () => {
    const { limiter } = setup([rule('gateway', 5), rule('ip', 3), rule('api', 2)])
    const req = (ip: string, api: string) => ({ gateway: 'all', ip, api })
    await spend(limiter, req('a', 'list'), 2)
    expect((await limiter.check(req('a', 'list'))).deniedBy).toBe('api')
    await spend(limiter, req('a', 'show'), 1)
    expect((await limiter.check(req('a', 'show'))).deniedBy).toBe('ip')
    await spend(limiter, req('b', 'show'), 1)
    await spend(limiter, req('b', 'save'), 1)
    expect((await limiter.check(req('c', 'save'))).deniedBy).toBe('gateway')
  })

  it('a refused request takes nothing from any level', async () => {
    const { limiter } = setup([rule('gateway', 9), rule('ip', 1), rule('api', 9)])
    const req = { gateway: 'all', ip: 'a', api: 'list' }
    await spend(limiter, req, 1)
    for (const _ of numbers(3)) {
      expect(await limiter.check(req)).toMatchObject({
        allowed: false,
        remaining: { gateway: 8, ip: 0, api: 8 },
      })
    }
    await spend(limiter, { gateway: 'all', api: 'list' }, 8)
    expect((await limiter.check({ gateway: 'all' })).deniedBy).toBe('gateway')
  })

  it('levels without a key are left out, and none of them is left over', async () => {
    const { limiter } = setup([rule('gateway', 9), rule('ip', 1), rule('user', 1)])
    await spend(limiter, { gateway: 'all' }, 3)
    expect(await limiter.check({ gateway: 'all', user: 'ann' })).toEqual({
      allowed: true,
      remaining: { gateway: 5, user: 0 },
    })
    expect((await limiter.check({ gateway: 'all', user: 'ann' })).deniedBy).toBe('user')
    expect((await limiter.check({ gateway: 'all', ip: 'null' })).allowed).toBe(true)
    expect((await limiter.check({ gateway: 'all', ip: '' })).remaining).toEqual({ gateway: 3, ip: 0 })
  })

  it('a request may cost several tokens, or none', async () => {
    const { limiter } = setup([rule('gateway', 9), rule('ip', 4, 250)])
    const req = { gateway: 'all', ip: 'a' }
    expect((await limiter.check(req, 3)).remaining).toEqual({ gateway: 6, ip: 1 })
    expect((await limiter.check(req, 2)).deniedBy).toBe('ip')
    expect((await limiter.check(req, 0.5)).remaining).toEqual({ gateway: 5.5, ip: 0.5 })
    expect(await limiter.check(req, 0)).toEqual({ allowed: true, remaining: { gateway: 5.5, ip: 0.5 } })
    expect((await limiter.check(req, 0.5)).remaining).toEqual({ gateway: 5, ip: 0 })
    expect((await limiter.check(req, 0)).allowed).toBe(true)
  })

  it('keyOf is asked for each level of the rules with the request', async () => {
    const keyOf = vi.fn((level: string, _req: Request) => (level === 'api' ? null : 'k'))
    const { store, clock } = setup([])
    const rules = [rule('api', 1), rule('own', 1), rule('ip', 1)]
    const limiter = new LimiterChain<Request>({ store, rules, keyOf, now: () => clock.ms })
    const req = { some: 'request' }
    await limiter.check(req)
    expect(keyOf.mock.calls.map(([level]) => level).sort()).toEqual(['api', 'ip', 'own'])
    for (const [, seen] of keyOf.mock.calls) expect(seen).toEqual(req)
  })

  it('on any history it answers like a simple model', async () => {
    const bursts = { gateway: 12, ip: 4, api: 6 }
    const names = ['gateway', 'ip', 'api'] as const
    const script: Array<{ wait: number; req: Request; cost: number }> = []
    const expected: string[] = []
    // The model counts eighths of a token: each bucket earns one in a millisecond.
    const eighths = new Map<string, number>()
    for (const _ of numbers(250)) {
      const wait = random.pick([0, 0, 1, 2, 5, 30])
      const req: Request = { gateway: 'all', api: random.pick(['list', 'show']) }
      if (random.next() < 0.8) req.ip = random.pick(['a', 'b', 'c'])
      const cost = random.pick([1, 1, 1, 2, 3])
      script.push({ wait, req, cost })
      for (const [key, held] of eighths) {
        const level = key.split(' ')[0] as (typeof names)[number]
        eighths.set(key, Math.min(bursts[level] * 8, held + wait))
      }
      const keys = names.flatMap((level) => (req[level] === undefined ? [] : [`${level} ${req[level]}`]))
      const held = (key: string) => eighths.get(key) ?? bursts[key.split(' ')[0] as (typeof names)[number]] * 8
      const refusing = keys.find((key) => held(key) < cost * 8)
      if (!refusing) for (const key of keys) eighths.set(key, held(key) - cost * 8)
      const retry = refusing ? String(cost * 8 - held(refusing)) : ''
      expected.push([refusing?.split(' ')[0] ?? 'pass', retry, ...keys.map((key) => held(key) / 8)].join(' '))
    }
    const driver = async (solution: typeof import('./solution'), steps: typeof script, sizes: typeof bursts) => {
      let ms = 1000
      const entries = new Map<string, Readonly<Record<string, number>>>()
      const tx: Tx = { get: (key) => entries.get(key), set: (key, value) => void entries.set(key, value) }
      const limiter = new solution.LimiterChain<Request>({
        store: { eval: async (run) => run(tx) },
        rules: Object.entries(sizes).map(([level, burst]) => ({ level, burst, ratePerSec: 125 })),
        keyOf: (level, req) => req[level] ?? null,
        now: () => ms,
      })
      const seen: string[] = []
      for (const { wait, req, cost } of steps) {
        ms += wait
        const { allowed, deniedBy, retryAfterMs, remaining } = await limiter.check(req, cost)
        const left = ['gateway', 'ip', 'api'].flatMap((level) => remaining[level] ?? [])
        seen.push([allowed ? 'pass' : deniedBy, retryAfterMs ?? '', ...left].join(' '))
      }
      return seen
    }
    expect(await inGuest(driver, script, bursts)).toEqual(expected)
  })
})

describe('One step', () => {
  it('a check is one eval', async () => {
    const { limiter, facts } = setup([rule('gateway', 9), rule('ip', 1), rule('api', 9)])
    const req = { gateway: 'all', ip: 'a', api: 'list' }
    for (const evals of [1, 2, 3]) {
      await limiter.check(req)
      expect(facts.evals).toBe(evals)
    }
  })

  it('concurrent checks never sell a token twice', async () => {
    const burst = random.int(3, 6)
    const { limiter } = setup([rule('gateway', 50), rule('ip', burst)])
    const results = await Promise.all(numbers(burst + 4).map(() => limiter.check({ gateway: 'all', ip: 'a' })))
    expect(results.filter(({ allowed }) => allowed)).toHaveLength(burst)
    expect((await limiter.check({ gateway: 'all' })).remaining).toEqual({ gateway: 50 - burst - 1 })
  })

  it('limiters on several machines share what is in the store', async () => {
    const { limiter, make } = setup([rule('ip', 4)])
    const other = make()
    const results = await Promise.all(numbers(6).map((i) => (i % 2 === 0 ? limiter : other).check({ ip: 'a' })))
    expect(results.filter(({ allowed }) => allowed)).toHaveLength(4)
  })

  it('when no level applies the store is not asked', async () => {
    const { limiter, facts } = setup([rule('ip', 1)])
    for (const _ of numbers(2)) expect(await limiter.check({})).toEqual({ allowed: true, remaining: {} })
    expect(facts.evals).toBe(0)
  })

  it('an error of the store or of keyOf is the error of the check', async () => {
    const [down, odd] = [new Error('connection refused'), new Error('no such header')]
    const rules = [rule('ip', 1)]
    const store: AtomicStore = { eval: () => Promise.reject(down) }
    const broken = new LimiterChain<Request>({ store, rules, keyOf: () => 'k', now: () => 0 })
    await expect(broken.check({})).rejects.toBe(down)
    const keyOf = () => {
      throw odd
    }
    const confused = new LimiterChain<Request>({ store: setup([]).store, rules, keyOf, now: () => 0 })
    await expect(confused.check({})).rejects.toBe(odd)
  })
})

describe('Answers and expiry', () => {
  it('a refusal tells when the refusing level has enough', async () => {
    const { limiter, clock } = setup([rule('gateway', 4, 500), rule('ip', 4)])
    const req = { gateway: 'all', ip: 'a' }
    await limiter.check(req, 3)
    const refused = await limiter.check(req, 3)
    expect([refused.deniedBy, refused.retryAfterMs]).toEqual(['gateway', 4])
    clock.ms += 4
    const again = await limiter.check(req, 3)
    expect([again.deniedBy, again.retryAfterMs]).toEqual(['ip', 12])
    clock.ms += 11
    expect((await limiter.check(req, 3)).retryAfterMs).toBe(1)
    clock.ms += 1
    expect(await limiter.check(req, 3)).toMatchObject({ allowed: true, remaining: { ip: 0 } })
  })

  it('a cost above the burst can never be had', async () => {
    const { limiter } = setup([rule('gateway', 9), rule('ip', 2)])
    const refused = await limiter.check({ gateway: 'all', ip: 'a' }, 3)
    expect([refused.deniedBy, refused.retryAfterMs]).toEqual(['ip', Number.POSITIVE_INFINITY])
    expect((await limiter.check({ gateway: 'all', ip: 'a' }, 2)).allowed).toBe(true)
    expect((await limiter.check({ gateway: 'all', ip: 'a' }, 2)).retryAfterMs).toBe(16)
  })

  it('an allowed request names no level and no time', async () => {
    const { limiter } = setup([rule('ip', 2)])
    const { deniedBy, retryAfterMs } = await limiter.check({ ip: 'a' })
    expect([deniedBy, retryAfterMs]).toEqual([undefined, undefined])
  })

  it('entries are kept until their bucket is full again, and not much longer', async () => {
    const burst = random.int(300, 400)
    const { limiter, facts } = setup([rule('ip', burst)])
    let spent = 0
    for (const cost of [0.3125, 0.6875, 1, 2, 40, burst - 44]) {
      facts.ttls.length = 0
      await limiter.check({ ip: 'a' }, cost)
      spent += cost
      expect(facts.ttls).toHaveLength(1)
      expect(facts.ttls[0]).toBeGreaterThanOrEqual(spent * 8)
      expect(facts.ttls[0]).toBeLessThanOrEqual(burst * 8 + 1000)
    }
  })

  it('a bucket that the store has forgotten is full', async () => {
    const { limiter, clock, facts } = setup([rule('ip', 300)])
    await limiter.check({ ip: 'a' }, 290)
    for (const object of [clock, facts]) object.ms += 2000
    expect((await limiter.check({ ip: 'a' }, 0)).remaining).toEqual({ ip: 260 })
    for (const object of [clock, facts]) object.ms += 10_000
    expect((await limiter.check({ ip: 'a' }, 0)).remaining).toEqual({ ip: 300 })
  })
})
