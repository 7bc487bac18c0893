import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { ExpiringStore } from './solution'

/** Something to do with a store; `fill` sets so many keys, `wait` turns its clock on, `sent` is what it propagated. */
type Step =
  | readonly ['set', key: string, value: string, opts?: { px?: number; keepTtl?: boolean }]
  | readonly ['get', key: string]
  | readonly ['pttl', key: string]
  | readonly ['persist', key: string]
  | readonly ['expire', key: string, ms: number]
  | readonly ['replicate', key: string]
  | readonly ['cycle', maxLoops: number]
  | readonly ['size']
  | readonly ['sent']
  | readonly ['fill', count: number, prefix: string, px?: number]
  | readonly ['wait', ms: number]

interface Setting {
  role?: 'master' | 'replica'
  samples?: number
  staleRatio?: number
}

/** Takes these steps beside the solution. Script and results travel as one text each, which is cheap. */
function drive(solution: typeof import('./solution'), setting: Setting, script: string, start: number): string {
  let now = 5_000
  let state = start
  const rng = (): number => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const sent: string[] = []
  const propagate = (cmd: readonly string[]): unknown => sent.push(cmd.join(' '))
  const store = new solution.ExpiringStore({ ...setting, now: () => now, rng, propagate })
  const act = (step: Step): unknown => {
    if (step[0] === 'get') return store.get(step[1])
    if (step[0] === 'pttl') return store.pttl(step[1])
    if (step[0] === 'persist') return store.persist(step[1])
    if (step[0] === 'expire') return store.expire(step[1], step[2])
    if (step[0] === 'replicate') return store.replicate(['DEL', step[1]])
    if (step[0] === 'cycle') return store.activeCycle(step[1])
    if (step[0] === 'size') return store.physicalSize
    if (step[0] === 'sent') return [...sent]
    if (step[0] === 'wait') return void (now += step[1])
    if (step[0] === 'set') return step[3] ? store.set(step[1], step[2], step[3]) : store.set(step[1], step[2])
    const [, count, prefix, px] = step
    for (let i = 0; i < count; i++) store.set(`${prefix}${i}`, 'x', px === undefined ? {} : { px })
    return null
  }
  const tried = (step: Step): unknown => {
    try {
      return act(step) ?? null
    } catch (error) {
      return error instanceof RangeError ? 'out of range' : String(error)
    }
  }
  return JSON.stringify((JSON.parse(script) as Step[]).map(tried))
}

/** The results of these steps on a new store; null where there is none. */
const run = (setting: Setting, steps: readonly Step[]): unknown[] =>
  JSON.parse(inGuest(drive, setting, JSON.stringify(steps), random.int(1, 2 ** 31 - 2))) as unknown[]
/** The results of all steps that have one. */
const play = (setting: Setting, steps: readonly Step[]): unknown[] =>
  run(setting, steps).filter((_, i) => !['fill', 'wait', 'set', 'persist'].includes(steps[i]?.[0] ?? ''))

const SIZE: Step = ['size']
const SENT: Step = ['sent']
const NOTHING = null

