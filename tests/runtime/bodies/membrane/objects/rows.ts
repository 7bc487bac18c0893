import { describe, expect, it, vi } from 'vitest'
import Default, * as solution from './solution'
import { Account, Savings } from './solution'

describe('private fields', () => {
  it('are kept apart for each instance', () => {
    const [a, b] = [new Account('a').deposit(1), new Account('b').deposit(2)]
    expect([a.balance, b.balance]).toEqual([1, 2])
  })
  it('serve private methods', () => expect(new Account('Ada').tell()).toBe('secret of Ada'))
  it('brand instances', () => {
    expect([Account.isAccount(new Account()), Account.isAccount(new Savings()), Account.isAccount({ balance: 1 })])
      .toEqual([true, true, false])
  })
  it('are no part of what is compared', () => expect(new Account('a').deposit(5)).toEqual(new Account('a')))
  it('show in no keys', () => expect(Object.keys(new Account('a'))).toEqual(['owner']))
  it('fails on another owner', () => expect(new Account('a')).toEqual(new Account('b')))
  it('are out of reach for a method on another object', () => {
    expect(() => Account.prototype.tell.call({} as Account)).toThrow(TypeError)
  })
})

describe('fluent this', () => {
  it('is the same object', () => {
    const account = new Account()
    expect(account.deposit(1).deposit(2)).toBe(account)
    expect(account.balance).toBe(3)
  })
  it('is the object of a factory', () => {
    const sums = solution.chain()
    expect(sums.add(1).add(2)).toBe(sums)
    expect(sums.value()).toBe(3)
  })
  it('is lost by a detached method', () => {
    const { tell } = new Account()
    expect(() => tell()).toThrow(TypeError)
  })
  it('stays with a bound one', () => expect(solution.bound()).toBe('secret of other'))
  it('is what call gives', () => expect(Account.prototype.tell.call(new Account('x'))).toBe('secret of x'))
  it('reaches a function of the test', () => {
    const self = { name: 'mine' }
    expect(solution.callAs(function () { return this }, self)).toBe(self)
  })
  it('is undefined for a function of the test without one', () => {
    expect(solution.callAs(function () { return this }, undefined)).toBe(undefined)
  })
})

describe('inheritance', () => {
  it('calls super', () => expect(new Savings('s').deposit(3).balance).toBe(6))
  it('inherits statics', () => {
    expect(Savings.currency).toBe('EUR')
    expect(Savings.of(2)).toBeInstanceOf(Savings)
    expect(Object.hasOwn(Savings, 'of')).toBe(false)
  })
  it('has the chain of its classes', () => {
    expect(Object.getPrototypeOf(Savings)).toBe(Account)
    expect(Object.getPrototypeOf(Savings.prototype)).toBe(Account.prototype)
    expect(Account.prototype.isPrototypeOf(new Savings())).toBe(true)
    expect(new Savings().constructor).toBe(Savings)
  })
  it('overrides in the class', () => {
    expect(Savings.prototype.deposit).not.toBe(Account.prototype.deposit)
    expect(Savings.prototype.tell).toBe(Account.prototype.tell)
    expect(Object.getOwnPropertyNames(Savings.prototype)).toEqual(['constructor', 'deposit', 'interest'])
  })
  it('fills in a template', () => {
    const steps = solution.doubling()
    expect(steps.run(4)).toBe(9)
    expect(steps).toBeInstanceOf(solution.Template)
  })
  it('of instances answers in and hasOwn', () => {
    const savings = new Savings()
    expect(['rate' in savings, 'tell' in savings, 'none' in savings]).toEqual([true, true, false])
    expect([Object.hasOwn(savings, 'rate'), Object.hasOwn(savings, 'tell')]).toEqual([true, false])
  })
  it('of an old constructor function', () => {
    const Legacy = solution.Legacy as unknown as new (name: string) => { name: string; greet(): string }
    const legacy = new Legacy('old')
    expect(legacy.greet()).toBe('I am old')
    expect(legacy).toBeInstanceOf(Legacy)
  })
  it('counts what its classes construct', () => {
    const before = Account.opened
    void [new Account(), new Savings()]
    expect(Account.opened).toBe(before + 2)
  })
  it('refused: a class of the test extends one of the solution', () => {
    class Mine extends Account {
      extra = 1
    }
    expect(new Mine('me').deposit(2).balance).toBe(2)
  })
  it('refused: a class of the solution extends one of the test', () => {
    class Base {
      base = 1
    }
    expect(solution.mixin(Base)).toMatchObject({ base: 1, added: true })
  })
})

describe('symbols as keys', () => {
  it('are the same on both sides', () => {
    const object = solution.keyed()
    expect([object[solution.KEY], object[solution.SHARED], object[Symbol.for('handroll.shared')]]).toEqual([1, 2, 2])
    expect(Object.getOwnPropertySymbols(object)).toEqual([solution.KEY, solution.SHARED])
  })
  it('of the test are read by the solution', () => {
    const mine = Symbol('mine')
    expect(solution.readKey({ [mine]: 'here' }, mine)).toBe('here')
  })
  it('are compared', () => expect(solution.keyed()).toEqual({ [solution.KEY]: 1, [solution.SHARED]: 2 }))
  it('fails when a symbol is missing', () => expect(solution.keyed()).toEqual({ [solution.KEY]: 1 }))
  it('name members of classes', () => {
    const tagged = new solution.Tagged()
    expect(tagged[solution.KEY]).toBe('own')
    expect(`${tagged as unknown as string}`).toBe('primitive')
    expect(+(tagged as unknown as number)).toBe(42)
    expect(Object.prototype.toString.call(tagged)).toBe('[object Tagged]')
  })
  it('stricter: a class answers instanceof itself', () => {
    expect(('tagged' as unknown) instanceof solution.Tagged).toBe(true)
    expect(new solution.Tagged() instanceof solution.Tagged).toBe(false)
  })
})

