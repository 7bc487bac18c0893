import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { GoMap } from './solution'

type Solution = typeof import('./solution')
type Hashed = readonly [key: string, hash: number]
type Step = readonly ['set' | 'delete' | 'get', string] | readonly ['walk', number, number]

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** The map of the prompt. A chain is one array, eight places for each of its buckets. */
class Model {
  B = 0
  chains: Array<Array<string | null>>
  old: Array<Array<string | null> | null> | null = null
  values = new Map<string, number>()

  constructor(
    readonly hashes: ReadonlyMap<string, number>,
    hint: number,
  ) {
    while (hint > 8 && hint > 6.5 * 2 ** this.B) this.B++
    this.chains = this.empty()
  }

  empty(): Array<Array<string | null>> {
    return numbers(2 ** this.B).map(() => new Array<string | null>(8).fill(null))
  }

  number(key: string, buckets: number): number {
    return ((this.hashes.get(key) ?? 0) >>> 0) % buckets
  }

  place(key: string): void {
    const chain = this.chains[this.number(key, this.chains.length)] ?? []
    if (!chain.includes(null)) chain.push(...new Array<null>(8).fill(null))
    chain[chain.indexOf(null)] = key
  }

  move(key: string): void {
    for (const which of ['touched', 'lowest'] as const) {
      const { old } = this
      if (old === null) return
      const number = which === 'touched' ? this.number(key, old.length) : old.findIndex((chain) => chain !== null)
      for (const each of old[number] ?? []) if (each !== null) this.place(each)
      old[number] = null
      if (old.every((chain) => chain === null)) this.old = null
    }
  }

  get overflow(): number {
    return this.chains.reduce((sum, chain) => sum + chain.length / 8 - 1, 0)
  }

  set(key: string, value: number): void {
    this.move(key)
    if (!this.values.has(key)) {
      const count = this.values.size + 1
      const doubles = count > 8 && count > 6.5 * 2 ** this.B
      if (this.old === null && (doubles || this.overflow >= 2 ** this.B)) {
        this.old = this.chains
        if (doubles) this.B++
        this.chains = this.empty()
        this.move(key)
      }
      this.place(key)
    }
    this.values.set(key, value)
  }

  delete(key: string): boolean {
    this.move(key)
    const chain = this.chains[this.number(key, this.chains.length)] ?? []
    if (this.values.has(key)) chain[chain.indexOf(key)] = null
    return this.values.delete(key)
  }

  walk(bucket: number, slot: number): Array<[string, number | undefined]> {
    const count = this.chains.length
    const first = Math.floor(slot * 8)
    return numbers(count).flatMap((i) => {
      const number = (Math.floor(bucket * count) + i) % count
      const chain = this.old?.[number % this.old.length] ?? this.chains[number] ?? []
      const order = chain.map((_, j) => chain[j - (j % 8) + ((first + j) % 8)])
      return order.flatMap((key): Array<[string, number | undefined]> => {
        return key != null && this.number(key, count) === number ? [[key, this.values.get(key)]] : []
      })
    })
  }

  stats() {
    const oldB = this.old === null ? null : Math.log2(this.old.length)
    return {
      B: this.B,
      oldB,
      growing: this.old !== null,
      sameSize: oldB === this.B,
      evacuated: this.old?.filter((chain) => chain === null).length ?? 0,
      overflow: this.overflow,
    }
  }
}

/** What a map answers to each step, and how it stands then. */
function observe(keys: readonly Hashed[], hint: number, steps: readonly Step[]): unknown[] {
  return inGuest(
    (solution: Solution, hashes: readonly Hashed[], start: number, all: readonly Step[]): unknown[] => {
      const table = new Map(hashes)
      const map = new solution.GoMap<number>({ hash: (key) => table.get(key) ?? 0, hint: start })
      return all.map((step, i) => {
        let answer: unknown = 'done'
        if (step[0] === 'walk') {
          const draws: number[] = [step[1], step[2]]
          answer = [map.iterate(() => draws.shift() ?? 0), draws.length]
        } else if (step[0] === 'set') map.set(step[1], i)
        else if (step[0] === 'delete') answer = map.delete(step[1])
        else answer = [map.get(step[1]).ok, map.get(step[1]).value ?? 'none']
        return [answer, map.size, map.stats()]
      })
    },
    keys,
    hint,
    steps,
  )
}

