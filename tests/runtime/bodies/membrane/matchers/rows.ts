import { assert, describe, expect, it } from 'vitest'
import * as solution from './solution'
import { Cash, graph, Graph, list, Money, moneyMap, moneySet, Node, one, Optional, Price, text, user, users } from './solution'

/* Every matcher of `expect`, with and without `not`, on what comes from the solution. */

describe('toBe', () => {
  it('the same instance', () => expect(list[0]).toBe(one))
  it('fails on an equal instance', () => expect(new Money(1, 'EUR')).toBe(one))
  it('not an equal instance', () => expect(new Money(1, 'EUR')).not.toBe(one))
  it('fails with not on the same', () => expect(list[0]).not.toBe(one))
  it('the same symbol', () => expect(solution.symbol).toBe(Symbol.for('handroll.matchers')))
  it('fails on another text', () => expect(text()).toBe('The quick brown dog'))
})

describe('kinds', () => {
  const [zero, un, empty, a, yes, no, nil, missing] = solution.primitives()
  it('truthy', () => { for (const value of [un, a, yes, one, solution.fn, graph()]) expect(value).toBeTruthy() })
  it('falsy', () => { for (const value of [zero, empty, no, nil, missing]) expect(value).toBeFalsy() })
  it('fails as falsy', () => expect(one).toBeFalsy())
  it('fails as truthy', () => expect(nil).toBeTruthy())
  it('null', () => expect(nil).toBeNull())
  it('fails as null', () => expect(one).toBeNull())
  it('not null', () => expect(graph().nodes[0]?.next).not.toBeNull())
  it('undefined', () => expect(missing).toBeUndefined())
  it('fails as undefined', () => expect(one).toBeUndefined())
  it('defined', () => expect(one).toBeDefined())
  it('fails as defined', () => expect(missing).toBeDefined())
  it('nullable', () => { expect(nil).toBeNullable(); expect(one).not.toBeNullable() })
  it('type of', () => {
    expect(one).toBeTypeOf('object')
    expect(Money).toBeTypeOf('function')
    expect(solution.primitives()[8]).toBeTypeOf('bigint')
    expect(solution.symbol).toBeTypeOf('symbol')
  })
  it('fails as another type', () => expect(Money).toBeTypeOf('object'))
  it('instance of', () => {
    expect(new Price(1, 'EUR')).toBeInstanceOf(Money)
    expect(solution.error()).toBeInstanceOf(TypeError)
    expect(solution.fn).toBeInstanceOf(Function)
    expect(users()).toBeInstanceOf(Array)
    expect(one).toBeInstanceOf(Object)
  })
  it('not an instance of the class below', () => expect(one).not.toBeInstanceOf(Price))
  it('fails as an instance of another class', () => expect(one).toBeInstanceOf(Cash))
  it('one of', () => { expect(user().id).toBeOneOf([6, 7]); expect(one).toBeOneOf(list) })
  it('fails as one of others', () => expect(user().id).toBeOneOf([1, 2]))
  it('satisfies a function of the test', () => expect(one).toSatisfy((money: Money) => money.amount === 1))
  it('satisfies a function of the solution', () => expect(4).toSatisfy(solution.isEven))
  it('fails to satisfy', () => expect(one).toSatisfy((money: Money) => money.amount === 2))
})

describe('numbers', () => {
  it('greater', () => { expect(solution.third()).toBeGreaterThan(0.3); expect(one.amount).toBeGreaterThanOrEqual(1) })
  it('less', () => { expect(one.amount).toBeLessThan(2); expect(one.amount).toBeLessThanOrEqual(1) })
  it('fails as greater', () => expect(one.amount).toBeGreaterThan(1))
  it('fails as less', () => expect(one.amount).toBeLessThan(1))
  it('fails as less or equal', () => expect(list[1]?.amount).toBeLessThanOrEqual(1))
  it('fails on an instance', () => expect(one as unknown as number).toBeGreaterThan(0))
  it('close', () => { expect(solution.third()).toBeCloseTo(0.3); expect(solution.third()).not.toBeCloseTo(0.31, 3) })
  it('fails as close', () => expect(solution.third()).toBeCloseTo(0.31, 3))
})

