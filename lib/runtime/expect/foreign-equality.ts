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

/**
 * Two collections of the solution's own making, whose fields may be private: then the copies have nothing to compare, and
 * any two of them would be equal. Vitest walks both. What it finds is the solution's word, as all of this comparison is.
 */
export const walkedEquality: Tester = function walkedEquality(a: unknown, b: unknown, testers) {
  const { foreign } = currentRun()
  const walked = foreign.walked(a, b)
  if (walked === null) return undefined
  const [left, right] = walked.map((elements) => foreign.snapshot(elements))
  // Their other fields are compared as those of any object.
  return equals(left, right, testers) ? undefined : false
}
