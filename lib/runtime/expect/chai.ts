import * as chai from 'chai'

/** An assertion of chai as its plugins see it. */
export type Assertion = Chai.AssertionStatic & { _obj: unknown }

/** A method of `Assertion.prototype`. */
export type Matcher = (this: Assertion, ...args: unknown[]) => unknown

export { chai }

export const prototype = chai.Assertion.prototype as unknown as Assertion & Record<string, unknown>

/** Reads a note that chai keeps on an assertion. */
export function flagOf<T = unknown>(assertion: object, name: string): T {
  return chai.util.flag(assertion, name) as T
}

/** Writes such a note. It is handed on along a chain like `expect(x).to.be.a('string').and.include('y')`. */
export function setFlag(assertion: object, name: string, value: unknown): void {
  chai.util.flag(assertion, name, value)
}

/** What is being asserted on. */
export function subjectOf(assertion: object): unknown {
  return flagOf(assertion, 'object')
}

export function setSubject(assertion: object, subject: unknown): void {
  setFlag(assertion, 'object', subject)
}

export function isNegated(assertion: object): boolean {
  return Boolean(flagOf(assertion, 'negate'))
}
