import {
  arrayBufferEquality,
  generateToBeMessage,
  iterableEquality,
  sparseArrayEquality,
  subsetEquality,
  typeEquality,
  type Tester,
} from '@vitest/expect'
import { currentRun } from '../current-run'
import { chai, setSubject, subjectOf, type Assertion, type Matcher } from './chai'
import { fail } from './quiet'
import { SPY_MATCHERS } from './spy-matchers'
import { same } from './testers'
import { ownThrow, ownToThrow } from './to-throw'

/*
 * Matchers of Vitest that print or walk a value before it is known whether they fail. Here they decide first, in the
 * same way, and leave the words to `assert`, which makes none where nobody reads them. They take the place of the
 * originals where values of the solution or a run without details are concerned; tests hold both against Vitest.
 */

const STRICT: readonly Tester[] = [iterableEquality, typeEquality, sparseArrayEquality, arrayBufferEquality]

function toBe(this: Assertion, expected: unknown): unknown {
  const actual = subjectOf(this)
  const pass = Object.is(actual, expected)
  const message = (): string => {
    const { foreign } = currentRun()
    const values = [foreign.snapshot(actual), foreign.snapshot(expected)] as const
    const alike = same(...values, STRICT, true) ? 'toStrictEqual' : same(...values, [iterableEquality]) ? 'toEqual' : ''
    return generateToBeMessage(alike)
  }
  return this.assert(pass, message, 'expected #{this} not to be #{exp} // Object.is equality', expected, actual)
}

function toMatchObject(this: Assertion, expected: unknown): unknown {
  const actual = subjectOf(this)
  const pass = same(actual, expected, [iterableEquality, subsetEquality as Tester])
  const message = 'expected #{this} to match object #{exp}'
  return this.assert(pass, message, 'expected #{this} to not match object #{exp}', expected, actual)
}

function toContain(this: Assertion, item: unknown): unknown {
  const actual = subjectOf(this)
  if (actual === null || actual === undefined) {
    return fail(this, () => `toContain() needs something that holds items, and got ${String(actual)}`)
  }
  let included: boolean
  if (typeof actual === 'string') {
    included = actual.includes(item as string)
  } else {
    const items = Array.isArray(actual) ? elementsOf(actual) : Array.from(actual as Iterable<unknown>)
    included = items.indexOf(item) !== -1
    // Printed as a list, whatever it is.
    setSubject(this, items)
  }
  return this.assert(included, 'expected #{this} to include #{exp}', 'expected #{this} to not include #{exp}', item)
}

/** What stands in a list, whatever it says when somebody walks over it. */
function elementsOf(list: readonly unknown[]): unknown[] {
  return Array.from({ length: list.length }, (_, index) => list[index])
}

function toHaveProperty(this: Assertion, ...args: unknown[]): unknown {
  const [given, expected] = args
  const name = Array.isArray(given)
    ? given.map((key) => String(key).replace(/([.[\]])/g, '\\$1')).join('.')
    : (given as string)
  const actual = subjectOf(this) as Record<string, unknown>
  const { foreign } = currentRun()
  const { value, exists } = Object.hasOwn(actual, name)
    ? { value: actual[name], exists: true }
    : chai.util.getPathInfo(actual, name)
  const pass = exists && (args.length === 1 || same(foreign.snapshot(expected), foreign.snapshot(value), []))
  const withValue = args.length === 1 ? '' : ' with value #{exp}'
  return this.assert(
    pass,
    () => `expected #{this} to have property "${name}"${withValue}`,
    () => `expected #{this} to not have property "${name}"${withValue}`,
    expected,
    exists ? value : undefined,
  )
}

function toBeOneOf(this: Assertion, expected: unknown): unknown {
  if (!Array.isArray(expected) && !(expected instanceof Set)) {
    return fail(this, () => `You must provide an array or set to .toBeOneOf, not '${typeof expected}'.`)
  }
  const { foreign } = currentRun()
  const actual = subjectOf(this)
  const copy = foreign.snapshot(actual)
  const items: unknown[] = [...expected]
  // An empty list allows everything, in Vitest.
  const isOne = (item: unknown): boolean => Object.is(item, actual) || same(foreign.snapshot(item), copy, [])
  const pass = items.length === 0 || items.some(isOne)
  return this.assert(pass, 'expected #{this} to be one of #{exp}', 'expected #{this} to not be one of #{exp}', items)
}

/** Vitest subtracts whatever it is given, and to a subtraction nothing at all is 0. */
function toBeCloseTo(this: Assertion, expected: unknown, precision: unknown = 2): unknown {
  const actual = subjectOf(this)
  const allowed = 10 ** -Number(precision) / 2
  const difference = Math.abs((actual as number) - (expected as number))
  const isSameInfinity = Math.abs(expected as number) === Infinity && actual === expected
  const pass = typeof actual === 'number' && (isSameInfinity || difference < allowed)
  const told = `received difference is ${difference}, but expected ${allowed}`
  const message = `expected #{this} to be close to #{exp}, ${told}`
  return this.assert(pass, message, `expected #{this} to not be close to #{exp}, ${told}`, expected, actual, false)
}

/** Chai makes a text of whatever it is given. */
function match(this: Assertion, pattern: unknown): unknown {
  const actual = subjectOf(this)
  const pass = typeof actual === 'string' && (pattern as RegExp).exec(actual) !== null
  return this.assert(pass, `expected #{this} to match ${String(pattern)}`, `expected #{this} not to match ${String(pattern)}`)
}

/** Used where a value of the solution comes in. */
export const OWN_MATCHERS: Readonly<Record<string, Matcher>> = {
  match,
  matches: match,
  toBe,
  toBeCloseTo,
  toBeOneOf,
  toContain,
  toHaveProperty,
  toThrow: ownToThrow,
  toThrowError: ownToThrow,
  throw: ownThrow,
  throws: ownThrow,
  Throw: ownThrow,
}

/** Used where nobody reads the words. */
export const QUIET_MATCHERS: Readonly<Record<string, Matcher>> = { ...OWN_MATCHERS, ...SPY_MATCHERS, toMatchObject }
