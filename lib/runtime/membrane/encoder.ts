import type { Heap, HeapObject } from './heap'
import type { Intrinsics } from './intrinsics'
import { flagsOf, readCells } from './cells'
import { isFollowed, isHandleKind, isList, viewName, type Kind } from './kinds'
import { isRememberedProxy } from './remembered-proxies'
import { lentValue, type LentChange } from './lent-members'
import type { Replicas } from './replicas'
import { HOLE, type HeapEntry, type HeapUpdate, type Wire } from './wire'

const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect

export interface EncoderContext {
  heap: Heap
  replicas: Replicas
  intrinsics: Intrinsics
  /** Whether this end is the judge, whose built-ins must not leave. */
  trusted: boolean
  /** Decides what a new object crosses as. */
  kindOf: (value: object) => Kind
  /** Called once for each own promise and signal when it first crosses. */
  watch: (entry: HeapObject) => void
}

/**
 * Puts values into one frame. New objects go into a list and are described one after another, so neither depth nor
 * cycles matter. When anything cannot cross, nothing has: `abandon` takes the new objects back.
 */
export class Encoder {
  readonly heapEntries: HeapEntry[] = []
  readonly updates: HeapUpdate[] = []
  readonly #fresh: HeapObject[] = []
  readonly #visited = new Set<HeapObject>()
  #described = 0

  constructor(readonly context: EncoderContext) {}

