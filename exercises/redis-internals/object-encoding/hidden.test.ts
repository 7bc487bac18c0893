import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { DEFAULT_LIMITS, IntSet, type Limits, stringEncoding, TypedObject } from './solution'

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
const SMALL: Limits = { intsetEntries: 5, hashEntries: 4, zsetEntries: 3, valueBytes: 8, embstrBytes: 6 }

describe('Strings', () => {
  const encodings = (texts: readonly string[]) => texts.map((text) => stringEncoding(text))

  it('stores canonical integers as numbers', () => {
    const texts = ['0', '7', '-1', '10', '-90', '65536', '123456789012345678', String(random.int(1, 1e9))]
    expect(encodings(texts)).toEqual(texts.map(() => 'int'))
  })

  it('stores every integer of 64 bits, and none beyond', () => {
    const inside = [2n ** 63n - 1n, 2n ** 63n - 2n, -(2n ** 63n), 1n - 2n ** 63n, 2n ** 53n + 1n, 10n ** 18n]
    expect(encodings(inside.map(String))).toEqual(inside.map(() => 'int'))
    const outside = [2n ** 63n, 2n ** 63n + 1n, -(2n ** 63n) - 1n, 2n ** 64n, 10n ** 19n, 10n ** 30n]
    expect(encodings(outside.map(String))).toEqual(outside.map(() => 'embstr'))
  })

  it('keeps every other text as it is', () => {
    const forms = ['007', '00', '-0', '-07', '+5', '1.0', '1e3', '0x10', '1,000', '1n', '１']
    const texts = [...forms, '--1', '-', '', ' 1', '1 ', '1\n', '\n1']
    expect(encodings(texts)).toEqual(texts.map(() => 'embstr'))
  })

  it('embeds a text up to 44 bytes', () => {
    expect(encodings(['a'.repeat(43), 'a'.repeat(44), 'a'.repeat(45)])).toEqual(['embstr', 'embstr', 'raw'])
    expect(encodings(['1'.repeat(44), '1'.repeat(45)])).toEqual(['embstr', 'raw'])
  })

  it('counts bytes of UTF-8', () => {
    expect(encodings(['é'.repeat(22), 'é'.repeat(23)])).toEqual(['embstr', 'raw'])
    expect(encodings(['数'.repeat(14), '数'.repeat(15)])).toEqual(['embstr', 'raw'])
    expect(encodings(['🙂'.repeat(11), '🙂'.repeat(12)])).toEqual(['embstr', 'raw'])
  })

  it('takes its limit from a parameter, which integers do not mind', () => {
    const texts = ['abcdef', 'abcdefg', 'ééé', 'éééa', '12345678', '-1234567']
    expect(texts.map((text) => stringEncoding(text, SMALL))).toEqual(['embstr', 'raw', 'embstr', 'raw', 'int', 'int'])
  })
})

