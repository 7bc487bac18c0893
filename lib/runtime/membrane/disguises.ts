import { CLASS_NAMES } from './intrinsics'

/*
 * What makes assertion libraries take an object for something that it is not: a matcher that accepts everything, or a
 * built-in class whose content they then do not compare. On the judge's side nothing of a solution's has it.
 */

/** Keys by which the libraries recognise their own objects. */
const MARKERS = new Set<PropertyKey>([
  'asymmetricMatch', '$$typeof', '_isMockFunction', 'nodeType', Symbol.for('chai/inspect'),
  Symbol.for('nodejs.util.inspect.custom'), Symbol.for('$$jest-matchers-object'),
])

/** And those of a library of collections, which all begin with this. */
const IMMUTABLE = '@@__IMMUTABLE_'

/** In lower case, as chai compares them. */
const TAGS = new Set([...CLASS_NAMES].map((name) => name.toLowerCase()))

/**
 * Whether no object of a solution's may have such a member; some keys depend on the value. A list has only the methods
 * that all lists have: a test that calls one means to look at its elements.
 */
export function isDisguise(key: PropertyKey, value?: unknown, isList = false): boolean {
  if (MARKERS.has(key) || (typeof key === 'string' && key.startsWith(IMMUTABLE))) return true
  if (isList && typeof value === 'function' && key in Array.prototype) return true
  return key === Symbol.toStringTag && typeof value === 'string' && TAGS.has(value.toLowerCase())
}

const TELLING = new Set<PropertyKey>([Symbol.iterator, Symbol.asyncIterator, Symbol.toPrimitive, 'constructor'])

/**
 * Whether a copy that is only compared may not have such a member: by these, comparing would run the solution's code,
 * or go by its word for what it is. A list is also compared by its methods.
 */
export function isDisguiseOfCopy(key: PropertyKey, value: unknown, isList = false): boolean {
  return typeof value === 'function' && (TELLING.has(key) || (isList && key in Array.prototype))
}

/** Whether the object has such a member of its own. */
export function hasDisguise(object: object): boolean {
  const isList = Array.isArray(object)
  const keys = Reflect.ownKeys(object)
  const members = isList ? keys.slice(keys.indexOf('length') + 1) : keys
  return members.some((key) => isDisguiseOfCopy(key, Reflect.getOwnPropertyDescriptor(object, key)?.value, isList))
}

/** Built-in classes whose objects hold what no copy of a look-alike has. */
const HOLDERS = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView'])

/** Takes the name of such a class away from a copy that is none of its objects, and only inherits from it. */
export function unmask(copy: object): void {
  const inherited: unknown = Reflect.get(copy, Symbol.toStringTag)
  if (typeof inherited !== 'string' || !HOLDERS.has(inherited)) return
  Object.defineProperty(copy, Symbol.toStringTag, { value: undefined, configurable: true })
}
