import { readCells, sameCells } from './cells'
import type { Heap, HeapObject } from './heap'
import type { Kind } from './kinds'
import { MACHINERY } from './machinery'
import { HOLE } from './wire'

/*
 * A solution reads the same few members of what a test gave it over and over: the limits and the clock among its
 * options. Those are objects with behaviour, so each look would be a question. Instead the judge lends members that
 * were asked for: the guest keeps their values, and every frame from the judge tells which of them have changed. As
 * only one end runs at a time, what the guest keeps is always what a question would bring.
 *
 * Only own data properties are lent, and names that are not there: never what a getter or a proxy would answer. The
 * guest lends nothing: the judge asks, each time.
 */

/** Members that are compared before each frame. */
const MOST = 128
/** Members of one object that are lent because another one was asked for. */
const MOST_BESIDE = 32
/** The most objects and values that one lent member may consist of. */
const MOST_OBJECTS = 8
const MOST_VALUES = 64
/** Data whose content is looked at for changes. Bytes would take too long. */
const COMPARED = new Set<Kind>(['a', 'd', 'n', 'm', 't', 'D'])

/** The value of a member, and the data that it consists of, with its content. */
interface Lent {
  value: unknown
  parts: readonly { entry: HeapObject; cells: readonly unknown[] }[]
}

/** A member whose value has to be told: what it is now, or null for one that has to be asked for again. */
export interface LentChange {
  entry: HeapObject
  key: PropertyKey
  lent: Lent | null
}

const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect

/** The members that the judge has lent. */
export class LentMembers {
  /** What the guest keeps, by object and key, and null for what it has to hear of; objects in the order of lending. */
  readonly #told = new Map<HeapObject, Map<PropertyKey, Lent | null>>()
  /** Objects whose other members have been lent once. */
  readonly #met = new WeakSet<HeapObject>()
  #count = 0

  /** @param isProxy whether a look at the object would run code */
  constructor(readonly heap: Heap, readonly isProxy: (value: object) => boolean) {}

  /** Lends a member that is being answered, and what else of its object needs no description. */
  lend(entry: HeapObject, key: PropertyKey): void {
    const { kind, local } = entry
    if (kind !== 'o' || MACHINERY.has(key) || this.isProxy(local)) return
    if (!this.#met.has(entry)) this.#lendBeside(entry)
    this.#add(entry, key)
  }

  #lendBeside(entry: HeapObject): void {
    this.#met.add(entry)
    for (const key of ownKeys(entry.local).slice(0, MOST_BESIDE)) {
      if (typeof key !== 'string' || MACHINERY.has(key)) continue
      if (this.#look(entry.local, key)?.parts.length === 0) this.#add(entry, key)
    }
  }

  /** What the guest has to be told before it goes on. To be called when all else of the frame has been described. */
  changes(): LentChange[] {
    const changes: LentChange[] = []
    let surplus = this.#count - MOST
    for (const [entry, members] of this.#told) {
      for (const [key, told] of members) {
        const lent = surplus-- > 0 ? null : this.#current(entry.local, key, told)
        if (lent !== told) changes.push({ entry, key, lent })
        // The guest keeps nothing of it, so there is nothing to tell.
        else if (lent === null) this.#remove(entry, key)
      }
    }
    return changes
  }

  /** Notes that the guest has been told. */
  agree(changes: readonly LentChange[]): void {
    for (const { entry, key, lent } of changes) {
      if (lent) this.#told.get(entry)?.set(key, lent)
      else this.#remove(entry, key)
    }
  }

  #remove(entry: HeapObject, key: PropertyKey): void {
    const members = this.#told.get(entry)
    if (members?.delete(key)) this.#count--
    if (members?.size === 0) this.#told.delete(entry)
  }

  #add(entry: HeapObject, key: PropertyKey): void {
    const members = this.#told.get(entry) ?? new Map<PropertyKey, Lent | null>()
    this.#told.set(entry, members)
    if (!members.has(key)) this.#count++
    members.set(key, null)
  }

  /** What was told, if it is so still; else what is there now, or null for what the guest has to ask for. */
  #current(object: object, key: PropertyKey, told: Lent | null): Lent | null {
    if (told === null) return this.#look(object, key)
    const property = getOwnPropertyDescriptor(object, key)
    const isSame = property ? 'value' in property && Object.is(property.value, told.value) : told.value === undefined && !(key in object)
    if (isSame && told.parts.every(({ entry, cells }) => sameCells(readCells(entry.kind, entry.local), cells))) return told
    const now = this.#look(object, key)
    // Other data has yet to cross.
    return now?.parts.length === 0 ? now : null
  }

  #look(object: object, key: PropertyKey): Lent | null {
    const property = getOwnPropertyDescriptor(object, key)
    if (!property) return isMissing(object, key) ? { value: undefined, parts: [] } : null
    if (!('value' in property)) return null
    const value: unknown = property.value
    const parts = isObject(value) ? this.#partsOf(value) : []
    return parts && { value, parts }
  }

  /** The data that the value consists of; null where there is too much of it, or something that has not crossed. */
  #partsOf(value: object): Lent['parts'] | null {
    const first = this.heap.entryOf(value)
    if (!first || first.kind === 'V') return null
    const found = new Set(first.followed ? [first] : [])
    const parts = []
    let room = MOST_VALUES
    for (const entry of found) {
      if (found.size > MOST_OBJECTS || !COMPARED.has(entry.kind)) return null
      const cells = readCells(entry.kind, entry.local)
      room -= cells.length
      if (room < 0) return null
      for (const cell of cells) {
        if (!isObject(cell)) continue
        const held = this.heap.entryOf(cell)
        if (!held || held.kind === 'V') return null
        if (held.followed) found.add(held)
      }
      parts.push({ entry, cells })
    }
    return parts
  }
}

/** What the wire says of a lent member. */
export function lentValue({ lent }: LentChange): unknown {
  return lent ? lent.value : HOLE
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** Whether a plain object has no such member. What others inherit may be behind a proxy. */
function isMissing(object: object, key: PropertyKey): boolean {
  const prototype = getPrototypeOf(object)
  return (prototype === null || prototype === Object.prototype) && !(key in object)
}
