import {
  ASYMMETRIC_MATCHERS_OBJECT,
  getState,
  GLOBAL_EXPECT,
  setState,
  type ExpectStatic,
  type MatcherState,
  type RawMatcherFn,
  type Tester,
} from '@vitest/expect'
import { getCurrentTest } from '@vitest/runner'
import { chai, type Assertion } from './chai'
import { extend } from './extend'
import { SOFT } from './guard'
import { createPoll, type PollClock } from './poll'
import { customTesters } from './testers'

/* `expect` itself, put together as Vitest does it. */

interface Task {
  fullTestName?: string
}

type Chain = Assertion & { withTest: (test: unknown) => Assertion; withContext: (context: object) => Assertion }
type Expect = ExpectStatic & Record<string, unknown>

/** State of an `expect` at the start of a test. */
export const FRESH_STATE: Partial<MatcherState> = {
  assertionCalls: 0,
  isExpectingAssertions: false,
  isExpectingAssertionsError: null,
  expectedAssertionsNumber: null,
  expectedAssertionsNumberErrorGen: null,
}

/** Creates the `expect` of a test, or with no test the one that a test file imports. */
export function createExpect(clock: PollClock, test?: Task): ExpectStatic {
  const expect = ((value: unknown, message?: string): unknown => {
    setState({ assertionCalls: getState(expect).assertionCalls + 1 }, expect)
    const assertion = chai.expect(value, message) as unknown as Chain
    const running: unknown = test ?? getCurrentTest()
    return running === undefined ? assertion : assertion.withTest(running)
  }) as unknown as Expect
  const shared = globalThis as Record<symbol, unknown>
  const globalExpect = shared[GLOBAL_EXPECT] as ExpectStatic | undefined
  const inherited: Partial<MatcherState> = (globalExpect && getState(globalExpect)) ?? {}

  Object.assign(expect, chai.expect, shared[ASYMMETRIC_MATCHERS_OBJECT])
  const currentTestName = test === undefined ? inherited.currentTestName : (test.fullTestName ?? '')
  setState({ ...inherited, ...FRESH_STATE, currentTestName }, expect)
  Object.assign(expect, {
    getState: () => getState(expect),
    setState: (state: Partial<MatcherState>) => setState(state, expect),
    assert: chai.assert,
    extend: (matchers: Record<string, RawMatcherFn>) => extend(expect, matchers),
    addEqualityTesters: (testers: Tester[]) => void customTesters().push(...testers),
    soft: (...args: [unknown, string?]) => {
      return (expect(...args) as unknown as Chain).withContext({ [SOFT]: true })
    },
    poll: createPoll(expect, clock),
    unreachable: (message?: string) => {
      chai.assert.fail(`expected${message ? ` "${message}" ` : ' '}not to be reached`)
    },
    assertions: (expected: number) => {
      const created = new Error('assertions')
      const expectedAssertionsNumberErrorGen = (): Error => {
        created.message = `expected number of assertions to be ${expected}, but got ${getState(expect).assertionCalls}`
        return created
      }
      setState({ expectedAssertionsNumber: expected, expectedAssertionsNumberErrorGen }, expect)
    },
    hasAssertions: () => {
      const isExpectingAssertionsError = new Error('expected any number of assertion, but got none')
      setState({ isExpectingAssertions: true, isExpectingAssertionsError }, expect)
    },
    addSnapshotSerializer: () => {
      throw new Error('expect.addSnapshotSerializer is not available here: no snapshot is stored with these tests')
    },
  })
  return expect
}