function expected(keys: readonly Hashed[], hint: number, steps: readonly Step[]): unknown[] {
  const model = new Model(new Map(keys), hint)
  return steps.map((step, i) => {
    let answer: unknown = 'done'
    if (step[0] === 'walk') answer = [model.walk(step[1], step[2]), 0]
    else if (step[0] === 'set') model.set(step[1], i)
    else if (step[0] === 'delete') answer = model.delete(step[1])
    else answer = [model.values.has(step[1]), model.values.get(step[1]) ?? 'none']
    return [answer, model.values.size, model.stats()]
  })
}

/** Keys with hashes of the given bits, shuffled. */
function keysOf(hashes: readonly number[]): Hashed[] {
  return random.shuffle(hashes).map((hash, i) => [`k${i}`, hash])
}

const anyHash = (): number => random.int(-(2 ** 31), 2 ** 32 - 1)
const sets = (keys: readonly Hashed[]): Step[] => keys.map(([key]) => ['set', key])
const deletes = (keys: readonly Hashed[]): Step[] => keys.map(([key]) => ['delete', key])
/** The first from the middle, the others from anywhere. */
const walks = (count: number): Step[] => {
  return numbers(count).map((i) => (i === 0 ? ['walk', 0.6, 0.7] : ['walk', random.next(), random.next()]))
}

/** Compares a map with the model, step by step. */
function compare(keys: readonly Hashed[], steps: readonly Step[], hint = 0): void {
  expect(observe(keys, hint, steps)).toEqual(expected(keys, hint, steps))
}

/** Keys whose hashes lead to one bucket of at most 64. */
const inBucket = (number: number, count: number, name: string): Hashed[] => {
  return numbers(count).map((i) => [`${name}${i}`, number + 64 * i])
}

/** Drawn hashes, each for two keys. */
const pairs = (count: number): Hashed[] => {
  const hashes = numbers(count / 2).map(anyHash)
  return keysOf([...hashes, ...hashes])
}

/** A map with the keys 0, 1, 2, ..., which are their own hashes. */
function numbered(count: number, hint = 0): GoMap<number> {
  return inGuest(
    (_: unknown, map: GoMap<number>, keys: number): GoMap<number> => {
      for (let i = 0; i < keys; i++) map.set(String(i), i)
      return map
    },
    new GoMap<number>({ hash: Number, hint }),
    count,
  )
}

describe('Look-ups', () => {
  it('finds what a plain map would find, on any history', () => {
    const keys = pairs(60)
    // Begins in the middle of a growth; the rest is drawn.
    const steps: Step[] = [...sets(keys.slice(0, 54)), ...keys.map(([key]): Step => ['get', key])]
    for (let i = 0; i < 120; i++) {
      const what = random.next() < 0.4 ? 'set' : random.pick(['delete', 'get'] as const)
      steps.push([what, random.pick(keys)[0]])
    }
    const given = observe(keys, 0, steps).map((each) => (each as unknown[]).slice(0, 2))
    expect(given).toEqual(expected(keys, 0, steps).map((each) => (each as unknown[]).slice(0, 2)))
  })

  it('keeps keys apart whose hashes agree in the top bits, or altogether', () => {
    const map = new GoMap<string>({ hash: (key) => (key.startsWith('x') ? 0x7f00_0000 : 0x7f00_0000 + key.length * 8) })
    for (const key of ['x1', 'x2', 'abc', 'de']) map.set(key, `value of ${key}`)
    expect(['x1', 'x2', 'abc', 'de'].map((key) => map.get(key).value)).toEqual([
      'value of x1',
      'value of x2',
      'value of abc',
      'value of de',
    ])
    expect([map.get('x3').ok, map.get('fgh').ok, map.delete('x3'), map.size]).toEqual([false, false, false, 4])
  })

  it('finds every key while the map grows, in old and in new buckets', () => {
    const keys: Hashed[] = numbers(53).map((i) => [`k${i}`, i])
    const steps: Step[] = [...sets(keys)]
    for (const key of random.shuffle(keys).slice(0, 3)) {
      steps.push(...keys.map(([each]): Step => ['get', each]), ['set', key[0]])
    }
    compare(keys, steps)
  })

  it('tells a stored undefined from a missing key, and takes any string as key', () => {
    const map = new GoMap<undefined>({ hash: (key) => key.length })
    const keys = ['', '__proto__', 'constructor', '编程', '💾']
    expect(keys.map((key) => map.get(key).ok)).toEqual(keys.map(() => false))
    for (const key of keys) map.set(key, undefined)
    expect(keys.map((key) => map.get(key))).toEqual(keys.map(() => ({ value: undefined, ok: true })))
    expect(map.get('missing')).toStrictEqual({ value: undefined, ok: false })
  })

  it('stays right when every key has the same hash', () => {
    const keys = keysOf(numbers(60).map(() => 0xabcd_ef12))
    const gets = keys.map(([key]): Step => ['get', key])
    compare(keys, [...sets(keys), ...gets, ...deletes(keys.slice(0, 40)), ...gets, ...walks(1)])
  })

  it('takes negative and huge hashes', () => {
    const hashes = [-1, -(2 ** 31), 2 ** 32 + 5, 2 ** 40 + 2 ** 31, -(2 ** 35) - 3, 0xffff_ffff]
    const keys = keysOf([...hashes, ...numbers(30).map((i) => i - 15)])
    compare(keys, [...sets(keys), ...keys.map(([key]): Step => ['get', key]), ...walks(2)])
  })
})

