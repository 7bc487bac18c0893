import { isError, iterableEquality, type Tester } from '@vitest/expect'
import { currentRun } from '../current-run'
import { isAsymmetricMatcher } from '../foreign'
import { flagOf, isNegated, setSubject, subjectOf, type Assertion } from './chai'
import { fail } from './quiet'
import { customTesters, same } from './testers'

/*
 * `toThrow`, as Vitest and chai decide it, without printing what was thrown. A thrown value may belong to the
 * solution: only what the expectation needs of it is read.
 */

interface Outcome {
  threw: boolean
  thrown: unknown
}

/** Vitest's `toThrow` and `toThrowError`. */
export function ownToThrow(this: Assertion, expected?: unknown): unknown {
  const outcome = outcomeOf(this, expected)
  if (expected === undefined) return assertThrew(this, outcome)
  if (typeof expected === 'string') return assertMessage(this, outcome, expected === '' ? /^$/ : expected)
  if (expected instanceof RegExp) return assertMessage(this, outcome, expected)
  if (!outcome.threw && !isNegated(this)) return assertThrew(this, outcome)
  const { thrown } = outcome
  if (typeof expected === 'function') {
    const pass = Boolean(thrown) && thrown instanceof expected
    return this.assert(
      pass,
      () => `expected error to be instance of ${expected.name}`,
      () => `expected error not to be instance of ${expected.name}`,
      expected,
      thrown,
    )
  }
  if (isLocalMatcher(expected)) {
    const message = 'expected error to match asymmetric matcher'
    const opposite = 'expected error not to match asymmetric matcher'
    const pass = Boolean(thrown) && expected.asymmetricMatch(currentRun().foreign.snapshot(thrown), customTesters())
    return this.assert(pass, message, opposite, expected, thrown)
  }
  const { foreign } = currentRun()
  const pass = same(foreign.snapshot(thrown), foreign.snapshot(expected), [iterableEquality])
  const kind = isError(expected) ? 'error to be' : 'value to equal'
  const opposite = isError(expected) ? 'error not to be' : 'value not to equal'
  return this.assert(pass, `expected a thrown ${kind} #{exp}`, `expected a thrown ${opposite} #{exp}`, expected, thrown)
}

/** Chai's `throw`: a class or an error, a text or a pattern, or one of the former and then one of the latter. */
export function ownThrow(this: Assertion, first?: unknown, second?: unknown): unknown {
  const isOnlyText = typeof first === 'string' || first instanceof RegExp
  const [like, text] = isOnlyText ? [null, first] : [first ?? null, second]
  const { threw, thrown } = outcomeOf(this, undefined)
  const isText = typeof text === 'string' || text instanceof RegExp
  const pass = threw && (like === null || isLike(thrown, like)) && (!isText || isSaid(messageOf(thrown), text))
  this.assert(pass, 'expected #{this} to throw #{exp}', 'expected #{this} to not throw #{exp}', isText ? text : like, thrown)
  setSubject(this, threw ? thrown : null)
  return this
}

function isLike(thrown: unknown, like: unknown): boolean {
  return typeof like === 'function' ? thrown instanceof like : Object.is(thrown, like)
}

/** Calls the function, unless `resolves` or `rejects` has already settled what there is to look at. */
function outcomeOf(assertion: Assertion, expected: unknown): Outcome {
  const subject = subjectOf(assertion)
  const promise = flagOf<string | undefined>(assertion, 'promise')
  if (promise === 'rejects') return { threw: true, thrown: subject }
  if (promise === 'resolves' && typeof subject !== 'function') return { threw: false, thrown: null }
  const isPlain = expected === undefined || typeof expected === 'string' || expected instanceof RegExp
  // As in chai, which looks at the subject first only for these.
  if (isPlain && typeof subject !== 'function') fail(assertion, () => 'expected a function to call')
  try {
    ;(subject as () => unknown)()
  } catch (thrown) {
    return { threw: true, thrown }
  }
  return { threw: false, thrown: null }
}

function assertThrew(assertion: Assertion, { threw, thrown }: Outcome): unknown {
  const message = 'expected #{this} to throw an error'
  const opposite = 'expected #{this} to not throw an error but #{act} was thrown'
  // As chai prints it, which does not look into an error here.
  const isPrinted = threw && isNegated(assertion) && currentRun().details && thrown instanceof Error
  const shown: unknown = isPrinted ? Reflect.apply(Error.prototype.toString, thrown, []) : thrown
  return assertion.assert(threw, message, opposite, undefined, shown)
}

function assertMessage(assertion: Assertion, outcome: Outcome, expected: string | RegExp): unknown {
  const { threw, thrown } = outcome
  if (!threw && !isNegated(assertion)) return assertThrew(assertion, outcome)
  const given = messageOf(thrown)
  const pass = isSaid(given, expected)
  const relation = typeof expected === 'string' ? 'including' : 'matching'
  return assertion.assert(
    pass,
    `expected #{this} to throw error ${relation} #{exp} but got #{act}`,
    `expected #{this} to throw error not ${relation} #{exp}`,
    expected,
    given,
  )
}

/**
 * The text that a thrown value has for a message, or whatever it has instead. Chai lets anything falsy pass that was
 * thrown, and asks whatever is in the place of a message whether it has the text in it; here only a text can have it.
 */
function messageOf(thrown: unknown): unknown {
  if (typeof thrown === 'string' || thrown === null || thrown === undefined) return thrown
  return (thrown as { message?: unknown }).message
}

function isSaid(given: unknown, expected: string | RegExp): boolean {
  return typeof given === 'string' && (typeof expected === 'string' ? given.includes(expected) : expected.test(given))
}

function isLocalMatcher(value: unknown): value is { asymmetricMatch: (other: unknown, testers: readonly Tester[]) => boolean } {
  if (typeof value !== 'object' || value === null || currentRun().foreign.isHandle(value)) return false
  return isAsymmetricMatcher(value)
}
