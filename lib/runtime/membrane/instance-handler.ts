import { describeProperty, readProperty } from './descriptors'
import type { Handle, StandIns } from './stand-ins'

const { getOwnPropertyDescriptor } = Reflect

/** How a stand-in of an instance or a prototype object behaves. */
export function instanceHandler(standIns: StandIns, handle: Handle): ProxyHandler<object> {
  const { context } = standIns
  const { ask } = context

  return {
    get: (target, key, receiver: unknown) => {
      if (standIns.isHidden(key)) return undefined
      const fixed = getOwnPropertyDescriptor(target, key)
      if (fixed && !fixed.configurable && 'value' in fixed && !fixed.writable) return fixed.value as unknown
      const found = handle.lent.has(key) ? lentMember(standIns, handle, key) : findMember(standIns, handle, key)
      if (found) {
        standIns.lastRead = { owner: receiver as object, key, method: found.member }
        return found.member
      }
      const answer = ask('get', [handle.proxy, key])
      if (answer.absent || standIns.isHidden(key, answer.list[0])) return undefined
      standIns.lastRead = { owner: receiver as object, key, method: answer.list[0] }
      return answer.list[0]
    },
    set: (target, key, value, receiver) => {
      if (receiver !== handle.proxy) return setOnHeir(mirror(standIns, handle, target, key), target, key, value, receiver)
      ask('set', [handle.proxy, key, value])
      forget(standIns, handle, key)
      return true
    },
    has: (target, key) => {
      if (standIns.isHidden(key)) return false
      const known = getOwnPropertyDescriptor(target, key)
      if (known && !known.configurable) return true
      if (!known && findMember(standIns, handle, key)) return true
      const { list } = ask('has', [handle.proxy, key]) as { list: unknown[] }
      return list[0] === true || !Reflect.deleteProperty(target, key)
    },
    deleteProperty: (target, key) => {
      const { list } = ask('del', [handle.proxy, key]) as { list: unknown[] }
      forget(standIns, handle, key)
      return list[0] === true && Reflect.deleteProperty(target, key)
    },
    defineProperty: (target, key, property) => {
      const { list } = ask('def', [handle.proxy, key, ...describeProperty(property)]) as { list: unknown[] }
      forget(standIns, handle, key)
      if (list[0] === true && (property.configurable === false || Object.hasOwn(target, key))) mirror(standIns, handle, target, key)
      return list[0] === true
    },
    getOwnPropertyDescriptor: (target, key) => {
      if (standIns.isHidden(key)) return undefined
      return mirror(standIns, handle, target, key)
    },
    ownKeys: (target) => {
      const keys = keysOfOwner(standIns, handle)
      const known = new Set<PropertyKey>(keys)
      // An object that takes no more properties can still lose some.
      for (const key of Reflect.ownKeys(target)) if (!known.has(key)) Reflect.deleteProperty(target, key)
      return [...new Set([...keys, ...Reflect.ownKeys(target)])]
    },
    getPrototypeOf: (target) => Reflect.getPrototypeOf(target),
    setPrototypeOf: (target, prototype) => {
      if (prototype === Reflect.getPrototypeOf(target)) return true
      throw new TypeError('The prototype of an object of the solution cannot be changed from a test.')
    },
    isExtensible: (target) => {
      if (!Reflect.isExtensible(target)) return false
      const { list } = ask('ext', [handle.proxy]) as { list: unknown[] }
      if (list[0] === true) return true
      lock(standIns, handle, target)
      return false
    },
    preventExtensions: (target) => {
      ask('prevent', [handle.proxy])
      lock(standIns, handle, target)
      return true
    },
  }
}

/** What the language does when an object that inherits from the stand-in is assigned to. */
function setOnHeir(
  own: PropertyDescriptor | undefined, target: object, key: PropertyKey, value: unknown, heir: unknown,
): boolean {
  if (!own) {
    const parent = Reflect.getPrototypeOf(target)
    if (parent !== null) return Reflect.set(parent, key, value, heir)
  }
  if (own && !('value' in own)) return own.set !== undefined && (Reflect.apply(own.set, heir, [value]), true)
  if (own?.writable === false || typeof heir !== 'object' || heir === null) return false
  const known = getOwnPropertyDescriptor(heir, key)
  return Reflect.defineProperty(heir, key, known ? { value } : { value, writable: true, enumerable: true, configurable: true })
}

