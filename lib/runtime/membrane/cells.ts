import { ProtocolBreach } from './channel'
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

/** What a property of a literal has: writable 1, enumerable 2, configurable 4. */
const ORDINARY = 7

const { defineProperty, getOwnPropertyDescriptor, ownKeys, deleteProperty } = Reflect
const MAX_ARRAY = 2 ** 24

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
  if (kind === 'B') return [toBase64(new Uint8Array(value as ArrayBuffer))]
  if (kind === 'N') return readExports(value)
  return []
}

function sizeOf(kind: Kind, value: object): number {
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
  return Object.isFrozen(value) ? 3 : Object.isSealed(value) ? 2 : 1
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
 * ones that are not enumerable.
 */
export function seemsToHold(kind: Kind, value: object, cells: readonly unknown[]): boolean {
  if (kind === 'a') return holdsElements(value as unknown[], cells)
  if (kind === 'd' || kind === 'n') return holdsProperties(value as Record<PropertyKey, unknown>, cells)
  if (kind === 'm') return holdsEntries(value as Map<unknown, unknown>, cells)
  return sameCells(readCells(kind, value), cells)
}

function holdsProperties(value: Record<PropertyKey, unknown>, cells: readonly unknown[]): boolean {
  if ((cells[0] === 0) !== Object.isExtensible(value)) return false
  let at = 1
  for (const key in value) {
    if (cells[at] !== key || !Object.is(value[key], cells[at + 2])) return false
    at += 3
  }
  return at === cells.length
}

function holdsElements(value: unknown[], cells: readonly unknown[]): boolean {
  const { length } = value
  if (cells[1] !== length || cells.length !== 2 + length || (cells[0] === 0) !== Object.isExtensible(value)) return false
  for (let index = 0; index < length; index++) {
    if (!Object.is(value[index], cells[2 + index])) return false
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

/**
 * Makes the object hold this content. `isHidden` names keys that must not come into being.
 * @param isNew whether the object was just made, so that there is nothing in it to take away
 * @throws ProtocolBreach when the content has not the form of its kind, or the object is frozen
 */
export function writeCells(
  kind: Kind, value: object, cells: unknown[], isHidden: (key: PropertyKey) => boolean, isNew = false,
): void {
  if (kind === 'a') writeArray(value as unknown[], cells, isHidden, isNew)
  else if (kind === 'd' || kind === 'n') writePlain(value, cells, isHidden, isNew)
  else if (kind === 'm') writeMap(value as Map<unknown, unknown>, cells)
  else if (kind === 't') writeSet(value as Set<unknown>, cells)
  else if (kind === 'D') (value as Date).setTime(numberIn(cells))
  else if (kind === 'R') (value as RegExp).lastIndex = numberIn(cells)
  else if (kind === 'B') writeBytes(value as ArrayBuffer, cells)
  else if (kind === 'N') writeExports(value, cells)
  else throw new ProtocolBreach(`content for an object of kind ${kind}`)
}

function writeArray(value: unknown[], cells: unknown[], isHidden: (key: PropertyKey) => boolean, isNew: boolean): void {
  const [level, length] = cells
  if (!Number.isSafeInteger(length) || (length as number) < 0 || (length as number) > MAX_ARRAY) {
    throw new ProtocolBreach('length of an array')
  }
  const end = 2 + (length as number)
  if (cells.length < end || (cells.length - end) % 2 !== 0) throw new ProtocolBreach('elements of an array')
  if (!isNew) {
    refuseFrozen(value)
    for (const key of ownKeys(value)) {
      if (typeof key === 'symbol' || !/^(?:\d+|length)$/.test(key)) deleteProperty(value, key)
    }
  }
  value.length = length as number
  for (let index = 0; index < value.length; index++) {
    const element = cells[2 + index]
    if (element === HOLE) deleteProperty(value, index)
    else define(value, index, element, ORDINARY)
  }
  for (let at = end; at < cells.length; at += 2) {
    const key = keyIn(cells[at])
    if (!isHidden(key) && key !== 'length') define(value, key, cells[at + 1], ORDINARY)
  }
  setLevel(value, level)
}

function writePlain(value: object, cells: unknown[], isHidden: (key: PropertyKey) => boolean, isNew: boolean): void {
  if (cells.length % 3 !== 1) throw new ProtocolBreach('properties of an object')
  if (!isNew) {
    refuseFrozen(value)
    removeOthers(value, cells)
  }
  for (let at = 1; at < cells.length; at += 3) {
    const key = keyIn(cells[at])
    const flags = cells[at + 1]
    if (typeof flags !== 'number') throw new ProtocolBreach('flags of a property')
    if (!isHidden(key)) define(value, key, cells[at + 2], flags)
  }
  setLevel(value, cells[0])
}

/** Takes away the properties that are not in the content. */
function removeOthers(value: object, cells: unknown[]): void {
  const keys = new Set<PropertyKey>()
  for (let at = 1; at < cells.length; at += 3) keys.add(keyIn(cells[at]))
  // Properties that come back in another order were removed and set again: their order is part of the content.
  const present = ownKeys(value).filter((key) => keys.has(key))
  const wanted = [...keys].filter((key) => Object.hasOwn(value, key))
  const inOrder = present.every((key, index) => key === wanted[index])
  for (const key of ownKeys(value)) {
    if (!keys.has(key) || !inOrder) deleteProperty(value, key)
  }
}

function writeMap(value: Map<unknown, unknown>, cells: unknown[]): void {
  if (cells.length % 2 !== 0) throw new ProtocolBreach('entries of a Map')
  value.clear()
  for (let at = 0; at < cells.length; at += 2) value.set(cells[at], cells[at + 1])
}

function writeSet(value: Set<unknown>, cells: unknown[]): void {
  value.clear()
  for (const element of cells) value.add(element)
}

function writeBytes(value: ArrayBuffer, cells: unknown[]): void {
  const bytes = fromBase64(cells[0])
  if (bytes.length !== value.byteLength) throw new ProtocolBreach('length of a buffer')
  new Uint8Array(value).set(bytes)
}

/** Exports are properties that only read: the solution alone may change what it exports. */
function writeExports(value: object, cells: unknown[]): void {
  if (cells.length % 2 !== 0) throw new ProtocolBreach('exports')
  for (let at = 0; at < cells.length; at += 2) {
    const name = keyIn(cells[at])
    const exported = cells[at + 1]
    defineProperty(value, name, { value: exported, enumerable: name !== '__esModule', configurable: true, writable: false })
  }
}

function define(value: object, key: PropertyKey, content: unknown, flags: number): void {
  defineProperty(value, key, {
    value: content === HOLE ? undefined : content,
    writable: (flags & 1) !== 0,
    enumerable: (flags & 2) !== 0,
    configurable: (flags & 4) !== 0,
  })
}

function refuseFrozen(value: object): void {
  if (Object.isFrozen(value) && ownKeys(value).length > 0) throw new ProtocolBreach('new content for a frozen object')
}

function setLevel(value: object, level: unknown): void {
  if (level === 3) Object.freeze(value)
  else if (level === 2) Object.seal(value)
  else if (level === 1) Object.preventExtensions(value)
}

function keyIn(value: unknown): string | symbol {
  if (typeof value === 'string' || typeof value === 'symbol') return value
  throw new ProtocolBreach('a key is neither text nor symbol')
}

function numberIn([value]: unknown[]): number {
  if (typeof value !== 'number') throw new ProtocolBreach('content is not a number')
  return value
}

const CHUNK = 8_192

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(text)
}

/** @throws ProtocolBreach when the text is not base64 */
export function fromBase64(text: unknown): Uint8Array {
  if (typeof text !== 'string') throw new ProtocolBreach('bytes are not a text')
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    throw new ProtocolBreach('bytes are not base64')
  }
}
