import { HOLE } from './wire'

/*
 * A property descriptor as one list: [flags, value], [flags, getter, setter], or [flags] for one that names neither.
 * A descriptor may leave out any field, and what it leaves out stays as it is: flags have two bits for each field, and
 * a hole stands for a getter or setter that is not named.
 */

const FIELDS = ['writable', 'enumerable', 'configurable'] as const

/** Set for a field that is named; that it is true is told by the bit before, as in `flagsOf`. */
const NAMED = 8

export function describeProperty(property: PropertyDescriptor): unknown[] {
  const flags = FIELDS.reduce((bits, field, at) => {
    if (!(field in property)) return bits
    return bits | (NAMED << at) | (property[field] === true ? 1 << at : 0)
  }, 0)
  if ('value' in property) return [flags, property.value]
  if (!('get' in property) && !('set' in property)) return [flags]
  return [flags, 'get' in property ? property.get : HOLE, 'set' in property ? property.set : HOLE]
}

export function readProperty([flags, ...content]: unknown[]): PropertyDescriptor {
  const bits = Number(flags)
  const property: PropertyDescriptor = {}
  FIELDS.forEach((field, at) => {
    if ((bits & (NAMED << at)) !== 0) property[field] = (bits & (1 << at)) !== 0
  })
  const [first, second] = content
  if (content.length === 1) property.value = first
  if (content.length > 1 && first !== HOLE) property.get = first as () => unknown
  if (content.length > 1 && second !== HOLE) property.set = second as (value: unknown) => void
  return property
}
