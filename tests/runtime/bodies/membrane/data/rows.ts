import { describe, expect, it } from 'vitest'
import * as solution from './solution'
import { Buffered, Counter, Day, Point, Stack, Tags } from './solution'

describe('numbers', () => {
  it('keep -0', () => expect(solution.numbers.minusZero).toBe(-0))
  it('fails to take -0 for 0', () => expect(solution.numbers.minusZero).toBe(0))
  it('fails to equal 0 with -0', () => expect(solution.numbers).toEqual({ ...solution.numbers, minusZero: 0 }))
  it('keep NaN', () => expect(solution.numbers.nan).toBeNaN())
  it('are not NaN', () => expect(solution.numbers.big).not.toBeNaN())
  it('fails for NaN', () => expect(solution.numbers.tiny).toBeNaN())
  it('keep infinities and extremes', () => {
    const { infinite, least, tiny, big } = solution.numbers
    expect([infinite, least, tiny, big]).toEqual([Infinity, -Infinity, Number.MIN_VALUE, 9007199254740992])
  })
  it('go in as they come out', () => {
    expect([-0, 0, NaN, -Infinity].map((n) => solution.isSame(n, n))).toEqual([true, true, true, true])
    expect(solution.isSame(-0, 0)).toBe(false)
  })
})

describe('BigInt', () => {
  it('crosses at any size', () => expect(solution.bigs(3n)).toEqual([3n, -3n, 27n, 2n ** 200n]))
  it('is a bigint there', () => expect(solution.kindOf(1n)).toBe('BigInt'))
  it('is compared', () => expect(solution.same(10n)).toBeGreaterThan(9n))
  it('fails to be a number', () => expect(solution.same(1n) as unknown).toBe(1))
  it('fails to equal a number deep inside', () => expect({ n: solution.same(1n) } as unknown).toEqual({ n: 1 }))
})

describe('holes', () => {
  it('stay holes', () => {
    const list = solution.holes()
    expect([0 in list, 1 in list, 2 in list, 3 in list, list.length]).toEqual([false, true, false, true, 4])
  })
  it('go in as holes', () => expect([solution.countHoles([, 1, ,]), solution.countHoles([undefined])]).toEqual([2, 0]))
  it('equal undefined', () => expect(solution.holes()).toEqual([undefined, 1, undefined, undefined]))
  it('are strictly themselves', () => expect(solution.holes()).toStrictEqual([, 1, , undefined]))
  it('fails to be undefined strictly', () => expect(solution.holes()).toStrictEqual([undefined, 1, undefined, undefined]))
})

describe('undefined keys', () => {
  it('are there', () => expect('b' in solution.undefinedKeys()).toBe(true))
  it('do not matter to toEqual', () => expect(solution.undefinedKeys()).toEqual({ a: 1 }))
  it('fails strictly', () => expect(solution.undefinedKeys()).toStrictEqual({ a: 1 }))
  it('hold strictly', () => expect(solution.undefinedKeys()).toStrictEqual({ a: 1, b: undefined }))
  it('match nothing else', () => expect(solution.undefinedKeys()).toMatchObject({ b: undefined }))
  it('fails to match a missing one', () => expect({ a: solution.same(1) }).toMatchObject({ b: undefined }))
})

describe('cycles', () => {
  it('come out', () => {
    const ring = solution.cyclic()
    expect([ring.self === ring, ring.list[0] === ring, (ring.list[1] as unknown[])[0] === ring]).toEqual([true, true, true])
  })
  it('go in', () => {
    const mine = { self: null as unknown }
    mine.self = mine
    expect(solution.isCyclic(mine)).toBe(true)
    expect(solution.same(mine)).toBe(mine)
  })
  it('are equal', () => expect(solution.cyclic()).toEqual(solution.cyclic()))
  it('fails on another name', () => expect(solution.cyclic()).toEqual({ ...solution.cyclic(), name: 'chain' }))
})

describe('shared parts', () => {
  it('are one object', () => {
    const { a, b } = solution.shared()
    expect(a).toBe(b)
  })
  it('fails to be one object with an equal one', () => expect(solution.shared().a).toBe(solution.shared().a))
  it('of the test come back as themselves', () => {
    const mine = { deep: [{}] }
    expect(solution.same(mine.deep)[0]).toBe(mine.deep[0])
  })
})

describe('objects without prototype', () => {
  it('have none', () => expect(Object.getPrototypeOf(solution.noPrototype())).toBe(null))
  it('equal a plain one', () => expect(solution.noPrototype()).toEqual({ a: 1 }))
  it('fails strictly', () => expect(solution.noPrototype()).toStrictEqual({ a: 1 }))
})

describe('dates', () => {
  it('come out', () => {
    expect(solution.date(5)).toEqual(new Date(5))
    expect(solution.date(5)).toBeInstanceOf(Date)
  })
  it('go in', () => expect(solution.nextDay(new Date('2024-02-28T00:00:00Z')).toISOString()).toBe('2024-02-29T00:00:00.000Z'))
  it('are changed in place', () => {
    const day = new Date('2024-12-31T00:00:00Z')
    solution.moveOn(day)
    expect(day.toISOString()).toBe('2025-01-01T00:00:00.000Z')
  })
  it('may be invalid', () => expect(solution.invalidDate().getTime()).toBeNaN())
  it('fails on another day', () => expect(solution.date(5)).toEqual(new Date(6)))
  it('are compared by order', () => expect(+solution.date(5)).toBeLessThan(+new Date(6)))
})

