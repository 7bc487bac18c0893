import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { OpenAddressingMap, type OpenOpts, type Probe } from './solution'

type Solution = typeof import('./solution')
/** A key and its hash by each function. */
type Hashed = readonly [key: string, ...hashes: number[]]
type Step = readonly ['set' | 'delete', string]

interface Setting {
  probe: Probe
  capacity: number
  maxLoad: number
  keys: readonly Hashed[]
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const floored = (n: number, m: number) => ((n % m) + m) % m

function isSuitable(n: number): boolean {
  return n % 4 === 3 && numbers(Math.floor(Math.sqrt(n)) + 1).every((i) => i < 2 || n % i !== 0)
}

function suitable(n: number): number {
  return isSuitable(n) ? n : suitable(n + 1)
}

/** The map of the prompt, written for clarity: it counts and searches instead of keeping books. */
class Model {
  slots: Array<string | null | undefined>
  overflow: string[] = []

  constructor(readonly setting: Setting) {
    this.slots = new Array<undefined>(suitable(setting.capacity)).fill(undefined)
  }

  get counts(): number[] {
    const inSlots = this.slots.filter((slot) => typeof slot === 'string').length
    const tombstones = this.slots.filter((slot) => slot === null).length
    return [inSlots + this.overflow.length, this.slots.length, tombstones, this.overflow.length]
  }

  sequence(key: string): number[] {
    const m = this.slots.length
    const [, ...hashes] = this.setting.keys.find(([each]) => each === key) ?? [key, 0]
    if (this.setting.probe === 'rehash') return hashes.map((hash) => floored(hash, m))
    const steps = numbers(m).map((i) => {
      const half = Math.ceil(i / 2)
      return this.setting.probe === 'linear' ? i : half * half * (i % 2 === 0 ? -1 : 1)
    })
    return steps.map((step) => floored(floored(hashes[0] ?? 0, m) + step, m))
  }

  probes(key: string): number[] {
    const sequence = this.sequence(key)
    const end = sequence.findIndex((at) => this.slots[at] === key || this.slots[at] === undefined)
    return end === -1 ? sequence : sequence.slice(0, end + 1)
  }

  has(key: string): boolean {
    return this.slots.includes(key) || this.overflow.includes(key)
  }

  delete(key: string): boolean {
    const known = this.has(key)
    this.slots = this.slots.map((slot) => (slot === key ? null : slot))
    this.overflow = this.overflow.filter((each) => each !== key)
    return known
  }

  set(key: string): void {
    if (this.has(key)) return
    const { probe, maxLoad } = this.setting
    const at = this.probes(key).find((each) => typeof this.slots[each] !== 'string')
    if (at === undefined && probe === 'rehash') this.overflow.push(key)
    else if (at !== undefined && this.slots[at] === null) this.slots[at] = key
    else {
      const [size = 0, capacity = 0, tombstones = 0, overflow = 0] = this.counts
      if (size - overflow + tombstones + 1 > maxLoad * capacity) this.rebuild(size, capacity)
      this.place(key)
    }
  }

  rebuild(size: number, capacity: number): void {
    const keys = [...this.slots.filter((slot) => typeof slot === 'string'), ...this.overflow]
    let wanted = capacity
    if (size + 1 > (this.setting.maxLoad * capacity) / 2) {
      do wanted = suitable(2 * wanted)
      while (size + 1 > this.setting.maxLoad * wanted)
    }
    this.slots = new Array<undefined>(wanted).fill(undefined)
    this.overflow = []
    for (const key of keys) this.place(key)
  }

