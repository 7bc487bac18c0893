import { CLASS_NAMES } from './intrinsics'

/*
 * What makes assertion libraries take an object for something that it is not: a matcher that accepts everything, or a
 * built-in class whose content they then do not compare. Nothing of a solution's has it on the judge's side.
 */

/** Keys by which the libraries recognise their own objects. */
const MARKERS = new Set<PropertyKey>([
  'asymmetricMatch', '$$typeof', '_isMockFunction', 'nodeType', '@@__IMMUTABLE_ITERABLE__@@', '@@__IMMUTABLE_RECORD__@@',
  '@@__IMMUTABLE_KEYED__@@', '@@__IMMUTABLE_ORDERED__@@', Symbol.for('chai/inspect'),
  Symbol.for('nodejs.util.inspect.custom'), Symbol.for('$$jest-matchers-object'),
])

/** Whether no object of a solution's may have such a member; some keys depend on the value. */
export function isDisguise(key: PropertyKey, value?: unknown): boolean {
  return MARKERS.has(key) || (key === Symbol.toStringTag && typeof value === 'string' && CLASS_NAMES.has(value))
}

/**
 * Whether a copy that is only compared may not have such a member: by these, comparing would run the solution's code,
 * or go by its word for what it is.
 */
export function isDisguiseOfCopy(key: PropertyKey, value: unknown): boolean {
  if (key === Symbol.iterator || key === Symbol.asyncIterator || key === Symbol.toPrimitive) return true
  return key === 'constructor' && typeof value === 'function'
}