describe('Chains', () => {
  it('fills the slots of a chain in order and adds a bucket when it is full', () => {
    // All in bucket 2 of 8.
    const keys: Hashed[] = numbers(20).map((i) => [`k${i}`, 2 + 8 * i])
    compare(keys, [...sets(keys), ['walk', 0, 0], ...walks(2)], 52)
    const stats = observe(keys, 52, sets(keys)).map((each) => (each as [unknown, unknown, { overflow: number }])[2])
    expect(stats.map(({ overflow }) => overflow)).toEqual(numbers(20).map((i) => Math.floor(i / 8)))
  })

  it('puts a new key into the first free slot of its chain', () => {
    const keys: Hashed[] = numbers(23).map((i) => [`k${i}`, 5 + 8 * i])
    const gone = random.shuffle(keys.slice(0, 20)).slice(0, 3)
    compare(keys, [...sets(keys.slice(0, 20)), ...deletes(gone), ...sets(keys.slice(20)), ['walk', 0, 0]], 52)
  })

  it('replaces a value where it stands', () => {
    const keys = inBucket(1, 12, 'k')
    const steps: Step[] = [...sets(keys), ['delete', 'k1'], ['set', 'k5'], ['set', 'k0'], ['set', 'k11']]
    compare(keys, [...steps, ['walk', 0, 0], ...walks(2)], 20)
  })

  it('keeps its overflow buckets when entries are deleted', () => {
    const keys: Hashed[] = numbers(17).map((i) => [`k${i}`, 1 + 8 * i])
    compare(keys, [...sets(keys), ...deletes(keys), ...sets(keys.slice(8, 12)), ['walk', 0, 0]], 52)
  })

  it('leaves other entries alone when one is deleted', () => {
    const keys = pairs(40)
    const gone = random.shuffle(keys).slice(0, 12)
    compare(keys, [...sets(keys), ...walks(1), ...gone.flatMap(([key]): Step[] => [['delete', key], ...walks(1)])], 60)
  })
})