describe('Times to live', () => {
  it('tells an absent key from one that does not expire', () => {
    expect(play({}, [['set', 'a', '1'], ['pttl', 'a'], ['pttl', 'b'], ['get', 'b']])).toEqual([-1, -2, NOTHING])
  })

  it('counts down to the moment in which a key is gone', () => {
    const px = random.int(10, 90)
    const steps: Step[] = [['set', 'a', '1', { px }], ['pttl', 'a'], ['wait', px - 1], ['pttl', 'a'], ['get', 'a']]
    const after: Step[] = [['wait', 1], ['pttl', 'a'], ['get', 'a']]
    expect(play({}, [...steps, ...after])).toEqual([px, 1, '1', -2, NOTHING])
    expect(play({}, [['set', 'a', '1', { px }], ['wait', px], ['get', 'a']])).toEqual([NOTHING])
  })

  it('drops the expiry when a value is replaced', () => {
    const steps: Step[] = [['set', 'a', '1', { px: 50 }], ['set', 'a', '2'], ['wait', 100], ['get', 'a'], ['pttl', 'a']]
    expect(play({}, steps)).toEqual(['2', -1])
  })

  it('keeps the expiry when it is told to', () => {
    const steps: Step[] = [
      ['set', 'a', '1', { px: 50 }],
      ['set', 'a', '2', { keepTtl: true }],
      ['set', 'b', '1', { keepTtl: true }],
      ['pttl', 'a'],
      ['get', 'a'],
      ['pttl', 'b'],
      ['set', 'a', '3', { px: 80 }],
      ['wait', 60],
      ['get', 'a'],
      ['pttl', 'a'],
      ['set', 'a', '4', { keepTtl: false }],
      ['pttl', 'a'],
    ]
    expect(play({}, steps)).toEqual([50, '2', -1, '3', 20, -1])
  })

  it('sets and removes the expiry of a key that is there', () => {
    const steps: Step[] = [['set', 'a', '1'], ['expire', 'a', 30], ['pttl', 'a'], ['expire', 'b', 30], ['pttl', 'b']]
    const more: Step[] = [['expire', 'a', 40], ['pttl', 'a']]
    expect(play({}, [...steps, ...more])).toEqual([true, 30, false, -2, true, 40])
    const persisted = run({}, [
      ['set', 'a', '1', { px: 30 }],
      ['persist', 'a'],
      ['persist', 'a'],
      ['persist', 'b'],
      ['wait', 100],
      ['get', 'a'],
      ['pttl', 'a'],
    ])
    expect(persisted.slice(1)).toEqual([true, false, false, NOTHING, '1', -1])
  })

  it('deletes a key that shall expire at once', () => {
    const steps = [0, -5].flatMap((ms): Step[] => [['set', 'a', '1'], ['expire', 'a', ms], ['pttl', 'a'], SIZE])
    expect(play({}, [...steps, SENT])).toEqual([true, -2, 0, true, -2, 0, ['DEL a', 'DEL a']])
  })

  it('deletes it at once, not when somebody meets it', () => {
    for (const ms of [0, -5]) {
      expect(play({}, [['set', 'a', '1'], ['expire', 'a', ms], SIZE, SENT])).toEqual([true, 0, ['DEL a']])
    }
  })

  it('refuses to set a value that has expired already', () => {
    const steps: Step[] = [['set', 'a', '1'], ['set', 'a', '2', { px: 0 }], ['set', 'a', '2', { px: -1 }], ['get', 'a']]
    expect(run({}, [...steps, ['pttl', 'a']])).toEqual([NOTHING, 'out of range', 'out of range', '1', -1])
    const store = new ExpiringStore({ now: () => 0, rng: () => 0 })
    expect(() => store.set('a', '1', { px: Number.NaN })).toThrow(RangeError)
    expect(store.physicalSize).toBe(0)
  })
})

