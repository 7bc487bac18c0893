import { letHeirsDiffer } from './heirs'
import type { Intrinsics } from './intrinsics'

/*
 * A class such as Map crosses as itself, so that tests may compare it. What a solution returns in the place of its own
 * object can therefore be a class of the judge's, and a test that changes its copy of the answer, as many do to see
 * whether it is a copy, would change the judge. So nothing can be assigned to those built-ins.
 */

const { defineProperty, getOwnPropertyDescriptor, ownKeys, preventExtensions } = Reflect

/** Members that are assigned to by libraries, which only read better or worse with another value. */
const OPEN = new Set<PropertyKey>(['stackTraceLimit', 'prepareStackTrace'])

/**
 * Lets nobody assign to the functions and classes that cross. They can still be spied on (`vi.spyOn(Date, 'now')`): that
 * defines a property, and who wants to do so must have meant the built-in.
 */
export function fixBuiltIns(intrinsics: Intrinsics): void {
  for (const builtIn of intrinsics.passable()) {
    for (const key of ownKeys(builtIn)) {
      const property = getOwnPropertyDescriptor(builtIn, key)
      if (!property?.writable || !property.configurable || OPEN.has(key)) continue
      // A fake Date inherits from the real one, and is given members of the same names.
      if (builtIn === Date) letHeirsDiffer(builtIn, key, property)
      else defineProperty(builtIn, key, { ...property, writable: false })
    }
    // The engine and libraries keep settings on it.
    if (builtIn !== Error) preventExtensions(builtIn)
  }
}
