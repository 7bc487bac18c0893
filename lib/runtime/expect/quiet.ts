import { chai, flagOf, type Assertion } from './chai'
import { currentRun } from '../current-run'

/** A failure that says nothing: with its values nobody would be shown it. */
export function quietFailure(): Error {
  return new chai.AssertionError('', { showDiff: false })
}

/**
 * Fails an assertion with a message that is only made when it is wanted. Unlike `assert`, this ignores a `not`.
 */
export function fail(assertion: Assertion, message: () => string, values: object = { showDiff: false }): never {
  if (!currentRun().details) throw quietFailure()
  const prefix = flagOf<string | undefined>(assertion, 'message')
  throw new chai.AssertionError(prefix ? `${prefix}: ${message()}` : message(), values, flagOf(assertion, 'ssfi'))
}
