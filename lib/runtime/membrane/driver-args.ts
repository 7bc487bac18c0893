import type { Heap } from './heap'
import { kindOf, VIEWS, viewName } from './kinds'

/*
 * What a driver is given. Data that both ends hold can be changed by either, also by a solution that speaks the protocol
 * itself. A test that calls the solution has handed its data over, as in one process; one that starts a driver has not:
 * it goes on to work out from the same data what should have come of it. So a driver gets copies.
 */

const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect

/** The arguments, in which all data of the tests is copied. What the solution owns, and what has behaviour, stays itself. */
export function copyForDriver(heap: Heap, args: readonly unknown[]): unknown[] {
  const copies = new Map<object, object>()
  const copied = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    const known = copies.get(value)
    if (known) return known
    const entry = heap.entryOf(value)
    const copy = entry && !heap.isOwn(entry) ? null : emptyLike(value, copied)
    if (copy === null) return value
    copies.set(value, copy)
    fill(value, copy, copied)
    return copy
  }
  return args.map(copied)
}

/** Null for what is no data. */
function emptyLike(value: object, copied: (part: unknown) => unknown): object | null {
  switch (kindOf(value)) {
    case 'a':
      return []
    case 'd':
    case 'n':
      return Object.create(getPrototypeOf(value)) as object
    case 'm':
      return new Map()
    case 't':
      return new Set()
    case 'D':
      return new Date(Number(value))
    case 'B':
      return (value as ArrayBuffer).slice(0)
    case 'V':
      return copyOfView(value as Uint8Array, copied)
    default:
      return null
  }
}

function copyOfView(view: Uint8Array, copied: (part: unknown) => unknown): object | null {
  const View = VIEWS.get(viewName(view))
  return View ? new View(copied(view.buffer) as ArrayBuffer, view.byteOffset, view.length) : null
}

function fill(value: object, copy: object, copied: (part: unknown) => unknown): void {
  if (value instanceof Map) {
    for (const [key, content] of value) (copy as Map<unknown, unknown>).set(copied(key), copied(content))
  } else if (value instanceof Set) {
    for (const element of value) (copy as Set<unknown>).add(copied(element))
  } else if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) {
    for (const key of ownKeys(value)) {
      const property = getOwnPropertyDescriptor(value, key)
      if (property) defineProperty(copy, key, { ...property, value: copied(property.value) })
    }
  }
  if (!Object.isExtensible(value)) Object.preventExtensions(copy)
}
