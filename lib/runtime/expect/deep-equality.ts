import { equals } from '@vitest/expect'
import { chai } from './chai'
import { wholeEquality } from './content-equality'
import { walkedEquality } from './foreign-equality'
import { customTesters } from './testers'

/**
 * Chai's `deep.equal`, and all that compares deeply in its words. Chai itself walks what has no fields, but a copy of
 * the solution's has nothing to walk; and it looks into few objects of the engine.
 */
export function deepEquality(a: unknown, b: unknown): boolean {
  return chai.util.eql(a, b, { comparator: comparedByContent })
}

/** False for two that hold something else; null lets chai decide. */
function comparedByContent(a: unknown, b: unknown): false | null {
  const testers = [walkedEquality, wholeEquality]
  return testers.some((tester) => tester.call({ equals }, a, b, customTesters()) === false) ? false : null
}