describe('Growing', () => {
  it('doubles exactly when one more entry would be too many', () => {
    const map = new GoMap<number>({ hash: Number })
    const seen = inGuest(
      (_: unknown, it: GoMap<number>): number[] =>
        Array.from({ length: 220 }, (_each, i) => {
          it.set(String(i), i)
          return it.stats().B
        }),
      map,
    )
    const model = numbers(220).map((i) => {
      let B = 0
      while (i + 1 > 8 && i + 1 > 6.5 * 2 ** B) B++
      return B
    })
    expect(seen).toEqual(model)
  })

  it('starts with the smallest array that the hint fits into', () => {
    const hints = [0, 1, 8, 9, 13, 14, 26, 27, 52, 53, random.int(54, 5000)]
    for (const hint of hints) {
      let B = 0
      while (hint > 8 && hint > 6.5 * 2 ** B) B++
      const stats = { B, oldB: null, growing: false, sameSize: false, evacuated: 0, overflow: 0 }
      expect(new GoMap({ hash: Number, hint }).stats()).toEqual(stats)
    }
    for (const hint of [-1, 1.5, Number.NaN]) expect(() => new GoMap({ hash: Number, hint })).toThrow(RangeError)
  })

  it('does not grow for a key that is there, nor shrink for one that leaves', () => {
    const map = numbered(52)
    expect(map.stats()).toMatchObject({ B: 3, growing: false })
    for (const key of ['0', '51']) map.set(key, 1)
    expect(map.stats()).toMatchObject({ B: 3, growing: false })
    inGuest((_: unknown, it: GoMap<number>) => Array.from({ length: 52 }, (_each, i) => it.delete(String(i))), map)
    expect([map.size, map.stats().B]).toEqual([0, 3])
  })

  it('grows to the same size when entries are few but scattered', () => {
    // Four buckets. The chain of one gets three overflow buckets and is nearly emptied; another brings the fourth.
    const gone = inBucket(0, 26, 'gone')
    const come = inBucket(1, 14, 'come')
    const steps: Step[] = [...sets(gone), ...deletes(gone.slice(0, 20))]
    for (const step of sets(come)) steps.push(step, ...walks(1))
    compare([...gone, ...come], steps, 26)
    const stats = observe([...gone, ...come], 26, [...sets(gone), ...deletes(gone.slice(0, 20)), ...sets(come)])
      .slice(46)
      .map((each) => (each as [unknown, unknown, { sameSize: boolean; overflow: number }])[2])
    // The tenth key meets four overflow buckets, and moves buckets 1 and 0; the two after it move 2 and 3.
    expect(stats.map(({ sameSize }) => sameSize)).toEqual(numbers(14).map((i) => i === 9 || i === 10))
    expect(stats.map(({ overflow }) => overflow)).toEqual(numbers(14).map((i) => (i < 8 ? 3 : i < 9 ? 4 : 1)))
  })

  it('doubles when both are due', () => {
    const first = inBucket(0, 17, 'a')
    const second = inBucket(1, 18, 'b')
    const steps: Step[] = [...sets(first), ...deletes(first.slice(0, 8)), ...sets(second), ...walks(1)]
    compare([...first, ...second], steps, 26)
    const last = observe([...first, ...second], 26, steps).at(-1) as [unknown, number, { B: number }]
    expect(last[2].B).toBe(3)
  })

  it('grows to the same size again and again while keys come and go', () => {
    const keys = numbers(14).flatMap((i) => inBucket(i % 4, 9, `${i}:`))
    const steps: Step[] = []
    for (const i of numbers(14)) {
      const group = keys.slice(9 * i, 9 * i + 9)
      steps.push(...sets(group), ...deletes(group.slice(0, 8)))
    }
    compare(keys, [...steps, ...walks(1)], 26)
  })
})

