import { iterableEquality } from '@vitest/expect'
import { currentRun } from '../current-run'
import { subjectOf, type Assertion, type Matcher } from './chai'
import { same } from './testers'

interface Result {
  type: string
  value: unknown
}

/** What the matchers read of a mock. */
export interface Spy {
  getMockName: () => string
  mock: {
    calls: unknown[][]
    results: Result[]
    settledResults: Result[]
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

/** How a call ended: at once, or when its promise was settled. */
type Way = 'return' | 'fulfilled'

/** Picks some of the results by the arguments of a matcher, and says with what they are compared. */
type Pick = (results: readonly Result[], args: readonly unknown[]) => { picked: readonly (Result | undefined)[]; value: unknown }

const any: Pick = (results, [value]) => ({ picked: results, value })
const last: Pick = (results, [value]) => ({ picked: [results.at(-1)], value })
const nth: Pick = (results, [place, value]) => ({ picked: [results[Number(place) - 1]], value })

/** A matcher that wants one of the picked results to be a value. */
function answered(way: Way, pick: Pick): Matcher {
  return function (this: Assertion, ...args: unknown[]): unknown {
    const { results, settledResults } = spyOf(this).mock
    const { picked, value } = pick(way === 'return' ? results : settledResults, args)
    const pass = picked.some((result) => result?.type === way && same(value, result.value, []))
    return this.assert(pass, 'expected the spy to answer #{exp}', 'expected the spy to not answer #{exp}', value)
  }
}

/** Spies' matchers that print, without the words. */
export const SPY_MATCHERS: Readonly<Record<string, Matcher>> = {
  toHaveBeenCalled,
  toBeCalled: toHaveBeenCalled,
  toHaveBeenCalledWith,
  toBeCalledWith: toHaveBeenCalledWith,
  toHaveBeenCalledExactlyOnceWith,
  toHaveReturnedWith: answered('return', any),
  toReturnWith: answered('return', any),
  toHaveLastReturnedWith: answered('return', last),
  toHaveNthReturnedWith: answered('return', nth),
  toHaveResolvedWith: answered('fulfilled', any),
  toHaveLastResolvedWith: answered('fulfilled', last),
  toHaveNthResolvedWith: answered('fulfilled', nth),
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
