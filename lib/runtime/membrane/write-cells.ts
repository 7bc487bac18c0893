import { fromBase64 } from './base64'
import { ProtocolBreach } from './channel'
import type { Kind } from './kinds'
import { HOLE } from './wire'

/* Gives an object the content of a list of cells (cells.ts). What is the same already is left alone. */

const { defineProperty, deleteProperty, ownKeys } = Reflect

/** What a property of a literal has: writable 1, enumerable 2, configurable 4. */
const ORDINARY = 7

const MAX_ARRAY = 2 ** 24

/** Whether a property must not come into being. */
type IsHidden = (key: PropertyKey, value: unknown, isList?: boolean) => boolean

/**
 * Makes the object hold this content.
 * @param isNew whether the object was just made, so that there is nothing in it to take away
 * @throws ProtocolBreach when the content has not the form of its kind
 */
export function writeCells(
  kind: Kind, value: object, cells: unknown[], isHidden: IsHidden, isNew = false,
): void {
  if (kind === 'a') writeArray(value as unknown[], cells, isHidden, isNew)
  else if (kind === 'd' || kind === 'n') writePlain(value, cells, isHidden, isNew)
  else if (kind === 'm') writeMap(value as Map<unknown, unknown>, cells)
  else if (kind === 't') writeSet(value as Set<unknown>, cells)
  else if (kind === 'D') (value as Date).setTime(numberIn(cells))
  else if (kind === 'R') (value as RegExp).lastIndex = numberIn(cells)
  else if (kind === 'B') writeBytes(value as ArrayBuffer, cells)
  else if (kind === 'N') writeExports(value, cells, isHidden)
  else throw new ProtocolBreach(`content for an object of kind ${kind}`)
}

function writeArray(value: unknown[], cells: unknown[], isHidden: IsHidden, isNew: boolean): void {
  const [level, length] = cells
  if (!Number.isSafeInteger(length) || (length as number) < 0 || (length as number) > MAX_ARRAY) {
    throw new ProtocolBreach('length of an array')
  }
  const end = 2 + (length as number)
  if (cells.length < end || (cells.length - end) % 2 !== 0) throw new ProtocolBreach('elements of an array')
  if (!isNew) {
    const beside = ownKeys(value).filter((key) => typeof key === 'symbol' || !/^(?:\d+|length)$/.test(key))
    if (beside.length > 0) removeOthers(value, beside, keysIn(cells, end, 2))
  }
  // Whose length is fixed at this end keeps it.
  if (!Reflect.set(value, 'length', length)) return
  for (let index = 0; index < value.length; index++) {
    const element = cells[2 + index]
    if (element === HOLE) deleteProperty(value, index)
    else defineOrdinary(value, index, element)
  }
  for (let at = end; at < cells.length; at += 2) {
    const key = keyIn(cells[at])
    if (isIndex(key)) throw new ProtocolBreach('an element beside the elements')
    if (!isHidden(key, cells[at + 1], true) && key !== 'length') defineOrdinary(value, key, cells[at + 1])
  }
  setLevel(value, level)
}

function writePlain(value: object, cells: unknown[], isHidden: IsHidden, isNew: boolean): void {
  if (cells.length % 3 !== 1) throw new ProtocolBreach('properties of an object')
  if (!isNew) removeOthers(value, ownKeys(value), keysIn(cells, 1, 3))
  for (let at = 1; at < cells.length; at += 3) {
    const key = keyIn(cells[at])
    const flags = cells[at + 1]
    if (typeof flags !== 'number') throw new ProtocolBreach('flags of a property')
    if (!isHidden(key, cells[at + 2])) define(value, key, cells[at + 2], flags)
  }
  setLevel(value, cells[0])
}

function keysIn(cells: unknown[], start: number, step: number): Set<PropertyKey> {
  const keys = new Set<PropertyKey>()
  for (let at = start; at < cells.length; at += step) keys.add(keyIn(cells[at]))
  return keys
}