describe('IntSet', () => {
  const filled = (values: readonly bigint[]) => {
    const set = new IntSet()
    for (const v of values) set.add(v)
    return set
  }
  const sorted = (values: Iterable<bigint>) => [...values].sort((a, b) => (a < b ? -1 : 1))

  it('is empty and narrow at first', () => {
    const set = new IntSet()
    expect([set.values(), set.bits, set.byteLength, set.has(0n), set.remove(0n)]).toEqual([[], 16, 0, false, false])
  })

  it('holds each number once, in ascending order', () => {
    const set = new IntSet()
    const added = [10n, -1n, 9n, 10n, -20n, 100n, 0n, -1n].map((v) => set.add(v))
    expect(added).toEqual([true, true, true, false, true, true, true, false])
    expect(set.values()).toEqual([-20n, -1n, 0n, 9n, 10n, 100n])
    expect(set.byteLength).toBe(12)
  })

  it('removes numbers, and says whether they were there', () => {
    const set = filled([1n, 2n, 3n, 4n])
    expect([set.remove(2n), set.remove(2n), set.remove(9n), set.remove(4n)]).toEqual([true, false, false, true])
    expect([set.values(), set.byteLength, set.has(2n), set.has(3n)]).toEqual([[1n, 3n], 4, false, true])
  })

  it('is as wide as its widest number needs', () => {
    const widths: Array<readonly [bigint, number]> = [
      [2n ** 15n - 1n, 16],
      [-(2n ** 15n), 16],
      [2n ** 15n, 32],
      [-(2n ** 15n) - 1n, 32],
      [2n ** 31n - 1n, 32],
      [-(2n ** 31n), 32],
      [2n ** 31n, 64],
      [-(2n ** 31n) - 1n, 64],
      [2n ** 63n - 1n, 64],
      [-(2n ** 63n), 64],
    ]
    for (const [v, bits] of widths) {
      const set = filled([3n, v, -3n])
      expect([set.bits, set.byteLength, set.values()]).toEqual([bits, (3 * bits) / 8, sorted([3n, v, -3n])])
    }
  })

  it('never gets narrower again', () => {
    const set = filled([1n, 70_000n])
    set.remove(70_000n)
    set.add(2n)
    expect([set.bits, set.byteLength, set.values()]).toEqual([32, 8, [1n, 2n]])
    set.add(2n ** 40n)
    for (const v of [1n, 2n, 2n ** 40n]) set.remove(v)
    expect([set.bits, set.byteLength]).toEqual([64, 0])
    set.add(5n)
    expect([set.bits, set.byteLength, set.values()]).toEqual([64, 8, [5n]])
  })

  it('does not mistake a wide number for a narrow one', () => {
    const set = filled([1n, -1n])
    for (const v of [65_537n, 65_535n, 2n ** 32n + 1n, 2n ** 64n + 1n, 2n ** 64n - 1n]) {
      expect([set.has(v), set.remove(v)]).toEqual([false, false])
    }
    expect([set.values(), set.bits]).toEqual([[-1n, 1n], 16])
  })

  it('refuses what has no 64 bits', () => {
    const set = filled([1n])
    for (const v of [2n ** 63n, -(2n ** 63n) - 1n, 2n ** 64n + 1n]) expect(() => set.add(v)).toThrow(RangeError)
    expect([set.values(), set.bits]).toEqual([[1n], 16])
  })

  it('gives out values that are the caller’s own', () => {
    const set = filled([1n, 2n])
    set.values().length = 0
    expect(set.values()).toEqual([1n, 2n])
  })

  it('agrees with a set of numbers after any history', () => {
    const set = new IntSet()
    const model = new Set<bigint>()
    let bits = 16
    for (let step = 0; step < 60; step++) {
      // Narrow numbers first, wider ones later.
      const v = BigInt(random.int(-9, 9)) * 10n ** BigInt(random.int(0, Math.floor(step / 12) * 4))
      if (random.next() < 0.7) {
        expect(set.add(v)).toBe(!model.has(v))
        model.add(v)
        if (BigInt.asIntN(bits, v) !== v) bits = BigInt.asIntN(32, v) === v ? 32 : 64
      } else expect(set.remove(v)).toBe(model.delete(v))
    }
    expect([set.values(), set.bits, set.byteLength]).toEqual([sorted(model), bits, (model.size * bits) / 8])
  })
})

type Kind = 'set' | 'hash' | 'zset'
/** [member, value] to put, [member] to remove. */
type Change = readonly [member: string, value: string | null] | readonly [member: string]

interface Seen {
  removed: boolean | null
  encoding: string
  size: number
}

function drive(solution: typeof import('./solution'), kind: Kind, limits: Limits | null, script: string): string {
  const object = limits ? new solution.TypedObject(kind, limits) : new solution.TypedObject(kind)
  const seen = (JSON.parse(script) as Change[]).map((change): Seen => {
    let removed: boolean | null = null
    if (change.length === 1) removed = object.remove(change[0])
    else if (change[1] === null) object.put(change[0])
    else object.put(change[0], change[1])
    return { removed, encoding: object.encoding, size: object.size }
  })
  return JSON.stringify(seen)
}