  /** The value's form on the wire. */
  value(value: unknown): Wire {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0) ? value : ['n', Object.is(value, -0) ? '-0' : String(value)]
      case 'undefined':
        return ['u']
      case 'bigint':
        return ['b', String(value)]
      case 'symbol':
        return value === HOLE ? ['h'] : this.#symbol(value)
      default:
        return value === null ? null : this.#reference(value as object)
    }
  }

  /** Describes all objects that have been met, and adds what has changed of recent ones. To be called last. */
  finish(): void {
    this.#describeAll()
    for (const entry of this.context.replicas.changed()) this.#bringUpToDate(entry)
    this.#describeAll()
    for (const entry of this.#fresh) if (entry.kind === 'p' || entry.kind === 's') this.context.watch(entry)
  }

  /** Tells of a lent member, whose value needs no description. */
  tellLent(change: LentChange): void {
    this.updates.push([change.entry.id, [this.value(change.key), this.value(lentValue(change))]])
  }

  abandon(): void {
    const { heap, replicas } = this.context
    for (const entry of this.#visited) replicas.drop(entry)
    for (const entry of this.#fresh) heap.remove(entry)
  }

  #symbol(value: symbol): Wire {
    const name = this.context.intrinsics.symbolName(value)
    if (name !== null) return ['y', 'k', name]
    const key = Symbol.keyFor(value)
    if (key !== undefined) return ['y', 'f', key]
    return ['y', 'i', this.context.heap.symbolId(value), value.description ?? null]
  }

  #reference(value: object): Wire {
    const { heap, intrinsics, trusted } = this.context
    const known = heap.entryOf(value)
    if (known) {
      this.#bringUpToDate(known)
      return ['r', known.id]
    }
    const token = intrinsics.tokenOf(value)
    if (token !== null && (trusted || heap.mayName(token))) {
      if (trusted) heap.noteGiven(token)
      return ['i', token]
    }
    if (trusted && intrinsics.isIntrinsic(value)) {
      const name = typeof value === 'function' && value.name ? ` (${value.name})` : ''
      throw new TypeError(`A built-in of this kind cannot be given to the solution${name}; wrap it in a function.`)
    }
    return ['r', this.#add(value, this.context.kindOf(value)).id]
  }

  #add(value: object, kind: Kind): HeapObject {
    const entry = this.context.heap.addOwn(value, kind)
    this.#fresh.push(entry)
    this.#visited.add(entry)
    return entry
  }

  /** Also looks into what the object holds, each object once for a frame. */
  #bringUpToDate(object: HeapObject): void {
    const entry = this.context.heap.followedOf(object.local)
    if (!entry || this.#visited.has(entry)) return
    const waiting = [entry]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (this.#visited.has(next)) continue
      this.#visited.add(next)
      const change = this.context.replicas.changeOf(next)
      if (change) this.updates.push([next.id, change.map((cell) => this.value(cell))])
      if (!next.nests) continue
      for (const cell of next.cells ?? []) {
        if (typeof cell !== 'object' || cell === null) continue
        const held = this.context.heap.followedOf(cell)
        if (held) waiting.push(held)
      }
    }
  }

  #describeAll(): void {
    for (; this.#described < this.#fresh.length; this.#described++) {
      const entry = this.#fresh[this.#described] as HeapObject
      const { id, kind, local } = entry
      this.heapEntries.push([id, kind, this.#meta(kind, local), this.#cells(entry)])
    }
  }

  #meta(kind: Kind, value: object): Wire[] {
    if (kind === 'R') return [(value as RegExp).source, (value as RegExp).flags]
    if (kind === 'w') return [this.value((value as { valueOf(): unknown }).valueOf())]
    if (kind === 'B') return [(value as ArrayBuffer).byteLength]
    if (kind === 'x') return [(value as DOMException).name, (value as DOMException).message]
    if (kind === 's') return [(value as AbortSignal).aborted]
    if (kind === 'o') return isList(value) ? [1] : []
    if (kind === 'f') return functionMeta(value as (...args: unknown[]) => unknown)
    if (kind === 'V') {
      const view = value as Uint8Array
      return [viewName(view), this.value(view.buffer), view.byteOffset, view.length]
    }
    return []
  }

  #cells(entry: HeapObject): Wire[] {
    const { kind, local } = entry
    if (isHandleKind(kind) || kind === 'e') {
      if (kind === 'f') return this.#functionCells(local as (...args: unknown[]) => unknown)
      if (kind === 'P') return this.#prototypeCells(local)
      return kind === 'e' ? this.#errorCells(local as Error) : this.#instanceCells(local)
    }
    if (kind === 's') return [this.value((local as AbortSignal).aborted ? (local as AbortSignal).reason : undefined)]
    if (!isFollowed(kind)) return []
    const cells = readCells(kind, local)
    this.context.replicas.agree(entry, cells)
    return cells.map((cell) => this.value(cell))
  }

  /** [prototype or null, parent class or null] */
  #functionCells(value: (...args: unknown[]) => unknown): Wire[] {
    if (isRememberedProxy(value)) return [null, null]
    const prototype: unknown = getOwnPropertyDescriptor(value, 'prototype')?.value
    const telling = typeof prototype === 'object' && prototype !== null && (isClass(value) || ownKeys(prototype).length > 1)
    const parent = getPrototypeOf(value)
    const derived = typeof parent === 'function' && !this.context.intrinsics.isIntrinsic(parent) && isClass(value)
    return [telling ? this.prototype(prototype) : null, derived ? this.value(parent) : null]
  }

  /** [parent, constructor, number of methods, ...(key, method), ...keys that must be asked for] */
  #prototypeCells(value: object): Wire[] {
    const { intrinsics, trusted } = this.context
    const methods: Wire[] = []
    const asked: Wire[] = []
    let constructor: Wire = ['u']
    for (const key of ownKeys(value)) {
      const member: unknown = getOwnPropertyDescriptor(value, key)?.value
      if (key === 'constructor') {
        if (typeof member === 'function' && !(trusted && intrinsics.isIntrinsic(member))) constructor = this.value(member)
      } else if (typeof member !== 'function') asked.push(this.value(key))
      else if (!trusted || !intrinsics.isIntrinsic(member)) methods.push(this.value(key), this.value(member))
    }
    return [this.prototype(getPrototypeOf(value)), constructor, methods.length / 2, ...methods, ...asked]
  }

  /** [prototype, ...own keys that hide a member of the prototypes] */
  #instanceCells(value: object): Wire[] {
    if (isRememberedProxy(value)) {
      const prototypes = isList(value) ? [Array.prototype, Object.prototype] : [Object.prototype]
      return [this.prototype(prototypes[0] as object), ...prototypes.flatMap(ownKeys).map((key) => this.value(key))]
    }
    const prototype = getPrototypeOf(value)
    const hiding = ownKeys(value).filter((key) => prototype !== null && key in prototype)
    return [this.prototype(prototype), ...hiding.map((key) => this.value(key))]
  }

  /** [prototype, ...(key, flags, value)] */
  #errorCells(value: Error): Wire[] {
    const cells: Wire[] = [this.prototype(getPrototypeOf(value))]
    for (const key of ownKeys(value)) {
      // Where a test threw something is a line of the tests.
      const property = getOwnPropertyDescriptor(value, key)
      if (!property) continue
      if (key === 'stack' && this.context.trusted) cells.push(key, 5, `${value.name}: ${value.message}`)
      else if ('value' in property) cells.push(this.value(key), flagsOf(property), this.value(property.value))
      // V8 once kept the stack behind an accessor; its text is all that is wanted.
      else if (key === 'stack') cells.push(key, 5, String(value.stack))
    }
    return cells
  }

  /** A reference that may only stand where a prototype is meant. */
  prototype(value: object | null): Wire {
    if (value === null) return null
    const token = this.context.intrinsics.prototypeToken(value)
    if (token !== null) return ['i', token]
    const known = this.context.heap.entryOf(value)
    if (known?.kind === 'P') return ['r', known.id]
    // What derives from any other object (Object.create) is asked for what it inherits from there.
    if (known) return this.prototype(isRememberedProxy(value) ? Object.prototype : getPrototypeOf(value))
    return ['r', this.#add(value, 'P').id]
  }
}

/** [name, number of parameters, 1 constructor + 2 class] */
function functionMeta(value: (...args: unknown[]) => unknown): Wire[] {
  if (isRememberedProxy(value)) return ['', 0, 1]
  const name: unknown = getOwnPropertyDescriptor(value, 'name')?.value
  const length: unknown = getOwnPropertyDescriptor(value, 'length')?.value
  const constructs = getOwnPropertyDescriptor(value, 'prototype') !== undefined && !isGenerator(value)
  return [
    typeof name === 'string' ? name : '',
    typeof length === 'number' && Number.isSafeInteger(length) ? length : 0,
    (constructs ? 1 : 0) | (isClass(value) ? 2 : 0),
  ]
}

const functionToString = Function.prototype.toString

function isClass(value: (...args: unknown[]) => unknown): boolean {
  return functionToString.call(value).startsWith('class')
}

function isGenerator(value: (...args: unknown[]) => unknown): boolean {
  return /^(?:async\s+)?function\s*\*|^(?:async\s*)?\*/.test(functionToString.call(value))
}
