import { arrayBufferEquality, equals, iterableEquality, type Tester } from '@vitest/expect'
import { foreignEquality, walkedEquality } from './foreign-equality'

/* What objects hold that is in none of their fields, where Vitest's comparisons look at less than all of it. */

/** Classes of the engine whose content is behind their members. */
const WHOLE = /^\[object (?:RegExp|URL|URLSearchParams|Headers|DataView)\]$/

const WITHIN: Tester[] = [foreignEquality, walkedEquality, iterableEquality, arrayBufferEquality]

/** `toMatchObject` looks for the fields that are expected. A pattern or a URL has none: anything would do for it. */
export const wholeEquality: Tester = function wholeEquality(a: unknown, b: unknown) {
  if (!WHOLE.test(Object.prototype.toString.call(b))) return undefined
  return equals(a, b, WITHIN) ? undefined : false
}

/** Collections that are being compared the other way round, which may hold themselves. */
const underway = new Set<unknown>()

/**
 * Vitest looks for each element of one collection in the other, and so takes two that are alike for two that differ.
 * Here the other one's are looked for as well.
 */
export const mutualEquality: Tester = function mutualEquality(a: unknown, b: unknown, testers) {
  const areCollections = (a instanceof Set && b instanceof Set) || (a instanceof Map && b instanceof Map)
  if (!areCollections || a.size !== b.size || underway.has(a) || underway.has(b)) return undefined
  const both = [a, b]
  both.forEach((each) => underway.add(each))
  try {
    return iterableEquality(b, a, testers) === false ? false : undefined
  } finally {
    both.forEach((each) => underway.delete(each))
  }
}
