import { equals, type Tester } from '@vitest/expect'
import { currentRun } from '../current-run'

/**
 * The equality tester under every structural comparison: two values are compared by their snapshots wherever a
 * stand-in comes up, also deep inside the arguments of a spy or within an asymmetric matcher.
 */
export const foreignEquality: Tester = function foreignEquality(a, b, testers) {
  const { foreign } = currentRun()
  if (!foreign.isHandle(a) && !foreign.isHandle(b)) return undefined
  if (Object.is(a, b)) return true
  const [left, right] = [foreign.snapshot(a), foreign.snapshot(b)]
  // There is no copy of a function, which equals nothing but itself.
  if (foreign.isHandle(left) || foreign.isHandle(right)) return false
  return equals(left, right, testers)
}