describe('typed arrays', () => {
  it('come out', () => {
    expect(solution.bytes()).toBeInstanceOf(Uint8Array)
    expect(solution.bytes()).toEqual(new Uint8Array([1, 2, 255]))
    expect([...solution.floats()]).toEqual([0.5, -0, NaN])
    expect(solution.bigBytes()).toStrictEqual(new BigInt64Array([1n, -1n]))
  })
  it('go in', () => expect(solution.sum(new Float32Array([1.5, 2.5]))).toBe(4))
  it('are changed in place', () => {
    const mine = new Uint8Array(3)
    expect(solution.fill(mine, 7)).toBe(mine)
    expect([...mine]).toEqual([7, 7, 7])
  })
  it('share their buffer', () => {
    const words = new Uint16Array([1, 2, 3])
    const view = solution.view(words.buffer)
    expect([view[0], view.byteOffset, view.buffer === words.buffer]).toEqual([2, 2, true])
  })
  it('have a length', () => expect(solution.bytes()).toHaveLength(3))
  it('fails on another byte', () => expect(solution.bytes()).toEqual(new Uint8Array([1, 2, 3])))
  it('fails to be another view', () => expect(solution.bytes()).toEqual(new Int8Array([1, 2, -1])))
  it('contain', () => expect(solution.bytes()).toContain(255))
})

describe('patterns and boxes', () => {
  it('patterns come out', () => {
    expect(solution.pattern()).toEqual(/a(?<word>b+)/giu)
    expect(solution.pattern().exec('xaBb')?.groups?.word).toBe('Bb')
  })
  it('matches keep index and groups', () => {
    const match = solution.matchOf('xab')
    expect([match?.index, match?.groups?.word, match?.[0]]).toEqual([1, 'b', 'ab'])
  })
  it('fails on other flags', () => expect(solution.pattern()).toEqual(/a(?<word>b+)/iu))
  it('boxes are objects', () => {
    expect(solution.boxes().map((box) => typeof box)).toEqual(['object', 'object', 'object'])
    expect(solution.boxes().map((box) => box.valueOf())).toEqual([1, 'x', true])
  })
})

describe('maps and sets', () => {
  it('come out', () => {
    expect(solution.index()).toEqual(new Map<unknown, unknown>([['a', 1], [NaN, 'nan'], [{ k: 1 }, new Set([1])]]))
    expect(solution.index().get(NaN)).toBe('nan')
  })
  it('do not mind order', () => expect(solution.tags()).toEqual(new Set(['b', { c: 1 }, 'a'])))
  it('fails on another entry', () => expect(solution.index()).toEqual(new Map([['a', 2]])))
  it('fails on a smaller set', () => expect(solution.tags()).toEqual(new Set(['a', 'b'])))
  it('of the test are changed in place', () => {
    const mine = new Map<unknown, unknown>()
    const key = {}
    expect(solution.put(mine, key, [1])).toBe(mine)
    expect(mine.get(key)).toEqual([1])
  })
  it('have a size', () => expect([solution.index().size, solution.tags().size]).toEqual([3, 3]))
})

describe('subclasses of built-ins', () => {
  it('of Map', () => {
    const counter = new Counter([['a', 1]]).inc('a').inc('b')
    expect([counter.get('a'), counter.size, counter.total, [...counter.keys()]]).toEqual([2, 2, 3, ['a', 'b']])
    expect(counter).toBeInstanceOf(Counter)
    expect(counter).toBeInstanceOf(Map)
  })
  it('of Map equals its like', () => expect(new Counter([['a', 1]])).toEqual(new Counter().inc('a')))
  it('of Map fails on another entry', () => expect(new Counter([['a', 1]])).toEqual(new Counter([['a', 2]])))
  it('of Set', () => {
    const tags = new Tags().add('X').add('x')
    expect([tags.size, tags.has('x'), [...tags]]).toEqual([1, true, ['x']])
    expect(tags).toBeInstanceOf(Set)
  })
  it('of Set goes through forEach', () => {
    const seen: string[] = []
    new Tags(['A', 'B']).forEach((tag) => seen.push(tag))
    expect(seen).toEqual(['a', 'b'])
  })
  it('of Array', () => {
    const stack = new Stack<number>()
    stack.push(1, 2)
    expect([stack.top, stack.length, stack[0], stack.pop(), [...stack]]).toEqual([2, 2, 1, 2, [1]])
    expect(stack).toBeInstanceOf(Stack)
    expect(stack.map((n) => n + 1)).toBeInstanceOf(Stack)
  })
  it('of Array has a length', () => {
    const stack = Stack.from(['a'])
    expect(stack).toHaveLength(1)
    expect(stack).toContain('a')
  })
  it('of Array equals a list', () => {
    const stack = new Stack<number>()
    stack.push(1)
    expect(stack).toEqual([1])
  })
  it('of Date', () => {
    const day = new Day('2024-02-29T12:00:00Z')
    expect([day.iso, day.getTime(), day instanceof Date]).toEqual(['2024-02-29', 1709208000000, true])
  })
  it('of Uint8Array', () => {
    const bytes = new Buffered([4, 5])
    expect([bytes.first, bytes.length, bytes[1]]).toEqual([4, 2, 5])
  })
})

describe('trees', () => {
  it('are equal at any depth', () => expect(solution.tree(3)).toEqual(solution.tree(3)))
  it('hold instances', () => expect(solution.tree(1)).toStrictEqual({ left: { leaf: true }, right: new Point(1, 0) }))
  it('fails when an instance should be plain', () => {
    expect(solution.tree(1)).toStrictEqual({ left: { leaf: true }, right: { x: 1, y: 0 } })
  })
  it('match by part', () => expect(solution.tree(2)).toMatchObject({ left: { right: { x: 1 } } }))
  it('fails to match another part', () => expect(solution.tree(2)).toMatchObject({ left: { right: { x: 2 } } }))
})