describe('toEqual', () => {
  it('plain with instance', () => expect(one).toEqual({ amount: 1, currency: 'EUR' }))
  it('instances of two classes', () => expect(one).toEqual(new Cash(1, 'EUR')))
  it('another instance', () => expect(graph()).toEqual(graph()))
  it('fails deep in an instance', () => expect(graph()).toEqual(new Graph().add('a').add('c')))
  it('fails on one more', () => expect(graph()).toEqual(graph().add('c')))
  it('not equal', () => expect(one).not.toEqual(list[1]))
  it('fails with not', () => expect(one).not.toEqual(list[0]))
  it('instances in lists', () => expect(list).toEqual([new Money(1, 'EUR'), { amount: 2, currency: 'EUR' }]))
  it('instances in maps and sets', () => {
    expect(moneySet()).toEqual(new Set([new Money(2, 'EUR'), new Money(1, 'EUR')]))
    expect(moneyMap()).toEqual(new Map([['a', new Money(1, 'EUR')]]))
  })
  it('fails on instances in sets', () => expect(moneySet()).toEqual(new Set([new Money(1, 'EUR')])))
  it('undefined aside', () => expect(new Optional()).toEqual({}))
  it('whole objects', () => {
    expect(user()).toEqual({
      id: 7, name: 'Ada', tags: ['x', 'y'], nothing: null, since: new Date(0), money: new Money(5, 'EUR'),
      address: { city: 'London', lines: [{ no: 1 }, { no: 2 }], 'zip.code': 'N1' },
    })
  })
  it('fails on a null for undefined', () => expect({ a: user().missing } as unknown).toEqual({ a: null }))
  it('fails on an array for an array-like', () => expect(solution.arrayLike()).toEqual(['a', 'b']))
  it('functions by identity', () => expect({ f: solution.fn }).toEqual({ f: solution.fn }))
  it('not equal by functions that do the same', () => {
    expect(solution.method()).not.toEqual({ run: () => 1, name: 'has a function' })
    expect([solution.fn]).not.toContainEqual(solution.asyncFn)
  })
  it('fails on functions that do the same', () => expect(solution.method()).toEqual({ run: () => 1, name: 'has a function' }))
  it('errors', () => expect(solution.error()).toEqual(new TypeError('an error', { cause: 'why' })))
  it('fails on errors of another class', () => expect(solution.error()).toEqual(new RangeError('an error', { cause: 'why' })))
  it('fails on errors of another cause', () => expect(solution.error()).toEqual(new TypeError('an error', { cause: 'that' })))
})

describe('toStrictEqual', () => {
  it('instances of one class', () => expect(one).toStrictEqual(new Money(1, 'EUR')))
  it('fails on plain', () => expect(one).toStrictEqual({ amount: 1, currency: 'EUR' }))
  it('fails on another class', () => expect(one).toStrictEqual(new Cash(1, 'EUR')))
  it('fails on a derived class', () => expect(one).toStrictEqual(new Price(1, 'EUR')))
  it('not on another class', () => expect(one).not.toStrictEqual(new Cash(1, 'EUR')))
  it('fails on undefined members', () => expect(new Optional()).toStrictEqual({}))
  it('instances deep inside', () => expect(graph()).toStrictEqual(graph()))
  it('fails on another class deep inside', () => expect({ money: one }).toStrictEqual({ money: new Cash(1, 'EUR') }))
  it('nested lists', () => expect(solution.nested()).toStrictEqual([[1, 2], [3]]))
})

describe('toMatchObject', () => {
  it('a part', () => expect(user()).toMatchObject({ name: 'Ada', address: { city: 'London' } }))
  it('an instance by plain', () => expect(one).toMatchObject({ amount: 1 }))
  it('an instance by its like', () => expect(user()).toMatchObject({ money: new Money(5, 'EUR') }))
  it('an instance of another class', () => expect(user()).toMatchObject({ money: new Cash(5, 'EUR') }))
  it('a list item by item', () => expect(users()).toMatchObject([{ id: 1 }, { id: 2 }]))
  it('fails on a shorter list', () => expect(users()).toMatchObject([{ id: 1 }]))
  it('fails on a shorter inner list', () => expect(user()).toMatchObject({ tags: ['x'] }))
  it('an inner list by parts', () => expect(user()).toMatchObject({ address: { lines: [{ no: 1 }, {}] } }))
  it('getters deep inside', () => expect(graph()).toMatchObject({ size: 2, nodes: [{ isLast: false }, { isLast: true, value: 'b' }] }))
  it('fails on getters deep inside', () => expect(graph()).toMatchObject({ nodes: [{ isLast: true }, {}] }))
  it('null and dates', () => expect(user()).toMatchObject({ nothing: null, since: new Date(0), missing: undefined }))
  it('fails on another date', () => expect(user()).toMatchObject({ since: new Date(1) }))
  it('asymmetric parts', () => expect(user()).toMatchObject({ tags: expect.arrayContaining(['y']) as unknown, id: expect.any(Number) as unknown }))
  it('not', () => expect(user()).not.toMatchObject({ name: 'Bob' }))
  it('fails with not', () => expect(user()).not.toMatchObject({ name: 'Ada' }))
  it('an empty object', () => expect(user()).toMatchObject({}))
})

