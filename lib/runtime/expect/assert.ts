import { currentRun } from '../current-run'
import { chai, prototype, setSubject, subjectOf, type Assertion, type Matcher } from './chai'
import { quietFailure } from './quiet'

/**
 * Replaces chai's `assert`, through which nearly every matcher fails: a failure is told in words only when somebody
 * reads them, and then of inert copies, so that printing never runs the solution's code.
 */
export function guardAssert(): void {
  const original = prototype.assert as unknown as Matcher
  Object.defineProperty(prototype, 'assert', {
    configurable: true,
    writable: true,
    value: function assert(this: Assertion, ...args: unknown[]): void {
      if (chai.util.test(this, args as unknown as Chai.AssertionArgs)) return
      const { foreign, details } = currentRun()
      if (!details) throw quietFailure()
      const subject = subjectOf(this)
      setSubject(this, foreign.snapshot(subject))
      // Expression, message, opposite message, then the two values, as many of them as were given.
      const printable = args.map((each, index) => (index === 3 || index === 4 ? foreign.snapshot(each) : each))
      try {
        Reflect.apply(original, this, printable)
      } finally {
        setSubject(this, subject)
      }
    },
  })
}
