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
  if (!isObject(live) || !isObject(copy) || !isObject(expected) || live === copy) return
  const isPart = expected instanceof ObjectContaining
  const asked: unknown = isPart ? expected.sample : expected
  if (!isObject(asked) || asked instanceof Map || asked instanceof Set) return
  const isHandle = currentRun().foreign.isHandle(live)
  for (const key of Reflect.ownKeys(asked)) {
    const isMissing = !Object.hasOwn(copy, key)
    if (isMissing && !(isHandle && (isSubset || isPart) && key in live)) continue
    const value = live[key]
    const known = isMissing ? currentRun().foreign.snapshot(value) : copy[key]
    if (isMissing) Object.defineProperty(copy, key, { value: known, enumerable: true, configurable: true, writable: true })
    readMembers(value, known, asked[key], isSubset && !isPart)
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null
}