describe('containers', () => {
  it('contain an item', () => { expect(user().tags).toContain('x'); expect(list).toContain(one) })
  it('fails to contain an equal item', () => expect(list).toContain(new Money(1, 'EUR')))
  it('contain an equal item', () => expect(list).toContainEqual(new Money(1, 'EUR')))
  it('contain an equal plain item', () => expect(users()).toContainEqual({ id: 1, name: 'a' }))
  it('fails to contain an unequal item', () => expect(list).toContainEqual(new Money(3, 'EUR')))
  it('do not contain', () => { expect(user().tags).not.toContain('z'); expect(list).not.toContainEqual({ amount: 9 }) })
  it('sets contain', () => expect(moneySet()).toContainEqual(new Money(2, 'EUR')))
  it('fails on a set without', () => expect(moneySet()).toContain(one))
  it('texts contain', () => { expect(text()).toContain('quick'); expect(text()).not.toContain('slow') })
  it('fails on a text without', () => expect(text()).toContain('slow'))
  it('asymmetric items', () => expect(users()).toContainEqual(expect.objectContaining({ extra: true })))
  it('length of lists', () => { expect(users()).toHaveLength(2); expect(text()).toHaveLength(19) })
  it('length of an instance', () => expect(graph()).toHaveLength(2))
  it('length of a function', () => expect(solution.fn).toHaveLength(2))
  it('fails on another length', () => expect(graph()).toHaveLength(3))
  it('fails where there is no length', () => expect(one).toHaveLength(2))
})

describe('toHaveProperty', () => {
  it('a path', () => expect(user()).toHaveProperty('address.lines[1].no', 2))
  it('a path by dots', () => expect(user()).toHaveProperty('address.lines.0.no', 1))
  it('a list of keys', () => expect(user()).toHaveProperty(['address', 'zip.code'], 'N1'))
  it('of an instance', () => expect(one).toHaveProperty('amount', 1))
  it('a getter of an instance', () => expect(graph()).toHaveProperty('size', 2))
  it('a path into an instance', () => expect(graph()).toHaveProperty('nodes[0].value', 'a'))
  it('a method', () => expect(graph()).toHaveProperty('add'))
  it('with an instance', () => expect(user()).toHaveProperty('money', new Money(5, 'EUR')))
  it('that is undefined', () => expect(user()).toHaveProperty('missing', undefined))
  it('an asymmetric value', () => expect(user()).toHaveProperty('address.city', expect.stringContaining('on')))
  it('not', () => { expect(one).not.toHaveProperty('missing'); expect(one).not.toHaveProperty('amount', 2) })
  it('fails on another value', () => expect(one).toHaveProperty('amount', 2))
  it('fails on another path', () => expect(user()).toHaveProperty('address.street'))
  it('fails with not', () => expect(graph()).not.toHaveProperty('size'))
})

describe('texts', () => {
  it('match', () => { expect(text()).toMatch(/quick\s+brown/); expect(text()).toMatch('fox') })
  it('do not match', () => expect(text()).not.toMatch(/^fox/))
  it('fails to match', () => expect(text()).toMatch(/^fox/))
  it('fails to match an instance', () => expect(one as unknown as string).toMatch('1'))
})