  place(key: string): void {
    const at = this.sequence(key).find((each) => typeof this.slots[each] !== 'string')
    if (at === undefined) this.overflow.push(key)
    else this.slots[at] = key
  }
}

/** What a map answers to a history: after each step the answer and the counts, at the end the probes of every key. */
function observe(setting: Setting, steps: readonly Step[]): unknown {
  return inGuest(
    (solution: Solution, { probe, capacity, maxLoad, keys }: Setting, all: readonly Step[]): unknown => {
      const hashOf = (index: number) => (key: string) => Number(keys.find(([each]) => each === key)?.[index + 1] ?? 0)
      const functions = (keys[0]?.length ?? 2) - 1
      const hashes = Array.from({ length: functions }, (_, index) => hashOf(index))
      const map = new solution.OpenAddressingMap<number>({ probe, capacity, maxLoad, hash: hashOf(0), hashes })
      const log: unknown[] = []
      all.forEach(([what, key], step) => {
        const answer = what === 'set' ? map.set(key, step) : map.delete(key)
        log.push([answer ?? 'done', map.size, map.capacity, map.tombstones, map.overflowSize])
      })
      return [log, keys.map(([key]) => [map.has(key), map.get(key) ?? 'none', map.probesFor(key)])]
    },
    setting,
    steps,
  )
}

function expected(setting: Setting, steps: readonly Step[]): unknown {
  const model = new Model(setting)
  const values = new Map<string, number>()
  const log = steps.map(([what, key], step) => {
    const answer = what === 'delete' ? model.delete(key) : 'done'
    if (what === 'delete') values.delete(key)
    else {
      model.set(key)
      values.set(key, step)
    }
    return [answer, ...model.counts]
  })
  const keys = setting.keys.map(([key]) => [model.has(key), values.get(key) ?? 'none', model.probes(key)])
  return [log, keys]
}

/** Keys with hashes that collide, negative and huge ones among them. */
function someKeys(count: number, functions: number, spread: number): Hashed[] {
  const far = [0, -(2 ** 40), 2 ** 45]
  const draw = () => random.pick(far) + random.int(-spread, spread)
  return numbers(count).map((i) => [`k${i}`, ...numbers(functions).map(draw)])
}

/**
 * Begins with keys that share a home, one of which is set again behind a tombstone, and with ten keys of their own
 * homes that come and go, which leaves tombstones. Then the drawn steps.
 */
function withVisitors(setting: Setting, steps: readonly Step[]): [Setting, Step[]] {
  const functions = (setting.keys[0]?.length ?? 2) - 1
  const visitors = numbers(10).map((i): Hashed => [`visitor${i}`, ...numbers(functions).map(() => i)])
  const visits = visitors.flatMap(([key]): Step[] => [
    ['set', key],
    ['delete', key],
  ])
  const family = ['x', 'y', 'z'].map((key): Hashed => [key, ...numbers(functions).map(() => 0)])
  const meeting: Step[] = [...family.map(([key]): Step => ['set', key]), ['delete', 'x'], ['set', 'z'], ['delete', 'z']]
  return [{ ...setting, keys: [...setting.keys, ...visitors, ...family] }, [...meeting, ...visits, ...steps]]
}

function history(keys: readonly Hashed[], length: number, sets: number): Step[] {
  return numbers(length).map(() => [random.next() < sets ? 'set' : 'delete', random.pick(keys)[0]])
}

/** A map with hashes written by hand, for steps that a test makes one by one. */
function byHand(hashes: Record<string, number>, probe: Probe = 'linear', capacity = 11, maxLoad = 1) {
  const hash = (key: string) => (Object.hasOwn(hashes, key) ? (hashes[key] ?? 0) : 0)
  return new OpenAddressingMap<string>({ probe, capacity, maxLoad, hash })
}

describe('Look-ups and deletions', () => {
  for (const probe of ['linear', 'quadratic'] as const) {
    it(`answers, counts and visits slots as the rules say on any history: ${probe}`, () => {
      for (const [capacity, maxLoad] of [
        [7, 0.75],
        [20, 1],
        [3, 0.5],
      ] as const) {
        const setting: Setting = { probe, capacity, maxLoad, keys: someKeys(26, 1, 12) }
        const drawn = [...history(setting.keys, 30, 0.6), ...history(setting.keys, 20, 0.35)]
        const [all, steps] = withVisitors(setting, drawn)
        expect(observe(all, steps)).toEqual(expected(all, steps))
      }
    })
  }

  it('finds a key behind others that were deleted', () => {
    const keys = random.shuffle(['a', 'b', 'c', 'd', 'e'])
    const map = byHand({})
    for (const key of keys) map.set(key, `value of ${key}`)
    for (const key of keys.slice(0, 4)) expect(map.delete(key)).toBe(true)
    expect(map.get(keys[4] ?? '')).toBe(`value of ${keys[4]}`)
    expect([map.size, map.tombstones, map.has('missing'), map.delete(keys[0] ?? '')]).toEqual([1, 4, false, false])
    expect(map.probesFor('missing')).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('makes sure that a key stands nowhere further along before it reuses a tombstone', () => {
    const map = byHand({})
    for (const key of ['a', 'b', 'c']) map.set(key, 'old')
    map.delete('a')
    map.set('c', 'new')
    expect([map.size, map.tombstones, map.get('c')]).toEqual([2, 1, 'new'])
    expect(map.delete('c')).toBe(true)
    expect([map.has('c'), map.size]).toEqual([false, 1])
  })

  it('reuses the first tombstone on the way', () => {
    const map = byHand({})
    for (const key of ['a', 'b', 'c', 'd']) map.set(key, '')
    map.delete('c')
    map.delete('b')
    map.set('e', '')
    expect([map.probesFor('e'), map.probesFor('d'), map.tombstones]).toEqual([[0, 1], [0, 1, 2, 3], 1])
    map.set('f', '')
    expect([map.probesFor('f'), map.tombstones]).toEqual([[0, 1, 2], 0])
  })

  it('takes any value and any key', () => {
    const map = new OpenAddressingMap<unknown>()
    const keys = ['', '__proto__', 'constructor', '编程', '💾']
    expect(keys.map((key) => map.has(key))).toEqual(keys.map(() => false))
    for (const key of keys) map.set(key, undefined)
    expect(keys.map((key) => [map.has(key), map.get(key)])).toEqual(keys.map(() => [true, undefined]))
    expect(map.size).toBe(5)
  })
})

describe('Probe sequences', () => {
  /** The whole sequence of a key: what a look-up visits in a full table. */
  function whole(probe: Probe, capacity: number, homes: number[], seed?: number): number[][] {
    const keys = numbers(capacity).map((i) => `filler${i}`)
    return inGuest(
      (solution: Solution, how: Probe, size: number, all: number[], from: number | undefined, fillers: string[]) => {
        const hash = (key: string) => Number(key.replace(/[a-z]+/, ''))
        const opts = { probe: how, capacity: size, maxLoad: 1, hash, ...(from === undefined ? {} : { seed: from }) }
        const map = new solution.OpenAddressingMap<number>(opts)
        for (const key of fillers) map.set(key, 1)
        return map.capacity === size ? all.map((home) => map.probesFor(`home${home}`)) : []
      },
      probe,
      capacity,
      homes,
      seed,
      keys,
    )
  }

  it('has a capacity that is a prime and 3 modulo 4', () => {
    for (const capacity of [1, 2, 3, 4, 8, 12, 13, 24, 45, random.int(50, 300)]) {
      expect(new OpenAddressingMap({ capacity }).capacity).toBe(suitable(capacity))
    }
    expect(new OpenAddressingMap().capacity).toBe(7)
  })

  it('wraps around with linear probing', () => {
    expect(whole('linear', 11, [8])).toEqual([[8, 9, 10, 0, 1, 2, 3, 4, 5, 6, 7]])
  })

  it('visits every slot once with quadratic probing, in turns on both sides', () => {
    expect(whole('quadratic', 11, [3])).toEqual([[3, 4, 2, 7, 10, 1, 5, 8, 9, 6, 0]])
    const [sequence = []] = whole('quadratic', 43, [random.int(0, 42)])
    expect([...sequence].sort((a, b) => a - b)).toEqual(numbers(43))
  })

  it('visits every slot once with random probing, in the same order for every key', () => {
    const [first = [], second = []] = whole('random', 31, [0, 17], random.int(1, 1e9))
    expect([first[0], second[0]]).toEqual([0, 17])
    expect([...first].sort((a, b) => a - b)).toEqual(numbers(31))
    expect(second.map((slot) => floored(slot - 17, 31))).toEqual(first)
  })

  it('draws the same order for the same seed, and others for others', () => {
    const seeds = [1, 2, 3, 4, random.int(5, 1e9)]
    const orders = seeds.map((seed) => String(whole('random', 23, [0], seed)))
    expect(seeds.map((seed) => String(whole('random', 23, [0], seed)))).toEqual(orders)
    expect(String(whole('random', 23, [0]))).toBe(orders[0])
    expect(new Set([...orders, String(numbers(23))]).size).toBeGreaterThanOrEqual(5)
  })

  it('draws either order of two', () => {
    const seeds = numbers(30).map(() => random.int(1, 1e9))
    const orders = inGuest((solution: Solution, all: number[]) => {
      const opts = { probe: 'random', capacity: 3, maxLoad: 1, hash: () => 0 } as const
      return all.map((seed) => {
        const map = new solution.OpenAddressingMap<number>({ ...opts, seed })
        for (const key of ['a', 'b', 'c']) map.set(key, 1)
        return map.probesFor('d').join()
      })
    }, seeds)
    expect([...new Set(orders)].sort()).toEqual(['0,1,2', '0,2,1'])
  })

  it('answers as any map does with random probing, also after it has grown', () => {
    const keys = someKeys(30, 1, 5).map(([key]) => key)
    const steps = history(keys.map((key) => [key, 0]), 120, 0.6)
    const found = inGuest(
      (solution: Solution, all: readonly Step[], names: readonly string[]): unknown => {
        const map = new solution.OpenAddressingMap<number>({ probe: 'random', hash: (key) => key.length, seed: 5 })
        all.forEach(([what, key], i) => (what === 'set' ? map.set(key, i) : map.delete(key)))
        return [map.size, names.map((key) => [map.has(key), map.get(key) ?? 'none'])]
      },
      steps,
      keys,
    )
    const model = new Map<string, number>()
    steps.forEach(([what, key], i) => (what === 'set' ? model.set(key, i) : model.delete(key)))
    expect(found).toEqual([model.size, keys.map((key) => [model.has(key), model.get(key) ?? 'none'])])
  })

  it('puts negative and huge hashes into range', () => {
    const map = byHand({ a: -1, b: -12, c: 2 ** 40 + 3, d: -(2 ** 45) - 7 })
    const homes = [10, 10, floored(2 ** 40 + 3, 11), floored(-(2 ** 45) - 7, 11)]
    expect(['a', 'b', 'c', 'd'].map((key) => map.probesFor(key))).toEqual(homes.map((home) => [home]))
  })

  it('refuses options that make no sense', () => {
    const make = (opts: OpenOpts) => () => new OpenAddressingMap(opts)
    for (const capacity of [0, -7, 2.5, Number.NaN]) expect(make({ capacity })).toThrow(RangeError)
    for (const maxLoad of [0, -1, 1.01, Number.NaN]) expect(make({ maxLoad })).toThrow(RangeError)
    expect(() => new OpenAddressingMap({ probe: 'rehash' })).toThrow(RangeError)
    expect(() => new OpenAddressingMap({ probe: 'rehash', hashes: [] })).toThrow(RangeError)
  })
})

describe('Overflow area', () => {
  it('answers, counts and visits slots as the rules say on any history', () => {
    for (const [capacity, maxLoad, functions] of [
      [7, 1, 2],
      [11, 0.75, 3],
      [3, 0.9, 1],
      [12, 1, 2],
    ] as const) {
      const setting: Setting = { probe: 'rehash', capacity, maxLoad, keys: someKeys(24, functions, 3) }
      const drawn = [...history(setting.keys, 35, 0.65), ...history(setting.keys, 20, 0.35)]
      const [all, steps] = withVisitors(setting, drawn)
      expect(observe(all, steps)).toEqual(expected(all, steps))
    }
  })

  /** Slots 2 and 5 are all that any key may have. */
  function crowded(count: number): OpenAddressingMap<number> {
    const map = new OpenAddressingMap<number>({ probe: 'rehash', hashes: [() => 2, () => -2] })
    for (const i of numbers(count)) map.set(`k${i}`, i)
    return map
  }

  it('takes what finds no slot, finds it there and deletes it there', () => {
    const map = crowded(5)
    expect([map.size, map.overflowSize, map.capacity, map.tombstones]).toEqual([5, 3, 7, 0])
    expect(numbers(5).map((i) => map.get(`k${i}`))).toEqual(numbers(5))
    expect([map.delete('k3'), map.delete('k3'), map.has('k3'), map.has('k4')]).toEqual([true, false, false, true])
    expect([map.size, map.overflowSize, map.tombstones, map.probesFor('k4')]).toEqual([4, 2, 0, [2, 5]])
  })

  it('updates an entry where it stands, even when a slot has become free', () => {
    const map = crowded(4)
    map.delete('k0')
    map.set('k3', 33)
    expect([map.size, map.overflowSize, map.tombstones, map.get('k3')]).toEqual([3, 2, 1, 33])
    map.set('new', 9)
    expect([map.size, map.overflowSize, map.tombstones, map.probesFor('new')]).toEqual([4, 2, 0, [2]])
    expect([map.delete('k3'), map.has('k3')]).toEqual([true, false])
  })

  it('does not search it when a slot of the sequence was never used', () => {
    const map = new OpenAddressingMap<number>({ probe: 'rehash', hashes: [() => 2, (key) => key.length] })
    for (const key of ['aaa', 'bbb', 'ccc']) map.set(key, 1)
    expect([map.overflowSize, map.probesFor('d'), map.probesFor('ddd')]).toEqual([1, [2, 1], [2, 3]])
  })
})

describe('Rebuilding', () => {
  it('grows when one more slot would be above the limit, and not before', () => {
    for (const maxLoad of [0.75, 0.5, 1, 0.1, 0.03]) {
      const setting: Setting = { probe: 'linear', capacity: 7, maxLoad, keys: someKeys(20, 1, 100) }
      const steps = setting.keys.map(([key]): Step => ['set', key])
      expect(observe(setting, steps)).toEqual(expected(setting, steps))
    }
  })

  it('grows no further than it must', () => {
    // One entry in seven slots is exactly the limit.
    const map = byHand({ a: 0 }, 'linear', 3, 1 / 7)
    map.set('a', '')
    expect([map.size, map.capacity]).toEqual([1, 7])
  })

  it('keeps its capacity when the entries are exactly half of the limit', () => {
    const map = byHand({ a: 0, b: 1, c: 2 }, 'linear', 3, 2 / 3)
    for (const key of ['a', 'b']) {
      map.set(key, '')
      map.delete(key)
    }
    expect([map.size, map.capacity, map.tombstones]).toEqual([0, 3, 2])
    map.set('c', '')
    expect([map.size, map.capacity, map.tombstones]).toEqual([1, 3, 0])
  })

  it('clears its tombstones and keeps its capacity when few entries are left', () => {
    const map = byHand({ a: 0, b: 1, c: 2, d: 3, e: 4, f: 5 }, 'linear', 11, 0.5)
    for (const key of ['a', 'b', 'c', 'd', 'e']) map.set(key, key)
    for (const key of ['a', 'b', 'c', 'd']) map.delete(key)
    expect([map.size, map.capacity, map.tombstones]).toEqual([1, 11, 4])
    map.set('f', 'f')
    expect([map.size, map.capacity, map.tombstones, map.get('e'), map.get('f')]).toEqual([2, 11, 0, 'e', 'f'])
    expect(map.probesFor('a')).toEqual([0])
  })

  /** The largest capacity, number of tombstones and length of a look-up while keys come and go, five at a time. */
  function churn(): number[] {
    return inGuest((solution: Solution): number[] => {
      const map = new solution.OpenAddressingMap<number>({ capacity: 31 })
      const most = [0, 0, 0]
      for (let i = 0; i < 1000; i++) {
        map.set(`session:${i}`, i)
        map.delete(`session:${i - 5}`)
        const now = [map.capacity, map.tombstones, map.probesFor('missing').length]
        now.forEach((each, at) => (most[at] = Math.max(most[at] ?? 0, each)))
      }
      return most
    })
  }

  it('does not grow while keys come and go', () => {
    const [capacity, , longest = 0] = churn()
    expect(capacity).toBe(31)
    expect(longest).toBeLessThanOrEqual(31)
  })

  it('never lets tombstones fill more than the permitted share of the slots', () => {
    const [capacity = 0, tombstones = 0, longest = 0] = churn()
    expect(tombstones).toBeLessThanOrEqual(0.75 * capacity)
    expect(longest).toBeLessThan(capacity)
  })

  it('does not rebuild for a key that is there, nor for one that takes a tombstone', () => {
    const map = byHand({ a: 0, b: 0, c: 0, d: 0 }, 'linear', 3, 1)
    for (const key of ['a', 'b', 'c']) map.set(key, '')
    map.set('b', 'again')
    expect([map.capacity, map.size]).toEqual([3, 3])
    map.delete('b')
    map.set('d', '')
    expect([map.capacity, map.size, map.tombstones, map.probesFor('d')]).toEqual([3, 3, 0, [0, 1]])
    map.set('b', '')
    expect([map.capacity, map.size, map.tombstones]).toEqual([7, 4, 0])
  })

  it('spreads keys that resemble each other with its own hash', () => {
    const prefix = random.pick(['user:', 'session-', 'order/2024/'])
    const visited = inGuest((solution: Solution, start: string): number => {
      const map = new solution.OpenAddressingMap<number>()
      for (let i = 0; i < 5000; i++) map.set(start + i, i)
      let sum = 0
      for (let i = 0; i < 5000; i++) sum += map.get(start + i) === i ? map.probesFor(start + i).length : 1e9
      return sum / 5000
    }, prefix)
    expect(visited).toBeLessThan(6)
  })
})
