import { equals, JEST_MATCHERS_OBJECT, type Tester } from '@vitest/expect'

/** The equality testers that are in force: ours, and those that the running test file has added. */
export function customTesters(): Tester[] {
  const matchers = (globalThis as Record<symbol, unknown>)[JEST_MATCHERS_OBJECT]
  return (matchers as { customEqualityTesters: Tester[] }).customEqualityTesters
}

/** Structural equality as matchers mean it. */
export function same(a: unknown, b: unknown, extra: readonly Tester[], isStrict = false): boolean {
  return equals(a, b, [...customTesters(), ...extra], isStrict)
}
