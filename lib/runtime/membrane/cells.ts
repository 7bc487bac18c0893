import { toBase64 } from './base64'
import type { Kind } from './kinds'
import { HOLE } from './wire'

/*
 * The content of a data object as a flat list of its values, the same shape on the wire as in memory. Two lists are
 * compared element by element to see whether the object has changed.
 *
 *   a        [level, length, ...elements, ...(key, value) of other properties]
 *   d n      [level, ...(key, flags, value)]
 *   m        [...(key, value)]      t  [...values]      D  [time]      R  [lastIndex]      B  [bytes as base64]
 *   N        [...(name, value)], in the order of the exports
 */

/** 0 anything goes, 1 no new properties, 2 sealed, 3 frozen. */
type Level = 0 | 1 | 2 | 3

const { getOwnPropertyDescriptor, ownKeys } = Reflect

/** No frame holds more values than this, so that an object with more is refused before it is read. */
const MAX_VALUES = 1_000_000

/** @throws RangeError when the object holds more than can cross */
export function readCells(kind: Kind, value: object): unknown[] {
  if (sizeOf(kind, value) > MAX_VALUES) {
    throw new RangeError(`An object with more than ${MAX_VALUES} elements cannot cross between tests and solution.`)
  }
  if (kind === 'a') return readArray(value as unknown[])
  if (kind === 'd' || kind === 'n') return readPlain(value)
  if (kind === 'm') return [...(value as Map<unknown, unknown>)].flat(1)
  if (kind === 't') return [...(value as Set<unknown>)]
  if (kind === 'D') return [Reflect.apply(Date.prototype.getTime, value, [])]
  if (kind === 'R') return [(value as RegExp).lastIndex]
  if (kind === 'B') return [(value as ArrayBuffer).byteLength === 0 ? '' : toBase64(new Uint8Array(value as ArrayBuffer))]
  if (kind === 'N') return readExports(value)
  return []
}

/** How many elements a list or collection has, without reading them; 0 of anything else. */
export function sizeOf(kind: Kind, value: object): number {
  if (kind === 'a') return (value as unknown[]).length
  return kind === 'm' || kind === 't' ? (value as Set<unknown>).size : 0
}

function readArray(value: unknown[]): unknown[] {
  const { length } = value
  const cells: unknown[] = [levelOf(value), length]
  for (let index = 0; index < length; index++) {
    const element = value[index]
    cells.push(element === undefined && !Object.hasOwn(value, index) ? HOLE : element)
  }
  // Indices come first among the keys, and `length` follows them.
  const keys = ownKeys(value)
  for (let at = keys.indexOf('length') + 1; at < keys.length; at++) {
    const key = keys[at] as PropertyKey
    cells.push(key, (value as unknown as Record<PropertyKey, unknown>)[key])
  }
  return cells
}

function readPlain(value: object): unknown[] {
  const cells: unknown[] = [levelOf(value)]
  for (const key of ownKeys(value)) {
    const property = getOwnPropertyDescriptor(value, key)
    if (property && 'value' in property) cells.push(key, flagsOf(property), property.value)
  }
  return cells
}

function readExports(value: object): unknown[] {
  return Object.keys(value).flatMap((name) => {
    try {
      return [name, (value as Record<string, unknown>)[name]]
    } catch {
      return [name, undefined]
    }
  })
}

export function flagsOf(property: PropertyDescriptor): number {
  return (property.writable ? 1 : 0) | (property.enumerable ? 2 : 0) | (property.configurable ? 4 : 0)
}

function levelOf(value: object): Level {
  if (Object.isExtensible(value)) return 0
  return isFrozen(value) ? 3 : Object.isSealed(value) ? 2 : 1
}

/** V8 also says it of an empty array that only takes no more elements. */
function isFrozen(value: object): boolean {
  return Object.isFrozen(value) && !(Array.isArray(value) && getOwnPropertyDescriptor(value, 'length')?.writable === true)
}

/** Whether its content can never be another. What a frozen Map or Date holds may change all the same. */
export function isFixed(kind: Kind, value: object): boolean {
  return (kind === 'a' || kind === 'd' || kind === 'n') && isFrozen(value)
}

/** Whether both lists hold the very same values. */
export function sameCells(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) {
    if (!Object.is(a[index], b[index])) return false
  }
  return true
}

/**
 * Whether the object seems to hold this content still, by a look that makes no list. It may say no of an unchanged
 * object. It says yes of a changed one only if an array got properties besides its elements, or a plain object got
 * symbols, ones that are not enumerable, or other attributes.
 */
export function seemsToHold(kind: Kind, value: object, cells: readonly unknown[]): boolean {
  if (kind === 'a') return holdsElements(value as unknown[], cells)
  if (kind === 'd' || kind === 'n') return holdsProperties(value as Record<PropertyKey, unknown>, cells)
  if (kind === 'm') return holdsEntries(value as Map<unknown, unknown>, cells)
  return sameCells(readCells(kind, value), cells)
}

function holdsProperties(value: Record<PropertyKey, unknown>, cells: readonly unknown[]): boolean {
  if (cells[0] !== levelOf(value)) return false
  let at = 1
  for (const key in value) {
    if (cells[at] !== key || !Object.is(value[key], cells[at + 2])) return false
    at += 3
  }
  return at === cells.length
}

function holdsElements(value: unknown[], cells: readonly unknown[]): boolean {
  const { length } = value
  if (cells[1] !== length || cells.length !== 2 + length || cells[0] !== levelOf(value)) return false
  for (let index = 0; index < length; index++) {
    const element = value[index]
    if (!Object.is(element, cells[2 + index]) || (element === undefined && !Object.hasOwn(value, index))) return false
  }
  return true
}

function holdsEntries(value: Map<unknown, unknown>, cells: readonly unknown[]): boolean {
  if (value.size * 2 !== cells.length) return false
  let at = 0
  for (const [key, content] of value) {
    if (!Object.is(key, cells[at++]) || !Object.is(content, cells[at++])) return false
  }
  return true
}