/** A member that this end keeps. What is done to its content must be seen, as if it had just been asked for. */
function lentMember(standIns: StandIns, handle: Handle, key: PropertyKey): { member: unknown } {
  const member = handle.lent.get(key)
  if (typeof member === 'object' && member !== null) standIns.context.touch(member)
  return { member }
}

/** A member that needs no question: a method of a prototype object, or of a built-in class of this realm. */
function findMember(standIns: StandIns, handle: Handle, key: PropertyKey): { member: unknown } | null {
  if (handle.asked.has(key)) return null
  for (let at: object | null = handle.kind === 'P' ? handle.proxy : handle.prototype; at !== null; ) {
    const known = standIns.handleOf(at)
    if (!known) return localMember(standIns, at, key)
    if (known.asked.has(key)) return null
    if (known.methods.has(key)) return { member: known.methods.get(key) }
    if (key === 'constructor' && known.constructor !== undefined) return { member: known.constructor }
    at = known.prototype
  }
  return null
}

/** What an instance inherits from this realm's own classes. Their methods work on real objects only. */
function localMember(standIns: StandIns, prototype: object, key: PropertyKey): { member: unknown } | null {
  for (let at: object | null = prototype; at !== null; at = Reflect.getPrototypeOf(at)) {
    const property = getOwnPropertyDescriptor(at, key)
    if (!property) continue
    // Where heirs may have a method of their own, an accessor holds the built-in's (lock.ts).
    const member: unknown = property.get ? standIns.context.intrinsics.methodOf(at, key) : property.value
    if (property.get && !member) return null
    if (typeof member !== 'function' || key === 'constructor' || at === Object.prototype) return { member }
    const token = standIns.context.intrinsics.methodToken(member)
    return { member: token === null ? member : forwarder(standIns, member as Method, token) }
  }
  return null
}

type Method = (...args: unknown[]) => unknown

const forwarders = new WeakMap<StandIns, Map<Method, Method>>()

/** The built-in method as one that also works on stand-ins, by having the owner call its own. */
function forwarder(standIns: StandIns, method: Method, token: string): Method {
  const known = forwarders.get(standIns) ?? new Map<Method, Method>()
  forwarders.set(standIns, known)
  const made = known.get(method)
  if (made) return made
  const returnsItself = token === '%Iterator%.prototype.Symbol(Symbol.iterator)' ||
    token === '%AsyncIterator%.prototype.Symbol(Symbol.asyncIterator)'
  const forward = function (this: unknown, ...args: unknown[]): unknown {
    if (!standIns.handleOf(this)) return Reflect.apply(method, this, args)
    if (returnsItself) return this
    const answer = standIns.context.ask('method', [this, token, ...args])
    return answer.absent ? undefined : answer.list[0]
  }
  Object.defineProperty(forward, 'name', { value: method.name, configurable: true })
  known.set(method, forward)
  return forward
}

/** After a change only the owner knows what is there. */
function forget(standIns: StandIns, handle: Handle, key: PropertyKey): void {
  standIns.lastRead = null
  handle.asked.add(key)
  handle.methods.delete(key)
  handle.lent.delete(key)
}

/** The owner's descriptor. What cannot vary there must not vary here, or the language refuses the proxy's answer. */
function mirror(standIns: StandIns, handle: Handle, target: object, key: PropertyKey): PropertyDescriptor | undefined {
  const answer = standIns.context.ask('desc', [handle.proxy, key])
  if (answer.absent || answer.list.length < 2) {
    Reflect.deleteProperty(target, key)
    return getOwnPropertyDescriptor(target, key)
  }
  const property = readProperty(answer.list)
  if (standIns.isHidden(key, property.value)) return undefined
  if (!property.configurable || !Reflect.isExtensible(target)) Reflect.defineProperty(target, key, property)
  return property
}

function keysOfOwner(standIns: StandIns, handle: Handle): (string | symbol)[] {
  const answer = standIns.context.ask('own', [handle.proxy])
  if (answer.absent) return []
  return answer.list.filter((key): key is string | symbol => {
    return (typeof key === 'string' || typeof key === 'symbol') && !standIns.isHidden(key)
  })
}

/** Once the owner's object takes no more properties, the target gets all of them and closes too. */
function lock(standIns: StandIns, handle: Handle, target: object): void {
  if (!Reflect.isExtensible(target)) return
  for (const key of keysOfOwner(standIns, handle)) {
    const answer = standIns.context.ask('desc', [handle.proxy, key])
    const property = answer.absent ? null : readProperty(answer.list)
    if (property && !standIns.isHidden(key, property.value)) Reflect.defineProperty(target, key, property)
  }
  Reflect.preventExtensions(target)
}
