/* What learners export: classes and objects with behaviour. */

export class Account {
  #balance = 0
  readonly #log: string[] = []
  static opened = 0
  static readonly currency = 'EUR'
  static of(balance: number): Account {
    return new this().deposit(balance)
  }
  constructor(public owner = 'nobody') {
    Account.opened++
  }
  get balance(): number {
    return this.#balance
  }
  set balance(value: number) {
    if (value < 0) throw new RangeError('a balance is not negative')
    this.#log.push(`set ${value}`)
    this.#balance = value
  }
  get log(): readonly string[] {
    return this.#log
  }
  deposit(amount: number): this {
    this.#balance += amount
    return this
  }
  #secret(): string {
    return `secret of ${this.owner}`
  }
  tell(): string {
    return this.#secret()
  }
  static isAccount(value: unknown): boolean {
    return typeof value === 'object' && value !== null && #balance in value
  }
  toString(): string {
    return `${this.owner}: ${this.#balance}`
  }
  toJSON(): unknown {
    return { owner: this.owner, balance: this.#balance }
  }
}

export class Savings extends Account {
  rate = 2
  override deposit(amount: number): this {
    return super.deposit(amount * this.rate)
  }
  interest(): number {
    return this.balance * this.rate
  }
}

export abstract class Template {
  abstract step(n: number): number
  run(n: number): number {
    return this.step(n) + 1
  }
}
class Doubling extends Template {
  step(n: number): number {
    return n * 2
  }
}
export const doubling = (): Template => new Doubling()

type Constructor = new (...args: never[]) => object
/** Derives a class from one that a test gives. */
export const mixin = (Base: Constructor): object => {
  return new (class extends (Base as new () => object) {
    added = true
  })()
}

export const KEY = Symbol('key')
export const SHARED = Symbol.for('handroll.shared')
export const keyed = (): Record<symbol, unknown> => ({ [KEY]: 1, [SHARED]: 2 })
export const readKey = (object: Record<symbol, unknown>, key: symbol): unknown => object[key]
export class Tagged {
  [KEY] = 'own'
  get [Symbol.toStringTag](): string {
    return 'Tagged'
  }
  [Symbol.toPrimitive](hint: string): string | number {
    return hint === 'number' ? 42 : 'primitive'
  }
  static [Symbol.hasInstance](value: unknown): boolean {
    return value === 'tagged'
  }
}

export const lazy = (): { readonly count: number; readonly next: number } => {
  let count = 0
  return {
    get count() {
      return count
    },
    get next() {
      return ++count
    },
  }
}
export const thermometer = (): { celsius: number; fahrenheit: number } => ({
  celsius: 0,
  get fahrenheit() {
    return this.celsius * 1.8 + 32
  },
  set fahrenheit(value: number) {
    this.celsius = (value - 32) / 1.8
  },
})

export const frozen = Object.freeze({ list: [1], name: 'frozen' })
export const freeze = <T extends object>(value: T): T => Object.freeze(value)
export const sealed = (): { a: number } => Object.seal({ a: 1 })
export const frozenAccount = (): Account => {
  const account = new Account('ice')
  Object.freeze(account)
  return account
}
export const tryToChange = (value: Record<string, unknown>): string => {
  try {
    value.changed = true
    return 'changed'
  } catch (error) {
    return (error as Error).name
  }
}

interface Sum {
  add(n: number): Sum
  value(): number
}
export const chain = (): Sum => {
  let sum = 0
  return {
    add(n) {
      sum += n
      return this
    },
    value: () => sum,
  }
}
export const counter = Object.assign((by = 1): number => (counter.calls += by), { calls: 0 })
export const bound = new Account('bound').tell.bind(new Account('other'))
export function Legacy(this: { name: string }, name: string): void {
  this.name = name
}
Legacy.prototype.greet = function (this: { name: string }): string {
  return `I am ${this.name}`
}
export const useOn = (target: { on: (name: string, f: (x: number) => number) => void }): void => {
  target.on('twice', (x) => x * 2)
}
export const callAs = (f: (this: unknown) => unknown, self: unknown): unknown => f.call(self)

export default class Default {
  readonly kind = 'default'
}
