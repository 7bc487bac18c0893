import { stringify } from '@vitest/utils/display'
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  AsymmetricMatcher,
  equals,
  getState,
  JEST_MATCHERS_OBJECT,
  type ExpectStatic,
  type RawMatcherFn,
} from '@vitest/expect'
import { currentRun } from '../current-run'
import { chai, flagOf, isNegated, prototype, subjectOf, type Assertion } from './chai'
import { guardMatcher } from './guard'
import { fail } from './quiet'
import { customTesters } from './testers'

/*
 * `expect.extend`, as Vitest has it, with two differences: a matcher's message is only asked for when somebody reads
 * it, and nothing is registered with chai for good, so that a later run starts without it.
 */

interface Outcome {
  pass: boolean
  message: () => string
  actual?: unknown
  expected?: unknown
}

type Extendable = ExpectStatic & Record<string, unknown>

let hasExtended = false

/** Whether any matcher was added since this was last asked. */
export function forgetExtensions(): boolean {
  const answer = hasExtended
  hasExtended = false
  return answer
}

/** Adds matchers to every assertion, and their asymmetric forms to this `expect`. */
export function extend(expect: ExpectStatic, matchers: Record<string, RawMatcherFn>): void {
  hasExtended = true
  for (const [name, judge] of Object.entries(matchers)) {
    const matcher = matcherFor(expect, judge)
    for (const target of [prototype, known().matchers]) chai.util.addMethod(target, name, matcher as never)
    guardMatcher(name)
    const create = (...sample: unknown[]): object => new CustomMatcher(expect, name, judge, sample, false)
    const createNot = (...sample: unknown[]): object => new CustomMatcher(expect, name, judge, sample, true)
    const shared = (globalThis as Record<symbol, unknown>)[ASYMMETRIC_MATCHERS_OBJECT] as object
    for (const target of [expect, shared]) define(target, name, create)
    define((expect as unknown as Extendable).not as object, name, createNot)
  }
}

function known(): { matchers: object } {
  return (globalThis as Record<symbol, unknown>)[JEST_MATCHERS_OBJECT] as { matchers: object }
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true })
}

function matcherFor(expect: ExpectStatic, judge: RawMatcherFn) {
  return function (this: Assertion, ...args: unknown[]): unknown {
    const result = judge.call(stateFor(this, expect) as never, subjectOf(this), ...args) as Outcome | Promise<Outcome>
    const settle = ({ pass, message, actual, expected }: Outcome): void => {
      if (pass !== isNegated(this)) return
      fail(this, message, { actual, expected })
    }
    return 'then' in result ? result.then(settle) : settle(result)
  }
}

/** What a matcher finds as `this`. */
function stateFor(assertion: Assertion, expect: ExpectStatic): object {
  const task = flagOf<{ type: string; fullTestName?: string } | undefined>(assertion, 'vitest-test')
  return {
    ...getState(expect),
    currentTestName: task?.fullTestName ?? '',
    customTesters: customTesters(),
    isNot: isNegated(assertion),
    utils: utils(expect),
    promise: flagOf<string | undefined>(assertion, 'promise') ?? '',
    equals,
    suppressedErrors: [],
    soft: flagOf(assertion, 'soft'),
    poll: flagOf(assertion, 'poll'),
    assertion,
    task: task?.type === 'test' ? task : undefined,
  }
}

/** Vitest's printing helpers, which only its asymmetric matchers hand out. */
function utils(expect: ExpectStatic): object {
  return new CustomMatcher(expect, '', () => ({ pass: true, message: String }), [], false).helpers()
}

class CustomMatcher extends AsymmetricMatcher<unknown[]> {
  // No private members: to print a difference, Vitest copies matchers property by property.
  constructor(
    private readonly expect: ExpectStatic,
    private readonly name: string,
    private readonly judge: RawMatcherFn,
    sample: unknown[],
    inverse: boolean,
  ) {
    super(sample.map((each) => currentRun().foreign.snapshot(each)), inverse)
  }

  helpers(): object {
    return (this.getMatcherContext(this.expect) as { utils: object }).utils
  }

  asymmetricMatch(other: unknown): boolean {
    const context = this.getMatcherContext(this.expect)
    const { pass } = this.judge.call(context as never, other, ...this.sample) as Outcome
    return this.inverse ? !pass : pass
  }

  override toString(): string {
    return `${this.inverse ? 'not.' : ''}${this.name}`
  }

  override getExpectedType(): string {
    return 'any'
  }

  override toAsymmetricMatcher(): string {
    const sample = currentRun().details ? this.sample.map((item) => stringify(item)).join(', ') : ''
    return `${this.toString()}<${sample}>`
  }
}
