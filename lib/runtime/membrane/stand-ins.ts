import { ProtocolBreach } from './channel'
import { isDisguise } from './disguises'
import { functionHandler } from './function-handler'
import type { HeapObject } from './heap'
import { instanceHandler } from './instance-handler'
import type { Intrinsics } from './intrinsics'
import { HOLE, readNumber, readText, type Id, type Wire } from './wire'
import { OwnProxy } from './remembered-proxies'
import { PrototypeTwins } from './prototype-twins'

/** Asks the other end, which owns the object, and waits. `values[0]` is what it is about. */
export type Ask = (operation: string, values: unknown[]) => Answer

/** `list` holds one value for most questions; `absent` says that there is no such property. */
export type Answer = { absent: false; list: unknown[] } | { absent: true }

/** What this end knows of a handle without asking. */
export interface Handle {
  id: Id
  kind: 'f' | 'o' | 'P'
  /** The stand-in itself. */
  proxy: object
  /** What the language checks a proxy against; it holds what must not vary. */
  target: object
  /** Next object in the chain: a stand-in of kind P, an object of this realm, or null. */
  prototype: object | null
  /** Methods of a prototype object. */
  methods: Map<PropertyKey, unknown>
  /** Keys whose value only the owner knows: own members that hide inherited ones, accessors, anything set since. */
  asked: Set<PropertyKey>
  /** The class that a prototype object belongs to. */
  constructor: unknown
  /** Own members whose values the owner tells whenever they change (lent-members.ts). */
  lent: Map<PropertyKey, unknown>
}

/** Classes derived from each other. */
const MAX_CHAIN = 200

export interface StandInContext {
  ask: Ask
  intrinsics: Intrinsics
  /** Whether this end is the judge's. */
  trusted: boolean
  /** Called with a value of the other end's that is read where this end keeps it, without a crossing. */
  touch: (value: unknown) => void
}

/** Makes the local stand-ins of the other end's functions, instances and prototype objects. */
export class StandIns {
  readonly #handles = new WeakMap<object, Handle>()
  readonly #byId = new Map<Id, Handle>()
  readonly twins: PrototypeTwins
  /** The method that was last read, and of what: its call names the key, so that the owner finds what is there now. */
  lastRead: { owner: object; key: PropertyKey; method: unknown } | null = null

  constructor(readonly context: StandInContext) {
    this.twins = new PrototypeTwins(this)
  }

  /** Whether such a property must not exist on anything that came from the other end. */
  readonly isHidden = (key: PropertyKey, value?: unknown, isList?: boolean): boolean => {
    return (this.context.trusted && isDisguise(key, value, isList)) || (this.#settling && key === 'then')
  }

  #settling = false

  /**
   * Runs a step that settles a promise with a value of the other end. The language then looks for a `then`; there is
   * none, since the value came out of a promise, and nobody waits at the other end to answer.
   */
  settling<T>(step: () => T): T {
    this.#settling = true
    try {
      return step()
    } finally {
      this.#settling = false
    }
  }

  handleOf(value: unknown): Handle | undefined {
    return this.#handles.get(value as object)
  }

  create(id: Id, kind: Handle['kind'], meta: Wire[]): object {
    // What stands for a list is one, for `Array.isArray` and all that asks likewise.
    const target = kind === 'f' ? functionTarget(meta) : kind === 'o' && meta[0] === 1 ? [] : {}
    const handle: Handle = {
      id, kind, target, proxy: target, prototype: null, methods: new Map(), asked: new Set(), constructor: undefined,
      lent: new Map(),
    }
    handle.proxy = new OwnProxy(target, kind === 'f' ? functionHandler(this, handle) : instanceHandler(this, handle))
    this.#handles.set(handle.proxy, handle)
    this.#byId.set(id, handle)
    return handle.proxy
  }

  fillFunction({ id }: HeapObject, prototype: object | null, parent: unknown): void {
    const handle = this.#get(id)
    if (typeof parent === 'function') Object.setPrototypeOf(handle.target, parent)
    if (prototype !== null) setPrototypeProperty(handle.target, prototype)
  }

  fillInstance({ id }: HeapObject, prototype: object | null, asked: (string | symbol)[]): void {
    const handle = this.#get(id)
    this.#inherit(handle, prototype)
    for (const key of asked) handle.asked.add(key)
  }

  fillPrototype(
    { id }: HeapObject,
    content: { parent: object | null; constructor: unknown; methods: [string | symbol, unknown][]; asked: (string | symbol)[] },
  ): void {
    const handle = this.#get(id)
    this.#inherit(handle, content.parent)
    for (const [key, method] of content.methods) if (!this.isHidden(key)) handle.methods.set(key, method)
    for (const key of content.asked) if (!this.isHidden(key)) handle.asked.add(key)
    handle.constructor = content.constructor
    const constructor = this.handleOf(content.constructor)
    if (constructor?.kind === 'f') setPrototypeProperty(constructor.target, handle.proxy)
  }

  /** Keeps what the owner tells of members: pairs of a key and a value, or HOLE for one that must be asked for again. */
  keepLent({ id }: HeapObject, members: unknown[]): void {
    const { lent } = this.#get(id)
    for (let at = 0; at < members.length; at += 2) {
      const key = members[at] as PropertyKey
      if (members[at + 1] === HOLE) lent.delete(key)
      else lent.set(key, members[at + 1])
    }
  }

  /** An ordinary object of this realm with the members of the prototype, for real errors to inherit from. */
  forwardingPrototype(prototype: object): object {
    return this.twins.forwarding(prototype)
  }

  #inherit(handle: Handle, prototype: object | null): void {
    handle.prototype = prototype
    let length = 0
    // The language finds no cycle that goes through a proxy.
    for (let at = this.handleOf(prototype); at; at = this.handleOf(at.prototype)) {
      if (++length > MAX_CHAIN) throw new ProtocolBreach('a chain of prototypes without end')
    }
    Object.setPrototypeOf(handle.target, prototype)
  }

  #get(id: Id): Handle {
    const handle = this.#byId.get(id)
    if (!handle) throw new ProtocolBreach('no stand-in of that id')
    return handle
  }
}

/** Whether the property can be set at all: only functions that construct have one. */
function setPrototypeProperty(target: object, prototype: object): void {
  const property = Reflect.getOwnPropertyDescriptor(target, 'prototype')
  if (property?.writable) (target as { prototype: object }).prototype = prototype
}

function functionTarget([name, length, flags]: Wire[]): object {
  const constructs = (readNumber(flags, 'flags') & 1) !== 0
  // Only a `function` has a `prototype`, which the language then insists that its proxy has too.
  const target: object = constructs ? function () {} : () => {}
  Object.defineProperty(target, 'name', { value: readText(name, 'name'), configurable: true })
  Object.defineProperty(target, 'length', { value: readNumber(length, 'length'), configurable: true })
  return target
}
