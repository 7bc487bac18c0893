import { equals, iterableEquality } from '@vitest/expect'
import { currentRun } from '../current-run'
import { subjectOf, type Assertion, type Matcher } from './chai'
import { same } from './testers'

/** What the matchers read of a mock. */
export interface Spy {
  getMockName: () => string
  mock: {
    calls: unknown[][]
    results: { type: string; value: unknown }[]
    settledResults: { type: string; value: unknown }[]
  }
}

function spyOf(assertion: Assertion): Spy {
  return subjectOf(assertion) as Spy
}

/** Arguments are compared one by one, so that an asymmetric matcher may stand for a missing one. */
function sameArguments(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, index) => same(each, b[index], [iterableEquality]))
}

function toHaveBeenCalled(this: Assertion): unknown {
  const called = spyOf(this).mock.calls.length > 0
  return this.assert(called, 'expected the spy to be called', 'expected the spy to not be called', true, called)
}

function toHaveBeenCalledWith(this: Assertion, ...args: unknown[]): unknown {
  const pass = spyOf(this).mock.calls.some((call) => sameArguments(call, args))
  return this.assert(pass, 'expected a call with #{exp}', 'expected no call with #{exp}', args)
}

function toHaveBeenCalledExactlyOnceWith(this: Assertion, ...args: unknown[]): unknown {
  const { calls } = spyOf(this).mock
  const pass = calls.length === 1 && calls.some((call) => sameArguments(call, args))
  return this.assert(pass, 'expected one call with #{exp}', 'expected not one call with #{exp}', args)
}

function toHaveReturnedWith(this: Assertion, value: unknown): unknown {
  const pass = spyOf(this).mock.results.some((result) => result.type === 'return' && equals(value, result.value))
  return this.assert(pass, 'expected the spy to return #{exp}', 'expected the spy to not return #{exp}', value)
}

function toHaveResolvedWith(this: Assertion, value: unknown): unknown {
  const { settledResults } = spyOf(this).mock
  const pass = settledResults.some((result) => result.type === 'fulfilled' && equals(value, result.value))
  return this.assert(pass, 'expected the spy to resolve to #{exp}', 'expected the spy to not resolve to #{exp}', value)
}

/** Spies' matchers that print, without the words. */
export const SPY_MATCHERS: Readonly<Record<string, Matcher>> = {
  toHaveBeenCalled,
  toBeCalled: toHaveBeenCalled,
  toHaveBeenCalledWith,
  toBeCalledWith: toHaveBeenCalledWith,
  toHaveBeenCalledExactlyOnceWith,
  toHaveReturnedWith,
  toReturnWith: toHaveReturnedWith,
  toHaveResolvedWith,
}

/** A mock that looks like this one, whose recorded values are inert copies. */
export function snapshotSpy(spy: Spy): unknown {
  const { foreign } = currentRun()
  const { calls, results, settledResults } = spy.mock
  const copies = {
    calls: foreign.snapshot(calls),
    results: foreign.snapshot(results),
    settledResults: foreign.snapshot(settledResults),
  }
  if (copies.calls === calls && copies.results === results && copies.settledResults === settledResults) return spy
  const mock = Object.defineProperties({}, Object.getOwnPropertyDescriptors(spy.mock))
  return Object.assign(() => undefined, {
    _isMockFunction: true,
    getMockName: () => spy.getMockName(),
    mock: Object.assign(mock, copies),
  })
}
