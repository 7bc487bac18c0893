import { ProtocolBreach } from './channel'
import { isFixed, readCells, sameCells } from './cells'
import { isDisguiseOfCopy } from './disguises'
import type { Heap, HeapObject } from './heap'
import type { Intrinsics } from './intrinsics'
import { isFollowed, isHandleKind, isKind, VIEWS, type Kind } from './kinds'
import type { Replicas } from './replicas'
import type { StandIns } from './stand-ins'
import type { Twins } from './twins'
import { writeCells } from './write-cells'
import { HOLE, readId, readList, readNumber, readText, type Wire } from './wire'

export interface DecoderContext {
  heap: Heap
  replicas: Replicas
  intrinsics: Intrinsics
  standIns: StandIns
  twins: Twins
}

interface Shell {
  entry: HeapObject
  meta: Wire[]
  cells: Wire[]
}

const MAX_BUFFER = 4 * 1024 * 1024
const MAX_SYMBOL_NAMES = 256
const MAX_SYMBOL_NAME = 256

/**
 * Takes values out of a frame. Nothing in it is believed: every id, kind and count is checked, and what an honest end
 * does not send is a breach. First all new objects come into being empty, then they are filled, so that they may hold
 * each other in any way.
 */
export class Decoder {
  readonly #registeredNames = new Set<string>()

  constructor(readonly context: DecoderContext) {}

  /** Takes in the frame's new objects and its changes of known ones. */
  takeIn(heapEntries: Wire[], updates: Wire[]): void {
    const shells = this.#makeShells(heapEntries)
    const isError = ({ entry }: Shell): boolean => entry.kind === 'e'
    for (const shell of shells) if (!isError(shell)) this.#fill(shell)
    // An error gets an object made from its prototype's members, which must be known by then.
    for (const shell of shells) if (isError(shell)) this.#fill(shell)
    for (const update of updates) this.#update(readList(update, 'update'))
  }

  /** The value that the wire form means here. */
  value(wire: unknown): unknown {
    if (!Array.isArray(wire)) return primitive(wire)
    const [tag, first, second, third] = wire as Wire[]
    switch (tag) {
      case 'r':
        return this.#find(first).local
      case 'u':
        return undefined
      case 'n':
        return specialNumber(first)
      case 'b':
        return bigInt(first)
      case 'y':
        return this.#symbol(first, second, third)
      case 'i':
        return this.#builtIn(readText(first, 'token')) ?? breach('a token that names nothing')
      case 'h':
        return HOLE
      default:
        return breach('an unknown tag')
    }
  }

  /** The prototype that the wire form means; it may stand nowhere else. */
  prototype(wire: unknown): object | null {
    if (wire === null) return null
    const [tag, first] = readList(wire, 'prototype')
    if (tag === 'i') return this.context.intrinsics.findPrototype(readText(first, 'token')) ?? breach('no such prototype')
    if (tag !== 'r') return breach('a prototype that is no reference')
    const entry = this.#find(first)
    // What stands in for an error's prototype on the error's own side is an ordinary object of this realm.
    return entry.kind === 'P' ? entry.local : breach('a prototype that is none')
  }

