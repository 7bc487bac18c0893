import { ProtocolBreach } from './channel'
import { readCells } from './cells'
import { describeProperty, readProperty } from './descriptors'
import { formOf } from './engine-forms'
import type { Heap } from './heap'
import type { Intrinsics } from './intrinsics'
import { isHandleKind } from './kinds'
import type { LentMembers } from './lent-members'
import { MACHINERY } from './machinery'
import type { Answer } from './stand-ins'

/*
 * What the other end may ask of this end's objects. On the judge's side this is the border: a solution that could
 * reach anything here but what a test gave it could grade itself. So a target is always an object of this end's own
 * that has crossed; a built-in is never a target nor a `this`; and names that lead from an object to the machinery
 * behind it show nothing. Honest stand-ins answer those themselves.
 */

export interface ServerContext {
  heap: Heap
  intrinsics: Intrinsics
  trusted: boolean
  /** Of the judge's objects; null at the guest's end, which lends nothing. */
  lent: LentMembers | null
  /** Runs a driver's text beside the solution; null where there is none. */
  drive: ((source: string, args: unknown[]) => unknown) | null
}

type Method = (...args: unknown[]) => unknown
type Operation = (values: unknown[]) => Answer

const one = (value: unknown): Answer => ({ absent: false, list: [value] })
const ABSENT: Answer = { absent: true }

export class Server {
  readonly #operations: Record<string, Operation>