describe('Moving', () => {
  it('each write moves the old bucket of its key and the lowest that is left', () => {
    const map = numbered(53)
    // The 53rd key, 52, has moved old buckets 4 and 0.
    const moved = [map.stats().evacuated]
    for (const key of ['7', '4', '0', '2']) {
      map.set(key, 0)
      moved.push(map.stats().evacuated)
    }
    // 7 and 1; 4 was moved before, so only 2; then only 3; then only 5.
    expect(moved).toEqual([2, 4, 5, 6, 7])
    map.set('6', 0)
    expect(map.stats()).toEqual({ B: 4, oldB: null, growing: false, sameSize: false, evacuated: 0, overflow: 0 })
  })

  it('deletions move as well, whether their key is there or not', () => {
    const map = numbered(53)
    expect([map.delete('5'), map.stats().evacuated]).toEqual([true, 4])
    expect([map.delete('999'), map.stats().evacuated]).toEqual([false, 6])
    expect([map.delete('3'), map.stats().growing]).toEqual([true, false])
  })

  it('a growth ends even if all writes are for one key', () => {
    const map = numbered(53)
    const growing = numbers(7).map(() => {
      map.set('4', 0)
      return map.stats().growing
    })
    expect(growing.at(-1)).toBe(false)
  })

  it('reading and walking move nothing', () => {
    const map = numbered(105)
    const before = map.stats()
    for (const key of ['0', '50', '999']) map.get(key)
    map.iterate(() => 0.3)
    expect(map.stats()).toEqual(before)
    expect(before).toMatchObject({ growing: true, oldB: 4, B: 5, evacuated: 2 })
  })

  it('no growth begins while another is going on', () => {
    const keys = keysOf(numbers(120).map((i) => 32 * i + random.pick([1, 2])))
    compare(keys, sets(keys), 26)
  })

  it('doubling has to wait until a growth to the same size is over', () => {
    // Four buckets, and four overflow buckets with 25 entries.
    // The 26th starts a growth to the same size, the 27th is too many.
    const gone = inBucket(0, 26, 'gone')
    const come = inBucket(1, 13, 'come')
    const keys = [...gone, ...come]
    const steps: Step[] = [...sets(gone), ...deletes(gone.slice(0, 10)), ...sets(come)]
    const seen = observe(keys, 26, steps)
    expect(seen).toEqual(expected(keys, 26, steps))
    const [, size, stats] = seen[46] as [unknown, number, object]
    expect(size).toBe(27)
    expect(stats).toMatchObject({ B: 2, oldB: 2, growing: true, sameSize: true, evacuated: 3 })
  })

  it('splits a bucket by one more bit of the hash and keeps the order of its chain', () => {
    const keys: Hashed[] = numbers(27).map((i) => [`k${i}`, 3 + 4 * random.int(0, 1) + 8 * i])
    compare(keys, [...sets(keys), ['walk', 0, 0], ...walks(2)], 26)
  })

  it('agrees with the model on any history', () => {
    const keys = keysOf(numbers(90).map((i) => (i % 3 === 0 ? anyHash() : random.int(0, 5) + 64 * i)))
    const steps: Step[] = [...sets(keys.slice(0, 53))]
    for (let i = 0; i < 200; i++) {
      const what = random.pick(i % 60 < 30 ? (['set', 'set', 'set', 'delete'] as const) : (['delete', 'set'] as const))
      steps.push(i % 25 === 24 ? ['walk', random.next(), random.next()] : [what, random.pick(keys)[0]])
    }
    compare(keys, steps)
  })
})

describe('Walking', () => {
  it('starts at the bucket and the slot that are drawn, and goes around', () => {
    const keys = keysOf(numbers(100).map((i) => 3 * i))
    compare(keys, [...sets(keys), ['walk', 0, 0], ['walk', 1 - 2 ** -53, 1 - 2 ** -53], ...walks(6)], 100)
  })

  it('draws twice, the bucket first', () => {
    const map = numbered(12)
    let draws = 0
    const entries = map.iterate(() => (draws++ === 0 ? 0.5 : 0))
    expect([draws, entries.map(([key]) => Number(key))]).toEqual([2, [1, 3, 5, 7, 9, 11, 0, 2, 4, 6, 8, 10]])
    expect(new GoMap<number>({ hash: Number }).iterate(() => 0.9)).toEqual([])
  })

  it('begins anew at the drawn slot in every bucket of a chain', () => {
    const keys: Hashed[] = numbers(20).map((i) => [`k${i}`, 6 + 8 * i])
    const walk = observe(keys, 52, [...sets(keys), ['walk', 0, 0.375]]).at(-1) as [[Array<[string, number]>, number]]
    const order = [3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10, 19, 16, 17, 18]
    expect(walk[0][0]).toEqual(order.map((i) => [`k${i}`, i]))
  })

  it('gives every entry once while the map doubles', () => {
    const keys = keysOf(numbers(105).map((i) => i * 5))
    const steps: Step[] = sets(keys)
    for (const [key] of random.shuffle(keys).slice(0, 6)) steps.push(...walks(1), ['set', key])
    compare(keys, [...steps, ...walks(2)])
  })

  it('gives every entry once while the map grows to the same size', () => {
    // Eight buckets: the chains of two bring eight overflow buckets, and one is nearly emptied.
    const others = numbers(6).flatMap((i) => inBucket(2 + i, 1, `other${i}:`))
    const gone = inBucket(0, 46, 'gone')
    const come = inBucket(1, 27, 'come')
    const keys = [...others, ...gone, ...come]
    const steps: Step[] = [...sets(others), ...sets(gone), ...deletes(gone.slice(2, 44)), ...sets(come.slice(0, 26))]
    compare(keys, [...steps, ...walks(3), ...sets(come.slice(26)), ...walks(2), ...deletes(come.slice(0, 3))], 52)
    const stats = (observe(keys, 52, steps).at(-1) as [unknown, unknown, { sameSize: boolean; evacuated: number }])[2]
    expect(stats).toMatchObject({ sameSize: true, evacuated: 2 })
  })
})