  #builtIn(token: string): object | null {
    const { heap, intrinsics, standIns } = this.context
    if (standIns.context.trusted) return heap.mayName(token) ? intrinsics.find(token) : null
    heap.noteGiven(token)
    // Where the tests hold the clock of this realm, what is called Date here is theirs.
    return token === 'Date' ? globalThis.Date : intrinsics.find(token)
  }

  #find(id: unknown): HeapObject {
    return this.context.heap.find(readId(id)) ?? breach('an id that was never given')
  }

  #symbol(form: unknown, name: unknown, description: unknown): symbol {
    if (form === 'k') return this.context.intrinsics.findSymbol(readText(name, 'symbol')) ?? breach('no such symbol')
    if (form === 'f') return this.#registered(readText(name, 'symbol'))
    if (form !== 'i') return breach('an unknown symbol')
    return this.context.heap.symbolOf(readId(name), typeof description === 'string' ? description : undefined)
  }

  /** The realm never forgets a registered symbol, and is used again for other solutions. */
  #registered(name: string): symbol {
    if (!this.context.standIns.context.trusted) return Symbol.for(name)
    this.#registeredNames.add(name)
    if (name.length > MAX_SYMBOL_NAME || this.#registeredNames.size > MAX_SYMBOL_NAMES) return breach('too many symbols')
    return Symbol.for(name)
  }

  #makeShells(heapEntries: Wire[]): Shell[] {
    const described = heapEntries.map((entry) => {
      const [id, kind, meta, cells] = readList(entry, 'heap entry')
      const text = readText(kind, 'kind')
      if (!isKind(text)) return breach('an unknown kind')
      return { id: readId(id), kind: text, meta: readList(meta, 'meta'), cells: readList(cells, 'cells') }
    })
    const make = ({ id, kind, meta, cells }: (typeof described)[number]): Shell => {
      const entry = this.context.heap.addForeign(id, this.#shell(id, kind, meta), kind)
      return { entry, meta, cells }
    }
    // A view is made of its buffer, which may be described after it.
    const views = described.filter(({ kind }) => kind === 'V')
    return [...described.filter(({ kind }) => kind !== 'V').map(make), ...views.map(make)]
  }

  #shell(id: number, kind: Kind, meta: Wire[]): object {
    if (isHandleKind(kind)) return this.context.standIns.create(id, kind as 'f' | 'o' | 'P', meta)
    switch (kind) {
      case 'a':
        return []
      case 'd':
        return {}
      case 'n':
        return Object.create(null) as object
      case 'm':
        return new Map()
      case 't':
        return new Set()
      case 'D':
        return new Date(NaN)
      case 'e':
        return new Error()
      case 'N':
        return Object.defineProperty({}, '__esModule', { value: true, configurable: true })
      case 'p':
        return this.context.twins.promise(id)
      case 's':
        return this.context.twins.signal(id)
      default:
        return this.#valueShell(kind, meta)
    }
  }

  #valueShell(kind: Kind, meta: Wire[]): object {
    const [first, second, third, fourth] = meta
    if (kind === 'R') return regExp(readText(first, 'pattern'), readText(second, 'flags'))
    if (kind === 'w') return boxed(this.value(first))
    if (kind === 'B') return new ArrayBuffer(within(readNumber(first, 'size'), MAX_BUFFER))
    if (kind === 'x') return domException(readText(second, 'message'), readText(first, 'name'))
    const View = VIEWS.get(readText(first, 'view')) ?? breach('an unknown view')
    const buffer = this.value(second)
    if (!(buffer instanceof ArrayBuffer)) return breach('a view of no buffer')
    try {
      return new View(buffer, readNumber(third, 'offset'), readNumber(fourth, 'length'))
    } catch {
      return breach('a view beyond its buffer')
    }
  }

  #fill({ entry, meta, cells }: Shell): void {
    const { standIns, twins, replicas } = this.context
    if (entry.kind === 'f') standIns.fillFunction(entry, this.#prototypeOrNothing(cells[0]), this.value(cells[1] ?? null))
    else if (entry.kind === 'P') this.#fillPrototype(entry, cells)
    else if (entry.kind === 'o') {
      standIns.fillInstance(entry, this.prototype(cells[0]), cells.slice(1).map((key) => this.#key(key)))
    } else if (entry.kind === 'e') this.#fillError(entry.local as Error, cells)
    else if (entry.kind === 's') twins.fillSignal(entry.id, meta[0] === true, this.value(cells[0]))
    else if (isFollowed(entry.kind)) {
      const content = cells.map((cell) => this.value(cell))
      writeCells(entry.kind, entry.local, content, standIns.isHidden, true)
      replicas.agree(entry, content)
    }
  }

  #prototypeOrNothing(wire: Wire | undefined): object | null {
    return wire === undefined ? null : this.prototype(wire)
  }

  #fillPrototype(entry: HeapObject, cells: Wire[]): void {
    const [parent, constructor, count] = cells
    const methods: [string | symbol, unknown][] = []
    const end = 3 + 2 * within(readNumber(count, 'number of methods'), cells.length)
    for (let at = 3; at < end; at += 2) methods.push([this.#key(cells[at]), this.value(cells[at + 1])])
    const asked = cells.slice(end).map((key) => this.#key(key))
    this.context.standIns.fillPrototype(entry, {
      parent: this.#prototypeOrNothing(parent),
      constructor: this.value(constructor),
      methods,
      asked,
    })
  }

  #fillError(error: Error, cells: Wire[]): void {
    const { standIns } = this.context
    const prototype = this.prototype(cells[0] ?? null)
    Object.setPrototypeOf(error, prototype === null ? null : standIns.forwardingPrototype(prototype))
    if (!this.context.intrinsics.isOfErrors(error)) return breach('an error of another class')
    Reflect.deleteProperty(error, 'stack')
    for (let at = 1; at < cells.length; at += 3) {
      const key = this.#key(cells[at])
      const flags = readNumber(cells[at + 1], 'flags')
      const value = this.value(cells[at + 2])
      if (standIns.isHidden(key, value) || (standIns.context.trusted && isDisguiseOfCopy(key, value))) continue
      const writable = (flags & 1) !== 0
      Object.defineProperty(error, key, { value, writable, enumerable: (flags & 2) !== 0, configurable: true })
    }
  }

  #update([id, cells]: Wire[]): void {
    const entry = this.#find(id)
    if (entry.kind === 'o' && !this.context.standIns.context.trusted) return this.#keepLent(entry, readList(cells, 'members'))
    if (!isFollowed(entry.kind)) return breach('new content for what has none')
    if (entry.kind === 'N' && this.context.heap.isOwn(entry)) return breach('new content for exports')
    const content = readList(cells, 'cells').map((cell) => this.value(cell))
    if (isFixed(entry.kind, entry.local)) return this.#compareFixed(entry, content)
    writeCells(entry.kind, entry.local, content, this.context.standIns.isHidden)
    this.context.replicas.agree(entry, content)
  }

  /** This end may have frozen it since the other end last heard of it. */
  #compareFixed(entry: HeapObject, content: unknown[]): void {
    if (sameCells(readCells(entry.kind, entry.local), content)) this.context.replicas.agree(entry, content)
    else this.context.replicas.drop(entry)
  }

  #keepLent(entry: HeapObject, members: Wire[]): void {
    if (this.context.heap.isOwn(entry)) return breach('news of a member that is not theirs')
    this.context.standIns.keepLent(entry, members.map((part, at) => (at % 2 === 0 ? this.#key(part) : this.value(part))))
  }

  #key(wire: unknown): string | symbol {
    const key = this.value(wire)
    return typeof key === 'string' || typeof key === 'symbol' ? key : breach('a key is neither text nor symbol')
  }
}

function breach(what: string): never {
  throw new ProtocolBreach(what)
}

function primitive(wire: unknown): unknown {
  const type = typeof wire
  return wire === null || type === 'string' || type === 'number' || type === 'boolean' ? wire : breach('an unknown value')
}

function specialNumber(text: unknown): number {
  if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') return Number(text)
  return text === '-0' ? -0 : breach('an unknown number')
}

function bigInt(digits: unknown): bigint {
  return typeof digits === 'string' && /^-?\d{1,20000}$/.test(digits) ? BigInt(digits) : breach('an unknown bigint')
}

function within(value: number, max: number): number {
  return Number.isSafeInteger(value) && value >= 0 && value <= max ? value : breach('a count out of bounds')
}

function regExp(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags)
  } catch {
    return breach('an impossible pattern')
  }
}

function boxed(value: unknown): object {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return breach('an unknown box')
  return Object(value) as object
}

function domException(message: string, name: string): object {
  return new DOMException(message, name)
}