/** Takes away those of the properties that are not in the content. */
function removeOthers(value: object, properties: PropertyKey[], keys: Set<PropertyKey>): void {
  // Properties that come back in another order were removed and set again: their order is part of the content.
  const present = properties.filter((key) => keys.has(key))
  const wanted = [...keys].filter((key) => Object.hasOwn(value, key))
  const inOrder = present.every((key, index) => key === wanted[index])
  for (const key of properties) {
    if (!keys.has(key) || !inOrder) deleteProperty(value, key)
  }
}

function writeMap(value: Map<unknown, unknown>, cells: unknown[]): void {
  if (cells.length % 2 !== 0) throw new ProtocolBreach('entries of a Map')
  removeMovedKeys(value, cells, 2)
  for (let at = 0; at < cells.length; at += 2) value.set(cells[at], cells[at + 1])
}

function writeSet(value: Set<unknown>, cells: unknown[]): void {
  removeMovedKeys(value, cells, 1)
  for (const element of cells) value.add(element)
}

/**
 * Takes away the keys that are gone, and those that come later now: what is left is how the content begins. Nothing else
 * is touched, so that whoever walks over the collection goes on where they are.
 */
function removeMovedKeys(value: Map<unknown, unknown> | Set<unknown>, cells: unknown[], step: 1 | 2): void {
  const keys = [...value.keys()]
  let left = 0
  for (let at = 0; at < cells.length; at += step) {
    let same = left
    while (same < keys.length && !isSameKey(keys[same], cells[at])) same++
    if (same === keys.length) break
    for (; left < same; left++) value.delete(keys[left])
    left++
  }
  for (; left < keys.length; left++) value.delete(keys[left])
}

/** As a Map compares: NaN is itself, and -0 is 0. */
function isSameKey(a: unknown, b: unknown): boolean {
  return a === b || Object.is(a, b)
}

function writeBytes(value: ArrayBuffer, cells: unknown[]): void {
  const bytes = fromBase64(cells[0])
  // One that was handed on (transferred) holds nothing any more, at whichever end that was.
  if (bytes.length === 0 || value.byteLength === 0) return
  if (bytes.length !== value.byteLength) throw new ProtocolBreach('length of a buffer')
  new Uint8Array(value).set(bytes)
}

/** Exports are properties that only read: the solution alone may change what it exports. */
function writeExports(value: object, cells: unknown[], isHidden: IsHidden): void {
  if (cells.length % 2 !== 0) throw new ProtocolBreach('exports')
  for (let at = 0; at < cells.length; at += 2) {
    const name = keyIn(cells[at])
    const exported = cells[at + 1]
    if (isHidden(name, exported)) continue
    defineProperty(value, name, { value: exported, enumerable: name !== '__esModule', configurable: true, writable: false })
  }
}

function define(value: object, key: PropertyKey, content: unknown, flags: number): boolean {
  return defineProperty(value, key, {
    value: content === HOLE ? undefined : content,
    writable: (flags & 1) !== 0,
    enumerable: (flags & 2) !== 0,
    configurable: (flags & 4) !== 0,
  })
}

/** What an array holds; where it is sealed, its attributes cannot change. */
function defineOrdinary(value: unknown[], key: PropertyKey, content: unknown): void {
  if (!define(value, key, content, ORDINARY)) defineProperty(value, key, { value: content })
}

function setLevel(value: object, level: unknown): void {
  if (level === 3) Object.freeze(value)
  else if (level === 2) Object.seal(value)
  else if (level === 1) Object.preventExtensions(value)
}

function isIndex(key: PropertyKey): boolean {
  return typeof key === 'string' && /^(?:0|[1-9]\d*)$/.test(key) && Number(key) < 2 ** 32 - 1
}

function keyIn(value: unknown): string | symbol {
  if (typeof value === 'string' || typeof value === 'symbol') return value
  throw new ProtocolBreach('a key is neither text nor symbol')
}

function numberIn([value]: unknown[]): number {
  if (typeof value !== 'number') throw new ProtocolBreach('content is not a number')
  return value
}