  constructor(readonly context: ServerContext) {
    this.#operations = {
      call: ([fn, self, ...args]) => one(Reflect.apply(this.#function(fn), this.#self(self), args)),
      new: ([fn, ...args]) => one(Reflect.construct(this.#function(fn), args)),
      invoke: ([self, key, ...args]) => one(Reflect.apply(this.#method(self, key), self, args)),
      method: ([self, token, ...args]) => one(Reflect.apply(this.#builtIn(token, this.#changeable(self)), self, args)),
      get: ([object, key]) => this.#getAndLend(this.#target(object), this.#key(key)),
      set: ([object, key, value]) => one(this.#set(this.#changeable(object), this.#changeableKey(object, key), value)),
      has: ([object, key]) => one(this.#has(this.#target(object), this.#key(key))),
      del: ([object, key]) => one(Reflect.deleteProperty(this.#changeable(object), this.#changeableKey(object, key))),
      own: ([object]) => listOrAbsent(this.#keys(this.#target(object))),
      desc: ([object, key]) => this.#describe(this.#target(object), this.#key(key)),
      def: ([object, key, ...property]) => {
        return one(Reflect.defineProperty(this.#changeable(object), this.#changeableKey(object, key), readProperty(property)))
      },
      ext: ([object]) => one(Reflect.isExtensible(this.#target(object))),
      prevent: ([object]) => one(Reflect.preventExtensions(this.#changeable(object))),
      snap: ([object]) => ({ absent: false, list: this.#snapshot(this.#target(object)) }),
      drive: ([source, ...args]) => one(this.#drive(source, args)),
    }
  }

  /** @throws ProtocolBreach for a question that no honest end asks; else whatever this end's code throws */
  answer(operation: string, values: unknown[]): Answer {
    const serve = Object.hasOwn(this.#operations, operation) ? this.#operations[operation] : undefined
    if (!serve) throw new ProtocolBreach('an unknown operation')
    return serve(values)
  }

  #target(value: unknown): object {
    const entry = typeof value === 'object' || typeof value === 'function' ? this.context.heap.entryOf(value as object) : undefined
    if (!entry || !this.context.heap.isOwn(entry)) throw new ProtocolBreach('a target that is not ours')
    if (!isHandleKind(entry.kind) && entry.kind !== 'e') throw new ProtocolBreach('a target that is data')
    return entry.local
  }

  #function(value: unknown): Method {
    const target = this.#target(value)
    if (typeof target !== 'function') throw new ProtocolBreach('a call of what is no function')
    return target as Method
  }

  /** Objects whose shape belongs to the tests alone: functions, classes and what instances inherit. */
  #changeable(value: unknown): object {
    const target = this.#target(value)
    if (!this.context.trusted) return target
    if (typeof target === 'function' || this.context.heap.entryOf(target)?.kind === 'P') {
      throw new ProtocolBreach('a change of a function or a prototype')
    }
    return target
  }

  #self(value: unknown): unknown {
    const refused = this.context.trusted && typeof value === 'function' && this.context.intrinsics.isIntrinsic(value)
    if (refused) throw new ProtocolBreach('a built-in as this')
    return value
  }

  #key(value: unknown): string | symbol {
    if (typeof value !== 'string' && typeof value !== 'symbol') throw new ProtocolBreach('a key is neither text nor symbol')
    return value
  }

  #changeableKey(object: unknown, value: unknown): string | symbol {
    const key = this.#key(value)
    if (this.context.trusted && (MACHINERY.has(key) || key in Object.prototype || this.#isInternal(object as object, key))) {
      throw new TypeError(`'${String(key)}' of an object of the tests cannot be changed.`)
    }
    return key
  }

  /**
   * Whether the engine, and no test, put the member there: what its own classes keep under symbols is shared by all
   * their objects, and the stack of an error says where the tests are.
   */
  #isInternal(target: object, key: PropertyKey): boolean {
    if (!this.context.trusted || !Object.hasOwn(target, key)) return false
    if (key === 'stack') return target instanceof Error
    const { intrinsics } = this.context
    if (typeof key !== 'symbol' || Symbol.keyFor(key) !== undefined || intrinsics.symbolName(key) !== null) return false
    return intrinsics.isOfEngine(target)
  }

  #has(target: object, key: PropertyKey): boolean {
    return !this.#isInternal(target, key) && Reflect.has(target, key)
  }

  #keys(target: object): (string | symbol)[] {
    return Reflect.ownKeys(target).filter((key) => !this.#isInternal(target, key))
  }

  #get(target: object, key: PropertyKey): Answer {
    if (!this.context.trusted) {
      const value: unknown = Reflect.get(target, key)
      // A proxy may answer to names that it says it does not have.
      return value !== undefined || Reflect.has(target, key) ? one(value) : ABSENT
    }
    if (MACHINERY.has(key) || this.#isInternal(target, key)) return ABSENT
    // On a function, what it inherits and what its getters do is the judge's own; a spy's members are the judge's too.
    if (typeof target === 'function') return ownData(target, key)
    for (let at: object | null = target; at !== null; at = Reflect.getPrototypeOf(at)) {
      const property = Reflect.getOwnPropertyDescriptor(at, key)
      if (!property) continue
      if (!this.context.intrinsics.isIntrinsic(at)) return one(Reflect.get(target, key))
      const getter = property.get
      return getter && this.context.intrinsics.isCallableGetter(getter) ? one(Reflect.apply(getter, target, [])) : ABSENT
    }
    return ABSENT
  }

  /** For a stand-in, which keeps the value where it can. */
  #getAndLend(target: object, key: PropertyKey): Answer {
    const answer = this.#get(target, key)
    const entry = this.context.heap.entryOf(target)
    if (entry) this.context.lent?.lend(entry, key)
    return answer
  }

  #set(target: object, key: PropertyKey, value: unknown): boolean {
    if (!Reflect.set(target, key, value)) throw new TypeError(`Cannot assign to property '${String(key)}'.`)
    return true
  }

  #method(self: unknown, key: unknown): Method {
    const answer = this.#get(this.#target(self), this.#key(key))
    const member = answer.absent ? undefined : answer.list[0]
    if (typeof member !== 'function') throw new TypeError(`${String(key)} is not a function`)
    if (this.context.trusted && this.context.intrinsics.isIntrinsic(member)) throw new ProtocolBreach('a call of a built-in')
    return member as Method
  }

  /** On the judge's side only what the target itself inherits: any other would make text of it, or never end on it. */
  #builtIn(token: unknown, target: object): Method {
    const { intrinsics, trusted } = this.context
    const method = typeof token === 'string' ? intrinsics.findMethod(token) : null
    if (!method || (trusted && !intrinsics.inherits(target, method))) {
      throw new ProtocolBreach('a built-in method that is out of bounds')
    }
    return method
  }

  #describe(target: object, key: PropertyKey): Answer {
    const property = Reflect.getOwnPropertyDescriptor(target, key)
    if (!property || (this.context.trusted && MACHINERY.has(key)) || this.#isInternal(target, key)) return ABSENT
    if (this.context.trusted && typeof target === 'function' && !('value' in property)) return ABSENT
    return { absent: false, list: describeProperty(property) }
  }

  /** What equality looks at: [form, ...content], without running more than own getters. */
  #snapshot(target: object): unknown[] {
    if (this.context.trusted) throw new ProtocolBreach('a snapshot of what belongs to the tests')
    if (Array.isArray(target)) return ['a', ...readCells('a', target)]
    if (target instanceof Map) return ['m', ...readCells('m', target)]
    if (target instanceof Set) return ['t', ...readCells('t', target)]
    if (target instanceof Date) return ['D', ...readCells('D', target)]
    const form = formOf(target, this.context.intrinsics)
    if (form) return form
    const content = Reflect.ownKeys(target).flatMap((key) => {
      const property = Reflect.getOwnPropertyDescriptor(target, key)
      if (!property) return []
      return [key, property.enumerable === true, Reflect.get(target, key) as unknown]
    })
    return ['d', ...content]
  }

  #drive(source: unknown, args: unknown[]): unknown {
    if (!this.context.drive || typeof source !== 'string') throw new ProtocolBreach('a driver where there is none')
    return this.context.drive(source, args)
  }
}

/** An answer holds one value at least, so that an object without keys says that there are none. */
function listOrAbsent(list: unknown[]): Answer {
  return list.length > 0 ? { absent: false, list } : ABSENT
}

function ownData(target: object, key: PropertyKey): Answer {
  if ('_isMockFunction' in target || 'getMockImplementation' in target) return ABSENT
  const property = Reflect.getOwnPropertyDescriptor(target, key)
  return property && 'value' in property ? one(property.value) : ABSENT
}
