import { ProtocolBreach } from './channel'

/*
 * What crosses. A string, a finite number other than -0, a boolean and null stand for themselves; everything else is
 * an array that begins with a tag:
 *
 *   ['u']          undefined                      ['y', 'k', name]   a well-known symbol (Symbol.iterator)
 *   ['n', text]    NaN, Infinity, -Infinity, -0   ['y', 'f', key]    a registered symbol (Symbol.for)
 *   ['b', digits]  a bigint                       ['y', 'i', id, description]   any other symbol
 *   ['r', id]      an object of the shared heap   ['i', token]       an object that every realm has (intrinsics.ts)
 *   ['h']          a hole in an array; of a lent member, that it has to be asked for
 *
 * Objects travel as flat heap entries, [id, kind, meta, cells], never nested, so that depth and cycles cost nothing.
 * Each object has one id for the life of the link; the judge hands out even ids and the guest odd ones.
 */

export type Wire = string | number | boolean | null | Wire[]

export type Id = number

/** [id, kind, meta, cells]; `meta` are primitives the shell needs, `cells` its content (kinds.ts). */
export type HeapEntry = [Id, string, Wire[], Wire[]]

/** [id, cells]: new content of an object that the other end holds a replica of; of an instance, [key, value] of a lent member. */
export type HeapUpdate = [Id, Wire[]]

/** Stands in cells for an array element that is not there. */
export const HOLE: unique symbol = Symbol('hole')

/** The most objects that one link may hold. A solution that needs more is not honest, or the tests need a driver. */
export const MAX_IDS = 200_000

/** Calls within calls. Deeper ones throw the RangeError that a recursion without end throws in one process. */
export const MAX_DEPTH = 400

/* Readers of untrusted frames: the value in the type that an honest end sends, else a breach. */

export function readList(value: unknown, what: string): Wire[] {
  if (!Array.isArray(value)) throw new ProtocolBreach(`${what} is not a list`)
  return value as Wire[]
}

export function readText(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new ProtocolBreach(`${what} is not a text`)
  return value
}

export function readId(value: unknown): Id {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new ProtocolBreach('an id is not a whole number')
  return value as number
}

export function readNumber(value: unknown, what: string): number {
  if (typeof value !== 'number') throw new ProtocolBreach(`${what} is not a number`)
  return value
}
