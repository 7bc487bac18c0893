import { ProtocolBreach } from './channel'
import { CLASS_NAMES } from './intrinsics'
import { isFollowed, type Kind } from './kinds'
import { type Id, MAX_IDS } from './wire'

/** One object of the shared heap, as this end knows it. */
export interface HeapObject {
  id: Id
  kind: Kind
  /** This end's own object, replica or stand-in. */
  local: object
  /** Content when it was last the same at both ends; null when that is not known (replicas.ts). */
  cells: unknown[] | null
  /** Whether the content holds objects, which may have changed while it has not. */
  nests: boolean
  /** Whether the content may change and is followed. */
  readonly followed: boolean
}

/**
 * Both directions of the numbering: which id an object has, and which object an id means. An object keeps its id, and
 * its place here, for the life of the link; the count is limited instead.
 */
export class Heap {
  readonly #byId = new Map<Id, HeapObject>()
  readonly #byObject = new WeakMap<object, HeapObject>()
  readonly #symbols = new Map<symbol, Id>()
  readonly #symbolById = new Map<Id, symbol>()
  /** Built-in functions that the judge has given away, by name (`mayName`). */
  readonly #given = new Set<string>()
  #next: Id

  /** @param parity 0 or 1: this end's ids modulo 2 */
  constructor(readonly parity: 0 | 1) {
    this.#next = parity
  }

  entryOf(local: object): HeapObject | undefined {
    return this.#byObject.get(local)
  }

  /** The entry of what may change of the object: the bytes of a view are its buffer's. */
  followedOf(local: object): HeapObject | undefined {
    const entry = this.#byObject.get(local)
    if (entry?.kind === 'V') return this.#byObject.get((local as Uint8Array).buffer)
    return entry?.followed ? entry : undefined
  }

  find(id: Id): HeapObject | undefined {
    return this.#byId.get(id)
  }

  /** Whether this end made the object. */
  isOwn({ id }: HeapObject): boolean {
    return id % 2 === this.parity
  }

  addOwn(local: object, kind: Kind): HeapObject {
    if (this.size >= MAX_IDS) throw new RangeError('Too many objects have crossed between tests and solution.')
    const entry: HeapObject = { id: this.#next, kind, local, cells: null, nests: false, followed: isFollowed(kind) }
    this.#next += 2
    this.#add(entry)
    return entry
  }

  /** Takes an object of the other end under the id that it gave. */
  addForeign(id: Id, local: object, kind: Kind): HeapObject {
    if (id % 2 === this.parity) throw new ProtocolBreach('an id that is not theirs to give')
    if (this.#byId.has(id) || this.#symbolById.has(id)) throw new ProtocolBreach('an id was given twice')
    if (this.size >= MAX_IDS) throw new ProtocolBreach('too many objects')
    const entry: HeapObject = { id, kind, local, cells: null, nests: false, followed: isFollowed(kind) }
    this.#add(entry)
    return entry
  }

  /** Forgets an own object whose crossing failed half-way, so that the next attempt describes it again. */
  remove(entry: HeapObject): void {
    this.#byId.delete(entry.id)
    this.#byObject.delete(entry.local)
  }

  /** The id of a symbol that has no name of its own, made when there is none. */
  symbolId(symbol: symbol): Id {
    const known = this.#symbols.get(symbol)
    if (known !== undefined) return known
    const id = this.#next
    this.#next += 2
    this.#symbols.set(symbol, id)
    this.#symbolById.set(id, symbol)
    return id
  }

  /** The symbol of that id; one that is new is made with the description. */
  symbolOf(id: Id, description: string | undefined): symbol {
    const known = this.#symbolById.get(id)
    if (known) return known
    if (id % 2 === this.parity || this.#byId.has(id)) throw new ProtocolBreach('a symbol that was never given')
    if (this.size >= MAX_IDS) throw new ProtocolBreach('too many objects')
    const symbol = Symbol(description)
    this.#symbols.set(symbol, id)
    this.#symbolById.set(id, symbol)
    return symbol
  }

  /** Notes that the judge gives this built-in away. */
  noteGiven(token: string): void {
    this.#given.add(token)
  }

  /**
   * Whether the solution may name this built-in to the judge. Classes it may, since tests compare them. Functions it may
   * only give back. With one of its own choice it could do as it likes: tests call what they are given with arguments that
   * are given too, and `Object.assign` changes any object of the judge's that crosses.
   */
  mayName(token: string): boolean {
    return CLASS_NAMES.has(token) || this.#given.has(token)
  }

  get size(): number {
    return this.#byId.size + this.#symbolById.size
  }

  #add(entry: HeapObject): void {
    this.#byId.set(entry.id, entry)
    this.#byObject.set(entry.local, entry)
  }
}