describe('asymmetric matchers', () => {
  it('any', () => {
    expect(user()).toEqual({
      id: expect.any(Number), name: expect.any(String), tags: expect.any(Array), address: expect.any(Object),
      since: expect.any(Date), nothing: null, money: expect.any(Money),
    })
    expect([solution.fn, solution.symbol, 1n]).toEqual([expect.any(Function), expect.any(Symbol), expect.any(BigInt)])
  })
  it('any of a class above', () => expect([new Price(1, 'x')]).toEqual([expect.any(Money)]))
  it('fails with any of a class below', () => expect([one]).toEqual([expect.any(Price)]))
  it('anything', () => expect([one, 0, '']).toEqual([expect.anything(), expect.anything(), expect.anything()]))
  it('fails with anything for null', () => expect([user().nothing]).toEqual([expect.anything()]))
  it('objectContaining', () => {
    expect(user()).toEqual(expect.objectContaining({ name: 'Ada', money: new Money(5, 'EUR') }))
    expect(one).toEqual(expect.objectContaining({ amount: 1 }))
  })
  it('objectContaining with a getter', () => expect([graph()]).toEqual([expect.objectContaining({ size: 2 })]))
  it('fails with objectContaining', () => expect(one).toEqual(expect.objectContaining({ amount: 2 })))
  it('not.objectContaining', () => expect(one).toEqual(expect.not.objectContaining({ amount: 2 })))
  it('fails with not.objectContaining', () => expect(one).toEqual(expect.not.objectContaining({ amount: 1 })))
  it('arrayContaining', () => {
    expect(list).toEqual(expect.arrayContaining([new Money(2, 'EUR')]))
    expect(users()).toEqual(expect.arrayContaining([expect.objectContaining({ extra: true })]))
  })
  it('fails with arrayContaining', () => expect(list).toEqual(expect.arrayContaining([new Money(3, 'EUR')])))
  it('not.arrayContaining', () => expect(user().tags).toEqual(expect.not.arrayContaining(['z'])))
  it('stringContaining and stringMatching', () => {
    expect([text(), text()]).toEqual([expect.stringContaining('brown'), expect.stringMatching(/fox$/)])
    expect({ text: text() }).toEqual({ text: expect.not.stringContaining('dog') as unknown })
  })
  it('fails with stringMatching', () => expect([text()]).toEqual([expect.stringMatching(/dog$/)]))
  it('closeTo', () => expect({ n: solution.third() }).toEqual({ n: expect.closeTo(0.3, 5) as unknown }))
  it('fails with closeTo', () => expect({ n: solution.third() }).toEqual({ n: expect.closeTo(0.31, 5) as unknown }))
  it('go into the solution and out again', () => expect({ a: 1 }).toEqual(expect.objectContaining({ a: expect.toSatisfy(solution.isEven.bind(null, 2)) as unknown })))
})

describe('functions', () => {
  it('are functions', () => { expect(solution.fn).toBeTypeOf('function'); expect(solution.fn.name).toBe('named') })
  it('resolve', async () => {
    await expect(solution.asyncFn()).resolves.toBe(1)
    await expect(solution.asyncFn()).resolves.not.toBe(2)
  })
  it('fails on resolves for a value', async () => { await expect(one).resolves.toBe(1) })
})

describe('chai', () => {
  it('words', () => {
    expect(one).to.be.an.instanceOf(Money)
    expect(one.amount).to.equal(1)
    expect(users()).to.have.lengthOf(2)
    expect(one).to.have.property('currency', 'EUR')
    expect(user().tags).to.include('x')
    expect(one).to.exist
  })
  it('fails on another value', () => expect(one.amount).to.equal(2))
  it('deep', () => expect(users()).to.deep.equal([{ id: 1, name: 'a' }, { id: 2, name: 'b', extra: true }]))
  it('fails deep', () => expect(users()).to.deep.equal([{ id: 1, name: 'a' }]))
  it('assert', () => {
    assert.equal(one.amount, 1)
    assert.deepEqual(solution.nested(), [[1, 2], [3]])
    assert.instanceOf(one, Money)
  })
  it('fails with assert', () => assert.strictEqual(one.amount, 2))
})

describe('messages', () => {
  it('fails with the words of the test', () => expect(one, 'my words').toEqual(list[1]))
  it('fails where it cannot be reached', () => expect.unreachable('never'))
  it('links of a list', () => {
    const node = new Node(1)
    node.next = new Node(2)
    expect(node).toEqual({ value: 1, next: { value: 2, next: null } })
  })
})
