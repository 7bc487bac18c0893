import { arrayBufferEquality, equals, iterableEquality, JEST_MATCHERS_OBJECT, type Tester } from '@vitest/expect'
import { mutualEquality, wholeEquality } from './content-equality'
import { foreignEquality, walkedEquality } from './foreign-equality'

/**
 * What every comparison of values goes by. Vitest compares collections by what they hold in some matchers only, and in
 * the others (`toHaveProperty`, `toContainEqual`, all of asymmetric matchers) takes any Set for any other.
 */
export const OWN_TESTERS: readonly Tester[] = [
  ...[foreignEquality, walkedEquality, wholeEquality, mutualEquality, iterableEquality, arrayBufferEquality],
]

/** The equality testers that are in force: ours, and those that the running test file has added. */
export function customTesters(): Tester[] {
  const matchers = (globalThis as Record<symbol, unknown>)[JEST_MATCHERS_OBJECT]
  return (matchers as { customEqualityTesters: Tester[] }).customEqualityTesters
}

/** Structural equality as matchers mean it. */
export function same(a: unknown, b: unknown, extra: readonly Tester[], isStrict = false): boolean {
  return equals(a, b, [...customTesters(), ...extra], isStrict)
}
