import { describe, expect, it, vi } from 'vitest'
import { random } from 'handroll'
import { type HealthOpts, HealthPool } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** Timers that go off only when told to. */
class FakeTimers {
  #ms = 0
  #serial = 0
  readonly #pending = new Map<number, { at: number; fn: () => void }>()

  now(): number {
    return this.#ms
  }

  setTimeout(fn: () => void, ms: number): number {
    this.#pending.set(++this.#serial, { at: this.#ms + ms, fn })
    return this.#serial
  }

  clearTimeout(id: number): void {
    this.#pending.delete(id)
  }

  get pending(): number {
    return this.#pending.size
  }

  /** Lets time pass, with all that is due on the way in its order. */
  async advance(ms: number): Promise<void> {
    const end = this.#ms + ms
    for (;;) {
      const due = [...this.#pending].filter(([, { at }]) => at <= end).sort(([a, x], [b, y]) => x.at - y.at || a - b)
      const [first] = due
      if (first === undefined) break
      this.#pending.delete(first[0])
      this.#ms = first[1].at
      first[1].fn()
      await settle()
    }
    this.#ms = end
    await settle()
  }
}

/** Lets everything happen that can happen without the clock moving. */
async function settle(): Promise<void> {
  for (let i = 0; i < 30; i++) await null
}

/** The timers as the solution gets them: three functions. */
function asTimers(clock: FakeTimers) {
  return {
    now: () => clock.now(),
    setTimeout: (fn: () => void, ms: number) => clock.setTimeout(fn, ms),
    clearTimeout: (id: number) => clock.clearTimeout(id),
  }
}

/** A check that the test answers: each call waits until its answer is given. */
function setup(opts: Partial<HealthOpts> = {}) {
  const clock = new FakeTimers()
  const calls: Array<{ id: string; answer: (isGood: boolean) => void; fail: (error: Error) => void }> = []
  const changes: string[] = []
  const pool = new HealthPool({
    rise: 1,
    fall: 1,
    timeoutMs: 1000,
    check: (id) => new Promise((answer, fail) => calls.push({ id, answer, fail })),
    timers: asTimers(clock),
    onChange: (id, state) => changes.push(`${id} ${state}`),
    ...opts,
  })
  return { clock, calls, changes, pool }
}

/** A pool whose checks answer at once, by the set of sick servers. */
function quick(ids: readonly string[], opts: Partial<HealthOpts> = {}) {
  const sick = new Set<string>()
  const made = setup({ check: async (id) => !sick.has(id), ...opts })
  for (const id of ids) made.pool.add(id)
  return { ...made, sick }
}

function isSettled(promise: Promise<void>): { done: boolean } {
  const seen = { done: false }
  promise.then(() => {
    seen.done = true
  })
  return seen
}

describe('Rise and fall', () => {
  it('takes a server down at the last of so many failures in a row', async () => {
    const fall = random.int(3, 5)
    const { pool, sick } = quick(['a', 'b'], { fall, rise: 2 })
    sick.add('a')
    for (const _ of numbers(fall - 1)) await pool.tick()
    expect(pool.healthy).toEqual(['a', 'b'])
    await pool.tick()
    expect(pool.healthy).toEqual(['b'])
  })

  it('brings a server up at the last of so many successes in a row', async () => {
    const rise = random.int(3, 5)
    const { pool } = quick(['a'], { fall: 2, rise, initial: 'down' })
    for (const _ of numbers(rise - 1)) await pool.tick()
    expect(pool.healthy).toEqual([])
    await pool.tick()
    expect(pool.healthy).toEqual(['a'])
  })

  it('begins a streak anew at the opposite result', async () => {
    const { pool, sick } = quick(['a'], { fall: 3, rise: 3 })
    for (const isGood of [false, false, true, false, false, true, false, false]) {
      if (isGood) sick.delete('a')
      else sick.add('a')
      await pool.tick()
      expect(pool.healthy).toEqual(['a'])
    }
    await pool.tick()
    expect(pool.healthy).toEqual([])
    for (const isGood of [true, true, false, true, true]) {
      if (isGood) sick.delete('a')
      else sick.add('a')
      await pool.tick()
      expect(pool.healthy).toEqual([])
    }
  })

  it('follows any history of results', async () => {
    const [rise, fall] = [random.int(1, 3), random.int(4, 5)]
    const { pool, sick, changes } = quick(['a'], { rise, fall })
    let [isUp, good, bad] = [true, 0, 0]
    const expected: string[] = []
    for (const i of numbers(36)) {
      const isGood = i < 6 ? i % 2 === 0 : random.next() < (isUp ? 0.25 : 0.75)
      good = isGood ? good + 1 : 0
      bad = isGood ? 0 : bad + 1
      if (isUp ? bad === fall : good === rise) {
        isUp = !isUp
        ;[good, bad] = [0, 0]
        expected.push(`a ${isUp ? 'up' : 'down'}`)
      }
      if (isGood) sick.delete('a')
      else sick.add('a')
      await pool.tick()
      expect(pool.healthy).toEqual(isUp ? ['a'] : [])
    }
    expect(changes).toEqual(expected)
  })

  it('reports each change once, and nothing else', async () => {
    const { pool, sick, changes } = quick(['a', 'b'])
    await pool.tick()
    sick.add('b')
    for (const _ of numbers(3)) await pool.tick()
    sick.delete('b')
    for (const _ of numbers(3)) await pool.tick()
    pool.remove('a')
    pool.add('c')
    await pool.tick()
    expect(changes).toEqual(['b down', 'b up'])
  })

  it('needs nobody to report to', async () => {
    const { pool, sick } = quick(['a', 'b'], { onChange: undefined })
    sick.add('a')
    await pool.tick()
    expect(pool.healthy).toEqual(['b'])
    sick.clear()
    await pool.tick()
    expect(pool.healthy).toEqual(['a', 'b'])
  })

  it('shows the new state while it reports it', async () => {
    const seen: string[][] = []
    const { pool, sick } = quick(['a', 'b'], { onChange: () => seen.push(pool.healthy) })
    sick.add('a')
    await pool.tick()
    sick.delete('a')
    await pool.tick()
    expect(seen).toEqual([['b'], ['a', 'b']])
  })

  it('begins as it is told, also after a server was removed and added again', async () => {
    const { pool, sick } = quick(['a'], { initial: 'down', rise: 2 })
    expect(pool.healthy).toEqual([])
    await pool.tick()
    pool.remove('a')
    pool.add('a')
    await pool.tick()
    expect(pool.healthy).toEqual([])
    await pool.tick()
    expect(pool.healthy).toEqual(['a'])
    pool.add('a')
    sick.clear()
    expect(pool.healthy).toEqual(['a'])
  })

  it('refuses options that make no sense', () => {
    const bad = [{ rise: 0 }, { fall: 0 }, { rise: 1.5 }, { fall: Number.NaN }, { timeoutMs: 0 }]
    for (const opts of [...bad, { timeoutMs: Number.NaN }, { minHealthyRatio: -0.1 }, { minHealthyRatio: 1.1 }]) {
      expect(() => setup(opts)).toThrow(RangeError)
    }
    expect(() => setup({ minHealthyRatio: 1 })).not.toThrow()
  })
})

describe('Checks', () => {
  it('asks all servers before tick returns, each once', () => {
    const { pool, calls } = setup()
    const ids = random.shuffle(['a', 'b', 'c', 'd'])
    for (const id of ids) pool.add(id)
    pool.add('a')
    void pool.tick()
    expect(calls.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('resolves when every server has a result', async () => {
    const { pool, calls } = setup()
    for (const id of ['a', 'b', 'c']) pool.add(id)
    const round = isSettled(pool.tick())
    for (const call of random.shuffle(calls)) {
      await settle()
      expect(round.done).toBe(false)
      call.answer(true)
    }
    await settle()
    expect(round.done).toBe(true)
  })

  it('counts each result as soon as it is there', async () => {
    const { pool, calls } = setup()
    for (const id of ['a', 'b', 'c']) pool.add(id)
    void pool.tick()
    calls.find(({ id }) => id === 'b')?.answer(false)
    await settle()
    expect(pool.healthy).toEqual(['a', 'c'])
  })

  it('counts a check that throws or rejects as failed', async () => {
    const { pool, clock } = quick(['throws', 'rejects', 'fine'], {
      check: (id) => {
        if (id === 'throws') throw new Error('no route to host')
        return id === 'rejects' ? Promise.reject(new Error('connection refused')) : Promise.resolve(true)
      },
    })
    await pool.tick()
    expect(pool.healthy).toEqual(['fine'])
    expect(clock.pending).toBe(0)
  })

  it('counts a check without an answer as failed when its time is up, and not before', async () => {
    const timeoutMs = random.int(100, 5000)
    const { pool, clock, calls } = setup({ timeoutMs })
    for (const id of ['a', 'b']) pool.add(id)
    const round = isSettled(pool.tick())
    calls[1]?.answer(true)
    await clock.advance(timeoutMs - 1)
    expect([pool.healthy, round.done]).toEqual([['a', 'b'], false])
    await clock.advance(1)
    expect([pool.healthy, round.done]).toEqual([['b'], true])
  })

  it('ignores an answer that comes after the time is up', async () => {
    const { pool, clock, calls, changes } = setup({ fall: 2 })
    pool.add('a')
    void pool.tick()
    await clock.advance(1000)
    calls[0]?.answer(false)
    await settle()
    expect(pool.healthy).toEqual(['a'])
    const next = pool.tick()
    calls[0]?.answer(true)
    calls[1]?.answer(false)
    await next
    expect(changes).toEqual(['a down'])
  })

  it('leaves no timer behind', async () => {
    const { pool, clock, calls } = setup()
    for (const id of ['a', 'b', 'c']) pool.add(id)
    const round = pool.tick()
    calls[0]?.answer(true)
    calls[1]?.fail(new Error('refused'))
    await clock.advance(1000)
    await round
    expect(clock.pending).toBe(0)
  })

  it('joins the round that is running instead of starting another', async () => {
    const { pool, calls } = setup()
    pool.add('a')
    const rounds = numbers(3).map(() => isSettled(pool.tick()))
    expect(calls).toHaveLength(1)
    calls[0]?.answer(true)
    await settle()
    expect(rounds.map(({ done }) => done)).toEqual([true, true, true])
    void pool.tick()
    expect(calls).toHaveLength(2)
  })

  it('starts a new round after one in which checks failed', async () => {
    const check = vi.fn((): Promise<boolean> => {
      throw new Error('broken')
    })
    const { pool } = quick(['a'], { check })
    await pool.tick()
    await pool.tick()
    expect(check).toHaveBeenCalledTimes(2)
  })

  it('asks a server that was added during a round in the next one', async () => {
    const { pool, calls } = setup()
    pool.add('a')
    const round = pool.tick()
    pool.add('b')
    calls[0]?.answer(true)
    await round
    void pool.tick()
    expect(calls.map(({ id }) => id)).toEqual(['a', 'a', 'b'])
  })

  it('ignores the result of a server that was removed', async () => {
    const { pool, calls, changes } = setup()
    for (const id of ['a', 'b']) pool.add(id)
    const round = pool.tick()
    pool.remove('a')
    calls[0]?.answer(false)
    calls[1]?.answer(true)
    await round
    expect([pool.healthy, changes]).toEqual([['b'], []])
  })

  it('does not count the result of a removed server for a new one of that id', async () => {
    const { pool, calls, changes } = setup({ initial: 'down' })
    pool.add('a')
    const round = pool.tick()
    pool.remove('a')
    pool.add('a')
    calls[0]?.answer(true)
    await round
    expect([pool.healthy, changes]).toEqual([[], []])
  })

  it('does nothing for an empty pool', async () => {
    const { pool, clock } = setup()
    await pool.tick()
    expect([pool.healthy, clock.pending]).toEqual([[], 0])
  })
})

describe('Picking', () => {
  it('takes the healthy servers in turn, in the order they were added', async () => {
    const ids = random.shuffle(['a', 'b', 'c', 'd', 'e'])
    const { pool, sick } = quick(ids)
    sick.add('b')
    await pool.tick()
    const healthy = ids.filter((id) => id !== 'b')
    expect(pool.healthy).toEqual(healthy)
    const round = numbers(8).map(() => pool.pick())
    const start = healthy.indexOf(round[0] ?? '')
    expect(round).toEqual(numbers(8).map((i) => healthy[(start + i) % 4]))
  })

  it('stays fair after servers went and came', async () => {
    const { pool, sick } = quick(['a', 'b', 'c', 'd'])
    for (const _ of numbers(3)) pool.pick()
    sick.add('c').add('d')
    await pool.tick()
    expect([pool.pick(), pool.pick()].sort()).toEqual(['a', 'b'])
    pool.add('e')
    expect([pool.pick(), pool.pick(), pool.pick()].sort()).toEqual(['a', 'b', 'e'])
    pool.remove('a')
    expect([pool.pick(), pool.pick()].sort()).toEqual(['b', 'e'])
  })

  it('gives null when nobody is healthy', async () => {
    const { pool, sick } = quick(['a', 'b'])
    sick.add('a').add('b')
    await pool.tick()
    expect(pool.pick()).toBe(null)
    expect(setup().pool.pick()).toBe(null)
  })

  it('gives servers again after it had none to give', async () => {
    const { pool, sick } = quick(['a', 'b'])
    sick.add('a').add('b')
    await pool.tick()
    expect(pool.pick()).toBe(null)
    sick.clear()
    await pool.tick()
    expect([pool.pick(), pool.pick()].sort()).toEqual(['a', 'b'])
  })

  it('uses all servers when too few are healthy', async () => {
    const { pool, sick } = quick(['a', 'b', 'c', 'd'], { minHealthyRatio: 0.5 })
    sick.add('a').add('b').add('c')
    await pool.tick()
    expect(pool.healthy).toEqual(['d'])
    expect(numbers(4).map(() => pool.pick()).sort()).toEqual(['a', 'b', 'c', 'd'])
    sick.add('d')
    await pool.tick()
    expect(pool.healthy).toEqual([])
    expect(numbers(4).map(() => pool.pick()).sort()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('believes the checks as long as enough are healthy', async () => {
    const { pool, sick } = quick(['a', 'b', 'c', 'd'], { minHealthyRatio: 0.5 })
    sick.add('a').add('b')
    await pool.tick()
    expect(numbers(4).map(() => pool.pick()).sort()).toEqual(['c', 'c', 'd', 'd'])
    pool.remove('c')
    expect(numbers(3).map(() => pool.pick()).sort()).toEqual(['a', 'b', 'd'])
  })

  it('gives out a list that is the caller’s own', () => {
    const { pool } = quick(['a', 'b'])
    pool.healthy.length = 0
    expect(pool.healthy).toEqual(['a', 'b'])
  })
})
