import { describe, expect, expectTypeOf, it, assert, assertType } from 'vitest'

expect.extend({
  toBeEven(received: number) {
    return { pass: received % 2 === 0, message: () => `expected ${received} ${this.isNot ? 'not ' : ''}to be even` }
  },
  async toBeEvenSoon(received: number) {
    return { pass: (await Promise.resolve(received)) % 2 === 0, message: () => `expected ${received} to be even soon` }
  },
})
expect.addEqualityTesters([
  (a: unknown, b: unknown) => {
    const isText = typeof a === 'string' && typeof b === 'string'
    return isText ? a.toLowerCase() === b.toLowerCase() : undefined
  },
])

interface Custom {
  toBeEven: () => void
  toBeEvenSoon: () => Promise<void>
  not: Custom
}
const custom = (value: unknown): Custom => expect(value) as unknown as Custom
const { toBeEven } = expect as unknown as { toBeEven: () => unknown }

describe('extend', () => {
  it('holds', () => custom(2).toBeEven())
  it('fails', () => custom(3).toBeEven())
  it('not fails', () => custom(2).not.toBeEven())
  it('waits', () => custom(3).toBeEvenSoon())
  it('as a part', () => expect({ a: 2 }).toEqual({ a: toBeEven() }))
  it('as a part that fails', () => expect({ a: 3 }).toEqual({ a: toBeEven() }))
})

describe('testers', () => {
  it('equal in their own way', () => expect({ a: 'X' }).toEqual({ a: 'x' }))
  it('differ in their own way', () => expect({ a: 'X' }).toEqual({ a: 'y' }))
})

describe('chai', () => {
  it('equal', () => expect(1).to.equal(2))
  it('deep equal', () => expect({ a: [1] }).to.deep.equal({ a: [1] }))
  it('eql fails', () => expect({ a: 1 }).to.eql({ a: 2 }))
  it('a', () => expect('x').to.be.a('string').and.include('x'))
  it('an', () => expect('x').to.be.an('array'))
  it('true', () => expect(true).to.be.true)
  it('null fails', () => expect(1).to.be.null)
  it('members', () => expect([1, 2]).to.have.members([2, 1]))
  it('property', () => expect({ a: 1 }).to.have.property('a', 2))
  it('throw', () => expect(() => { throw new TypeError('x') }).to.throw(TypeError, 'y'))
  it('throw holds', () => expect(() => { throw new TypeError('x') }).to.throw(TypeError, 'x'))
  it('lengthOf', () => expect([1]).to.have.lengthOf(2))
  it('a word that does not exist', () => (expect(1).to as unknown as { bee: () => void }).bee())
  it('assert', () => assert.equal(1 as number, 2))
  it('assert deep', () => assert.deepEqual({ a: 1 }, { a: 1 }))
})

describe('types', () => {
  it('hold at run time', () => {
    expectTypeOf(1).toEqualTypeOf<number>()
    expectTypeOf({ a: 1 }).toHaveProperty('a')
    assertType<number>(1)
  })
})