/** Makes these changes beside the solution; tells what was seen after each. Texts travel cheaply. */
const play = (kind: Kind, limits: Limits | null, changes: readonly Change[]): Seen[] =>
  JSON.parse(inGuest(drive, kind, limits, JSON.stringify(changes))) as Seen[]
const encodingsOf = (kind: Kind, changes: readonly Change[], limits: Limits | null = SMALL) =>
  play(kind, limits, changes).map(({ encoding }) => encoding)
const puts = (members: readonly (string | number)[], value: string | null = null): Change[] =>
  members.map((member) => [String(member), value] as const)

describe('Collections', () => {
  it('begins with the smallest encoding', () => {
    const objects = (['set', 'hash', 'zset'] as const).map((kind) => new TypedObject(kind))
    expect(objects.map(({ encoding, size }) => [encoding, size])).toEqual([
      ['intset', 0],
      ['listpack', 0],
      ['listpack', 0],
    ])
  })

  it('knows the limits of Redis', () => {
    expect(DEFAULT_LIMITS).toEqual({
      intsetEntries: 512,
      hashEntries: 512,
      zsetEntries: 128,
      valueBytes: 64,
      embstrBytes: 44,
    })
    for (const [kind, most] of [['set', 512], ['hash', 512], ['zset', 128]] as const) {
      const encodings = encodingsOf(kind, puts(numbers(0, most + 1), '1'), null)
      expect(new Set(encodings.slice(0, most))).toEqual(new Set([kind === 'set' ? 'intset' : 'listpack']))
      expect(encodings.at(-1)).toBe(kind === 'zset' ? 'skiplist' : 'hashtable')
    }
  })

  it('keeps a set of integers as long as it is small enough', () => {
    const changes = puts([3, -1, '9223372036854775807', 3, 0, 12, 12, 3, 7])
    const seen = play('set', SMALL, changes)
    expect(seen.map(({ size }) => size)).toEqual([1, 2, 3, 3, 4, 5, 5, 5, 6])
    expect(seen.map(({ encoding }) => encoding)).toEqual([...numbers(0, 8).map(() => 'intset'), 'hashtable'])
  })

  it('makes a set a hash table for a member that is no canonical integer', () => {
    for (const member of ['a', '007', '+1', '', '-0', '9223372036854775808', '1.5']) {
      const seen = play('set', SMALL, puts([1, 7, member, 2]))
      expect(seen.map(({ encoding }) => encoding)).toEqual(['intset', 'intset', 'hashtable', 'hashtable'])
      expect(seen.map(({ size }) => size)).toEqual([1, 2, 3, 4])
    }
  })

  it('keeps the members of a set when it is converted', () => {
    const members = [5, -6, '123456789012', 'x', 8]
    const removals: Change[] = [['-6'], ['x'], ['123456789012'], ['5'], ['5'], ['06']]
    const removed = play('set', SMALL, [...puts(members), ...removals]).slice(5)
    expect(removed.map((seen) => seen.removed)).toEqual([true, true, true, true, false, false])
    expect(removed.at(-1)?.size).toBe(1)
    expect(play('set', SMALL, puts([...numbers(0, 7), 3, 3])).at(-1)?.size).toBe(7)
  })

  it('converts a hash and a sorted set that have too many entries', () => {
    expect(encodingsOf('hash', puts(['a', 'b', 'c', 'd', 'e'], '1'))).toEqual([
      ...numbers(0, 4).map(() => 'listpack'),
      'hashtable',
    ])
    expect(encodingsOf('zset', puts(['a', 'b', 'c', 'd'], '1'))).toEqual([
      ...numbers(0, 3).map(() => 'listpack'),
      'skiplist',
    ])
  })

  it('does not count a member twice', () => {
    const seen = play('zset', SMALL, [...puts(['a', 'b', 'c'], '1'), ...puts(['a', 'b', 'c', 'a'], '2')])
    expect(seen.at(-1)).toEqual({ removed: null, encoding: 'listpack', size: 3 })
    const hash = play('hash', SMALL, [...puts(['a', 'b', 'c', 'd'], '1'), ['a'], ...puts(['e', 'b'], '2')])
    expect(hash.at(-1)).toEqual({ removed: null, encoding: 'listpack', size: 4 })
  })

  it('converts for a long member, in bytes', () => {
    for (const [kind, large] of [['hash', 'hashtable'], ['zset', 'skiplist']] as const) {
      const last = (member: string) => encodingsOf(kind, puts(['a', member], '1')).at(-1)
      expect([last('x'.repeat(8)), last('x'.repeat(9))]).toEqual(['listpack', large])
      expect([last('é'.repeat(4)), last('é'.repeat(5)), last('数数a'), last('🙂🙂')]).toEqual([
        'listpack',
        large,
        'listpack',
        'listpack',
      ])
    }
  })

  it('converts a hash for a long value, in bytes', () => {
    const last = (value: string) => encodingsOf('hash', [['f', value]]).at(-1)
    expect(['x'.repeat(8), 'x'.repeat(9), 'ééée', 'ééééé', '数数数'].map(last)).toEqual([
      'listpack',
      'hashtable',
      'listpack',
      'hashtable',
      'hashtable',
    ])
    const [, at64, at65] = encodingsOf('hash', [['a', '1'], ['b', 'x'.repeat(64)], ['c', 'x'.repeat(65)]], null)
    expect([at64, at65]).toEqual(['listpack', 'hashtable'])
  })

  it('takes a field without a value for a short one', () => {
    expect(encodingsOf('hash', puts(['a', 'b']))).toEqual(['listpack', 'listpack'])
  })

  it('does not mind the length of a score', () => {
    expect(encodingsOf('zset', [['a', '0.12345678'], ['b', '1']])).toEqual(['listpack', 'listpack'])
  })

  it('converts when a value is replaced by a long one', () => {
    const changes: Change[] = [...puts(['a', 'b'], '1'), ['a', 'short'], ['a', 'much too long'], ['a', '1']]
    expect(encodingsOf('hash', changes)).toEqual(['listpack', 'listpack', 'listpack', 'hashtable', 'hashtable'])
  })

  it('never converts back', () => {
    const cases: Array<[Kind, string[], string]> = [
      ['set', ['1', '2', 'x'], 'hashtable'],
      ['set', ['1', '2', '3', '4', '5', '6'], 'hashtable'],
      ['hash', ['a', 'b', 'c', 'd', 'e'], 'hashtable'],
      ['hash', ['a', 'a name too long'], 'hashtable'],
      ['zset', ['a', 'b', 'c', 'd'], 'skiplist'],
    ]
    for (const [kind, members, large] of cases) {
      const changes = [...puts(members, '1'), ...members.map((member) => [member] as const), ...puts(['1'], '1')]
      const seen = play(kind, SMALL, changes).slice(members.length)
      expect(seen.slice(0, -1).map(({ removed }) => removed)).toEqual(members.map(() => true))
      expect(seen.map(({ encoding }) => encoding)).toEqual(seen.map(() => large))
      expect(seen.map(({ size }) => size).slice(-2)).toEqual([0, 1])
    }
  })

  it('removes from the small encodings too', () => {
    const set = play('set', SMALL, [...puts([1, 2, 3]), ['2'], ['2'], ['02'], ['x'], ...puts([9])])
    expect(set.slice(3, 7).map(({ removed }) => removed)).toEqual([true, false, false, false])
    expect(set.at(-1)).toEqual({ removed: null, encoding: 'intset', size: 3 })
    const hash = play('hash', SMALL, [...puts(['a', 'b'], '1'), ['a'], ['a']])
    expect(hash.slice(2)).toEqual([
      { removed: true, encoding: 'listpack', size: 1 },
      { removed: false, encoding: 'listpack', size: 1 },
    ])
  })
})
