import { isAsymmetricMatcher } from '../foreign'
import { ProtocolBreach } from './channel'
import { hasDisguise, isDisguiseOfCopy, unmask } from './disguises'
import { isOfForm, madeOf } from './engine-forms'
import { isError } from './kinds'
import type { StandIns } from './stand-ins'
import { writeCells } from './write-cells'

/*
 * Equality and printing look at everything an object has, many times over. They get a snapshot: data of this realm,
 * whose prototypes have nothing to call, so that no code of the solution runs while values are compared.
 */

type Isolate = (value: unknown) => unknown

export class Snapshots {
  /** The handles behind copies. */
  readonly #originals = new WeakMap<object, object>()

  constructor(readonly standIns: StandIns) {}

  isHandle(value: unknown): boolean {
    return this.standIns.handleOf(value) !== undefined
  }

  /** A local copy in which every instance handle is replaced; a value that holds none is returned as it is. */
  take(value: unknown): unknown {
    if (!this.#holdsHandle(value)) return value
    const done = new Map<object, unknown>()
    const isolate: Isolate = (part) => {
      if (typeof part !== 'object' || part === null) return part
      if (done.has(part)) return done.get(part)
      return this.isHandle(part) ? this.#ofHandle(part, done, isolate) : copyOf(part, done, isolate)
    }
    return isolate(value)
  }

  /** What matchers ask of a collection: how much it holds, and whether this is among it. Its methods may say anything. */
  elementsOf(value: unknown): unknown[] | null {
    const isCollection = value instanceof Array || value instanceof Map || value instanceof Set
    if (!isCollection || !this.isHandle(value)) return null
    const [form, ...cells] = this.#ask(value)
    if (form === 'a') return writtenList(cells)
    if (form === 't') return cells
    return form === 'm' ? cells.filter((_, at) => at % 2 === 1) : null
  }

  /** Copies walk no iterator; their handles do. */
  walked(a: unknown, b: unknown): [unknown[], unknown[]] | null {
    const [left, right] = [a, b].map((copy) => this.#originals.get(copy as object))
    return isWalkable(left) && isWalkable(right) ? [[...left], [...right]] : null
  }

  #ask(handle: object): unknown[] {
    const answer = this.standIns.context.ask('snap', [handle])
    if (answer.absent) throw new ProtocolBreach('a snapshot of nothing')
    return answer.list
  }

  #holdsHandle(value: unknown): boolean {
    const seen = new Set<object>()
    const waiting = [value]
    while (waiting.length > 0) {
      const part = waiting.pop()
      if (typeof part !== 'object' || part === null || seen.has(part)) continue
      if (this.isHandle(part) || (!isOpaque(part) && hasDisguise(part))) return true
      seen.add(part)
      waiting.push(...partsOf(part))
    }
    return false
  }

  #ofHandle(handle: object, done: Map<object, unknown>, isolate: Isolate): unknown {
    const [form, ...cells] = this.#ask(handle)
    const made = madeOf(form, cells)
    const copy = made ?? emptyOf(form)
    done.set(handle, copy)
    const isHidden = (key: PropertyKey, member: unknown): boolean => {
      return this.standIns.isHidden(key, member) || isDisguiseOfCopy(key, member, form === 'a')
    }
    if (form === 'd') {
      this.#originals.set(copy, handle)
      for (let at = 0; at < cells.length; at += 3) {
        const key = cells[at]
        const member = cells[at + 2]
        if ((typeof key !== 'string' && typeof key !== 'symbol') || isHidden(key, member)) continue
        define(copy, key, isolate(member), cells[at + 1] === true)
      }
    } else if (!made) {
      // Now, since a list that is frozen takes no other prototype.
      if (form === 'a') this.#inherit(copy, handle, form)
      writeCells(form as 'a' | 'm' | 't' | 'D', copy, cells.map(isolate), isHidden, true)
    }
    if (form !== 'a') this.#inherit(copy, handle, form)
    return copy
  }

  #inherit(copy: object, handle: object, form: unknown): void {
    Object.setPrototypeOf(copy, this.#inertPrototype(handle))
    if (form === 'd' || form === 'a') unmask(copy)
  }

  /** What a copy inherits from: nothing of the solution's that can be called, and nothing of the tests' own. */
  #inertPrototype(handle: object): object | null {
    const { twins, context } = this.standIns
    const prototype = Reflect.getPrototypeOf(handle)
    if (prototype === null) return null
    return this.isHandle(prototype) || context.intrinsics.isIntrinsic(prototype) ? twins.inert(prototype) : Object.prototype
  }
}

function isWalkable(handle: object | undefined): handle is Iterable<unknown> {
  return handle !== undefined && typeof (handle as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function'
}

/** Only the elements: nothing of the list's own hides a method. */
function writtenList(cells: unknown[]): unknown[] {
  const list: unknown[] = []
  writeCells('a', list, cells, () => true, true)
  return list
}

function emptyOf(form: unknown): object {
  if (form === 'd') return {}
  if (form === 'a') return []
  if (form === 'm') return new Map()
  if (form === 't') return new Set()
  if (form === 'D') return new Date(NaN)
  throw new ProtocolBreach('a snapshot of an unknown form')
}

/** What equality would look into. */
function partsOf(value: object): unknown[] {
  if (value instanceof Map) return [...value.keys(), ...value.values()]
  if (value instanceof Set) return [...value]
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof Promise || isAsymmetricMatcher(value)) return []
  return Reflect.ownKeys(value).map((key): unknown => Reflect.getOwnPropertyDescriptor(value, key)?.value)
}

function copyOf(value: object, done: Map<object, unknown>, isolate: Isolate): unknown {
  const keep = (copy: object): object => {
    done.set(value, copy)
    return copy
  }
  if (value instanceof Map) {
    const copy = keep(Object.setPrototypeOf(new Map(), Reflect.getPrototypeOf(value)) as object) as Map<unknown, unknown>
    for (const [key, content] of value) copy.set(isolate(key), isolate(content))
    return copy
  }
  if (value instanceof Set) {
    const copy = keep(Object.setPrototypeOf(new Set(), Reflect.getPrototypeOf(value)) as object) as Set<unknown>
    for (const element of value) copy.add(isolate(element))
    return copy
  }
  if (isOpaque(value)) return keep(value)
  const prototype = Reflect.getPrototypeOf(value)
  const copy = keep(Array.isArray(value) ? [] : (Object.create(prototype) as object))
  for (const key of Reflect.ownKeys(value)) {
    const property = Reflect.getOwnPropertyDescriptor(value, key)
    if (!property) continue
    if ('value' in property) {
      if (isDisguiseOfCopy(key, property.value, Array.isArray(value))) continue
      property.value = isolate(property.value)
    }
    Reflect.defineProperty(copy, key, property)
  }
  return copy
}

/** Compared by identity, or by content that no copy has. */
function isOpaque(value: object): boolean {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof Promise ||
    value instanceof Date || value instanceof RegExp || isError(value) || isAsymmetricMatcher(value) || isOfForm(value)
}

function define(object: object, key: PropertyKey, value: unknown, enumerable: boolean): void {
  Object.defineProperty(object, key, { value, enumerable, writable: true, configurable: true })
}