describe('getters and setters', () => {
  it('compute', () => {
    const account = new Account()
    account.balance = 4
    expect([account.balance, account.log]).toEqual([4, ['set 4']])
  })
  it('refuse', () => {
    const account = new Account()
    expect(() => { account.balance = -1 }).toThrow(new RangeError('a balance is not negative'))
    expect(account.balance).toBe(0)
  })
  it('of a plain object are read each time', () => {
    const lazy = solution.lazy()
    expect([lazy.count, lazy.next, lazy.next, lazy.count]).toEqual([0, 1, 2, 2])
  })
  it('of a plain object see their own this', () => {
    const room = solution.thermometer()
    room.fahrenheit = 212
    expect([room.celsius, room.fahrenheit]).toEqual([100, 212])
  })
  it('without a setter refuse to be set', () => {
    expect(() => { (solution.lazy() as { count: number }).count = 5 }).toThrow(TypeError)
  })
  it('are described', () => {
    const property = Object.getOwnPropertyDescriptor(Account.prototype, 'balance')
    expect([typeof property?.get, typeof property?.set, property?.enumerable]).toEqual(['function', 'function', false])
  })
  it('of an object are compared by what they give', () => expect(solution.thermometer()).toEqual({ celsius: 0, fahrenheit: 32 }))
  it('of a class are asked for by toMatchObject', () => expect(new Savings('s').deposit(1)).toMatchObject({ balance: 2, rate: 2 }))
  it('of a class fails toMatchObject', () => expect(new Savings('s').deposit(1)).toMatchObject({ balance: 3 }))
  it('are spied on', () => {
    const account = new Account()
    vi.spyOn(account, 'balance', 'get').mockReturnValue(99)
    expect(account.balance).toBe(99)
    vi.restoreAllMocks()
    expect(account.balance).toBe(0)
  })
})

describe('frozen objects', () => {
  it('of the solution stay frozen', () => {
    expect([Object.isFrozen(solution.frozen), Object.isFrozen(solution.frozen.list)]).toEqual([true, false])
    expect(() => { (solution.frozen as { name: string }).name = 'x' }).toThrow(TypeError)
    expect(solution.frozen.name).toBe('frozen')
  })
  it('of the test stay frozen', () => {
    expect(solution.tryToChange(Object.freeze({ a: 1 }))).toBe('TypeError')
    expect(solution.tryToChange({ a: 1 })).toBe('changed')
  })
  it('are frozen by the solution for the test', () => {
    const mine = { a: 1 }
    expect(solution.freeze(mine)).toBe(mine)
    expect(Object.isFrozen(mine)).toBe(true)
    expect(() => { mine.a = 2 }).toThrow(TypeError)
  })
  it('are sealed', () => {
    const box = solution.sealed()
    box.a = 2
    expect([Object.isSealed(box), Object.isFrozen(box), box.a]).toEqual([true, false, 2])
    expect(() => { Reflect.set(box, 'b', 1) || (() => { throw new TypeError('sealed') })() }).toThrow(TypeError)
  })
  it('may be instances', () => {
    const ice = solution.frozenAccount()
    expect(Object.isFrozen(ice)).toBe(true)
    expect(() => { ice.owner = 'fire' }).toThrow(TypeError)
    expect(ice.deposit(1).balance).toBe(1)
  })
  it('may be instances of the solution frozen by the test', () => {
    const account = new Account('a')
    Object.freeze(account)
    expect(Object.isFrozen(account)).toBe(true)
    expect(() => { account.owner = 'b' }).toThrow(TypeError)
  })
})

describe('functions', () => {
  it('have members', () => {
    solution.counter.calls = 0
    solution.counter()
    solution.counter(4)
    expect(solution.counter.calls).toBe(5)
  })
  it('have name and length', () => {
    expect([solution.counter.length, solution.callAs.name, solution.callAs.length]).toEqual([0, 'callAs', 2])
    expect([Account.name, Account.length, Account.prototype.deposit.length]).toEqual(['Account', 0, 1])
  })
  it('are themselves each time', () => expect(solution.callAs).toBe(solution.callAs))
  it('class constructors are not called', () => expect(() => (Account as unknown as () => void)()).toThrow(TypeError))
  it('arrows are not constructed', () => {
    expect(() => new (solution.callAs as unknown as new () => object)()).toThrow(TypeError)
  })
  it('are registered with an object of the test', () => {
    const listeners = new Map<string, (x: number) => number>()
    solution.useOn({ on: (name, f) => void listeners.set(name, f) })
    expect(listeners.get('twice')?.(21)).toBe(42)
  })
})

describe('default export', () => {
  it('is constructed', () => {
    expect(new Default()).toMatchObject({ kind: 'default' })
    expect(Default.name).toBe('Default')
  })
  it('is one of the names', () => expect(Object.keys(solution)).toContain('default'))
  it('is the same by its name', () => expect(solution.default).toBe(Default))
})

describe('JSON', () => {
  it('asks toJSON', () => expect(JSON.stringify([new Account('a').deposit(1)])).toBe('[{"owner":"a","balance":1}]'))
  it('takes instances as text', () => expect(`${new Account('a')}`).toBe('a: 0'))
  it('spreads own fields', () => expect({ ...new Savings('s') }).toEqual({ owner: 's', rate: 2 }))
  it('lists entries', () => expect(Object.entries(new Savings('s'))).toEqual([['owner', 's'], ['rate', 2]]))
})
