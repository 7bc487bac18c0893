import { ObjectContaining } from '@vitest/expect'
import { currentRun } from '../current-run'

/*
 * A snapshot has an object's own fields. `toMatchObject` and `objectContaining` may also ask for a member that a class
 * defines with a getter, and in plain Vitest they get it. So just those members are read from the value itself, which
 * is what their names in the test ask for, and written into the copy.
 */

type Members = Record<PropertyKey, unknown>

/**
 * Completes a copy by what an expectation asks of it.
 * @param isSubset whether the expectation names a part of the members (as `toMatchObject`), rather than all
 */
export function readMembers(live: unknown, copy: unknown, expected: unknown, isSubset: boolean): void {
  if (isSubset || asksForParts(expected, new Set())) complete(live, copy, expected, isSubset, new Set())
}

function complete(live: unknown, copy: unknown, expected: unknown, isSubset: boolean, seen: Set<unknown>): void {
  if (!isObject(live) || !isObject(copy) || !isObject(expected) || live === copy || seen.has(copy)) return
  seen.add(copy)
  const sample = sampleOf(expected)
  const asked = sample ?? expected
  // Their content is no members, and both are whole in the copy.
  if (copy instanceof Map || copy instanceof Set) return
  const mayRead = currentRun().foreign.isHandle(live) && (isSubset || sample !== null)
  for (const key of Reflect.ownKeys(asked)) {
    if (Object.hasOwn(copy, key)) {
      if (!isObject(copy[key]) || !isObject(asked[key])) continue
      complete(live[key], copy[key], asked[key], isSubset && !sample, seen)
    } else if (mayRead && key in live) {
      const member = live[key]
      const value = currentRun().foreign.snapshot(member)
      Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true })
      complete(member, value, asked[key], isSubset && !sample, seen)
    }
  }
}

/** Whether `objectContaining` stands anywhere in an expectation. */
function asksForParts(expected: unknown, seen: Set<unknown>): boolean {
  if (!isObject(expected) || seen.has(expected)) return false
  seen.add(expected)
  return sampleOf(expected) !== null || Object.values(expected).some((each) => asksForParts(each, seen))
}

function sampleOf(expected: Members): Members | null {
  if (!(expected instanceof ObjectContaining)) return null
  const { sample } = expected as unknown as { sample: unknown }
  return isObject(sample) ? sample : null
}

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null
}