describe('Lazy expiry', () => {
  it('keeps an expired key in memory until somebody meets it', () => {
    const steps: Step[] = [['fill', 3, 'k', 10], ['wait', 10], SIZE, SENT, ['get', 'k1'], SIZE, SENT]
    expect(play({}, steps)).toEqual([3, [], NOTHING, 2, ['DEL k1']])
  })

  it('deletes and tells once, whatever command meets the key', () => {
    const commands: Step[] = [['get', 'a'], ['pttl', 'a'], ['expire', 'a', 100], ['persist', 'a']]
    for (const command of commands) {
      const steps: Step[] = [['set', 'a', '1', { px: 10 }], ['wait', 11], command, ['get', 'a'], SENT, SIZE]
      expect(play({}, steps).slice(-2)).toEqual([['DEL a'], 0])
    }
  })

  it('answers as if the key had never been there', () => {
    const steps: Step[] = [['fill', 3, 'k', 10], ['wait', 10], ['expire', 'k0', 100], ['persist', 'k1'], ['pttl', 'k2']]
    expect(run({}, steps).slice(2)).toEqual([false, false, -2])
  })

  it('does not pass the expiry of a dead key on to a new value', () => {
    const steps: Step[] = [['set', 'a', '1', { px: 10 }], ['wait', 10], ['set', 'a', '2', { keepTtl: true }]]
    expect(play({}, [...steps, ['get', 'a'], ['pttl', 'a'], SENT])).toEqual(['2', -1, ['DEL a']])
  })

  it('tells nothing of values that are replaced while they live', () => {
    const steps: Step[] = [['set', 'a', '1', { px: 10 }], ['set', 'a', '2', { px: 20 }], ['wait', 15], ['get', 'a']]
    expect(play({}, [...steps, ['persist', 'a'], SENT, SIZE])).toEqual(['2', [], 1])
  })

  it('uses no timers', () => {
    vi.useFakeTimers()
    try {
      const store = new ExpiringStore({ now: () => 0, rng: () => 0 })
      store.set('a', '1', { px: 10 })
      store.expire('a', 500)
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('Active cycle', () => {
  it('deletes stale keys of its sample and tells of each', () => {
    const steps: Step[] = [['fill', 6, 'k', 10], ['wait', 10], ['cycle', 5], SENT, SIZE, ['cycle', 5]]
    const [cycle, sent, size, second] = play({}, steps)
    expect([cycle, size, second]).toEqual([{ loops: 1, expired: 6 }, 0, { loops: 0, expired: 0 }])
    expect([...(sent as string[])].sort()).toEqual(Array.from({ length: 6 }, (_, i) => `DEL k${i}`))
  })

  it('draws different keys, as many as it was told to', () => {
    for (const samples of [1, 7, 15, 24]) {
      expect(play({ samples }, [['fill', 25, 'k', 10], ['wait', 10], ['cycle', 1], SIZE])).toEqual([
        { loops: 1, expired: samples },
        25 - samples,
      ])
    }
    const steps: Step[] = [['fill', 50, 'k', 10], ['wait', 10], ['cycle', 1], SIZE]
    expect(play({}, steps)).toEqual([{ loops: 1, expired: 20 }, 30])
  })

  it('goes on while a large share of the sample was stale', () => {
    const steps: Step[] = [['fill', 33, 'k', 10], ['wait', 10], ['cycle', 4], SIZE, ['cycle', 100], SIZE]
    expect(play({ samples: 5 }, steps)).toEqual([{ loops: 4, expired: 20 }, 13, { loops: 3, expired: 13 }, 0])
  })

  it('stops when few were stale', () => {
    // All keys are drawn, so that the share is known: 2 of 20, 3 of 20, then half of them.
    const mixed = (stale: number): Step[] => [
      ['fill', stale, 'old', 10],
      ['fill', 20 - stale, 'new', 1000],
      ['wait', 10],
      ['cycle', 100],
    ]
    expect(play({}, mixed(2))).toEqual([{ loops: 1, expired: 2 }])
    expect(play({}, mixed(3))).toEqual([{ loops: 2, expired: 3 }])
    expect(play({ staleRatio: 0.5 }, mixed(10))).toEqual([{ loops: 1, expired: 10 }])
    expect(play({ staleRatio: 0.5 }, mixed(11))).toEqual([{ loops: 2, expired: 11 }])
  })

  it('makes no loop when it may make none', () => {
    const steps: Step[] = [['fill', 3, 'k', 10], ['wait', 10], ['cycle', 0], SIZE]
    expect(play({}, steps)).toEqual([{ loops: 0, expired: 0 }, 3])
  })

  it('makes no loop when no key has an expiry any more', () => {
    const steps: Step[] = [['set', 'a', '1', { px: 50 }], ['expire', 'a', 60], ['persist', 'a'], ['cycle', 5]]
    expect(play({}, steps)).toEqual([true, { loops: 0, expired: 0 }])
  })

  it('leaves keys alone that do not expire, or not yet', () => {
    const freed = Array.from({ length: 5 }, (_, i): Step => ['persist', `freed${i}`])
    const steps: Step[] = [['fill', 60, 'lasting'], ['fill', 20, 'k', 10], ['fill', 5, 'freed', 10], ...freed]
    expect(play({}, [...steps, ['wait', 10], ['cycle', 1], SIZE])).toEqual([{ loops: 1, expired: 20 }, 65])
    expect(play({}, [...steps, ['wait', 9], ['cycle', 5], SIZE])).toEqual([{ loops: 1, expired: 0 }, 85])
  })

  it('still finds keys that were there before others that do not expire', () => {
    const steps: Step[] = [['fill', 1, 'k', 10], ['fill', 3, 'lasting'], ['wait', 10], ['cycle', 1], SIZE]
    expect(play({}, steps)).toEqual([{ loops: 1, expired: 1 }, 3])
  })

  it('gives every stale key a chance', () => {
    const left = inGuest((solution: typeof import('./solution'), start: number) => {
      let now = 0
      let state = start
      const rng = (): number => {
        state = (state * 48_271) % 2_147_483_647
        return state / 2_147_483_647
      }
      const store = new solution.ExpiringStore({ now: () => now, rng, samples: 5 })
      for (let i = 0; i < 90; i++) store.set(`k${i}`, 'x', { px: i % 3 === 0 ? 10 : 10_000 })
      now = 10
      for (let i = 0; i < 300; i++) store.activeCycle(2)
      return store.physicalSize
    }, random.int(1, 2 ** 31 - 2))
    expect(left).toBe(60)
  })

  it('looks at no more keys than it samples', () => {
    // The quickest of many short rounds counts: a busy machine slows some of them, a look at every key all of them.
    const isFast = inGuest(
      (solution: typeof import('./solution'), few: number, many: number, rounds: number) => {
        let state = 1
        const rng = (): number => {
          state = (state * 48_271) % 2_147_483_647
          return state / 2_147_483_647
        }
        const filled = (keys: number) => {
          const store = new solution.ExpiringStore({ now: () => 0, rng })
          for (let i = 0; i < keys; i++) store.set(`k${i}`, 'x', { px: 1_000 })
          return { store, ms: Number.POSITIVE_INFINITY }
        }
        const stores = [filled(few), filled(many)] as const
        for (let round = 0; round < rounds; round++) {
          for (const quickest of stores) {
            const began = performance.now()
            for (let i = 0; i < 5; i++) quickest.store.activeCycle(1)
            quickest.ms = Math.min(quickest.ms, performance.now() - began)
          }
          // The first rounds compile the code; they say nothing about the small store.
          if (round > 2 && stores[1].ms < Math.max(0.02, 8 * stores[0].ms)) return true
        }
        return false
      },
      40,
      20_000,
      7,
    )
    expect(isFast).toBe(true)
  })
})

describe('Replicas', () => {
  const DEAD: Step[] = [['fill', 3, 'k', 10], ['wait', 10]]

  it('hides an expired key and keeps it', () => {
    const steps: Step[] = [...DEAD, ['get', 'k0'], ['pttl', 'k1'], ['persist', 'k2'], SIZE, SENT]
    expect(run({ role: 'replica' }, steps).slice(2)).toEqual([NOTHING, -2, false, 3, []])
  })

  it('hides a key that it is told to expire at once, and keeps it', () => {
    const steps: Step[] = [['set', 'a', '1'], ['expire', 'a', 0], ['get', 'a'], ['expire', 'a', 10], SIZE, SENT]
    expect(play({ role: 'replica' }, steps)).toEqual([true, NOTHING, false, 1, []])
  })

  it('does not run the active cycle', () => {
    const steps: Step[] = [['fill', 30, 'k', 10], ['wait', 10], ['cycle', 10], SIZE]
    expect(play({ role: 'replica' }, steps)).toEqual([{ loops: 0, expired: 0 }, 30])
  })

  it('deletes when its master says so, and tells nobody', () => {
    const steps: Step[] = [...DEAD, ['replicate', 'k2'], SIZE, ['replicate', 'none'], ['replicate', 'k0'], SIZE, SENT]
    for (const role of ['replica', 'master'] as const) {
      expect(play({ role }, steps)).toEqual([NOTHING, 2, NOTHING, NOTHING, 1, []])
    }
    const again: Step[] = [['set', 'a', '1', { px: 10 }], ['replicate', 'a'], ['set', 'a', '2', { keepTtl: true }]]
    expect(play({ role: 'replica' }, [...again, ['pttl', 'a']])).toEqual([NOTHING, -1])
  })

  it('follows its master, which tells it what to delete', () => {
    const replica = new ExpiringStore({ role: 'replica', now: () => 10, rng: () => 0 })
    let now = 0
    const master = new ExpiringStore({ now: () => now, rng: () => 0, propagate: (cmd) => replica.replicate(cmd) })
    for (const store of [master, replica]) store.set('a', '1', { px: 10 })
    now = 10
    expect(replica.physicalSize).toBe(1)
    master.get('a')
    expect(replica.physicalSize).toBe(0)
  })
})
