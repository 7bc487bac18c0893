import { isRememberedProxy } from './remembered-proxies'

/*
 * What an object is to the membrane. Data is replicated: both ends hold one and changes follow it. Everything with
 * behaviour is a handle: the other end holds a stand-in, and each use comes back to the owner.
 */

/**
 * Data: `a` array, `d` plain object, `n` object without prototype, `m` Map, `t` Set, `D` Date, `R` RegExp,
 * `B` ArrayBuffer, `V` a view of one, `w` boxed primitive, `N` the exports of a module.
 * Local twins, made once: `e` error, `x` DOMException, `p` promise, `s` AbortSignal.
 * Handles: `f` function or class, `o` instance, `P` prototype object.
 */
export type Kind = 'a' | 'd' | 'n' | 'm' | 't' | 'D' | 'R' | 'B' | 'V' | 'w' | 'N' | 'e' | 'x' | 'p' | 's' | 'f' | 'o' | 'P'

const DATA = new Set<Kind>(['a', 'd', 'n', 'm', 't', 'D', 'R', 'B', 'N'])
const HANDLES = new Set<Kind>(['f', 'o', 'P'])

/** Whether the content may change and is followed. */
export function isFollowed(kind: Kind): boolean {
  return DATA.has(kind)
}

export function isHandleKind(kind: Kind): boolean {
  return HANDLES.has(kind)
}

const KINDS = new Set<string>('a d n m t D R B V w N e x p s f o P'.split(' '))

export function isKind(text: string): text is Kind {
  return KINDS.has(text)
}

/** Accessors that throw unless their receiver really is one: no `Symbol.toStringTag` deceives them. */
const brands = {
  m: Reflect.getOwnPropertyDescriptor(Map.prototype, 'size')?.get,
  t: Reflect.getOwnPropertyDescriptor(Set.prototype, 'size')?.get,
  B: Reflect.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength')?.get,
  D: Date.prototype.getTime,
  R: Reflect.getOwnPropertyDescriptor(RegExp.prototype, 'source')?.get,
  s: typeof AbortSignal === 'undefined'
    ? undefined
    : Reflect.getOwnPropertyDescriptor(AbortSignal.prototype, 'aborted')?.get,
} satisfies Record<string, ((...args: never[]) => unknown) | undefined>

function isBranded(kind: keyof typeof brands, value: object): boolean {
  const accessor = brands[kind]
  if (!accessor) return false
  try {
    Reflect.apply(accessor, value, [])
    return true
  } catch {
    return false
  }
}

const { getPrototypeOf, ownKeys, getOwnPropertyDescriptor } = Reflect
const RealDate = Date

/** Names of the views that cross. */
export const VIEWS = new Map<string, new (buffer: ArrayBuffer, offset: number, length: number) => ArrayBufferView>(
  [
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array,
    Float64Array, BigInt64Array, BigUint64Array,
  ].map((view) => [view.name, view]),
)
const viewTag = getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag)?.get

export function viewName(value: object): string {
  return viewTag ? String(Reflect.apply(viewTag, value, [])) : ''
}

const NodeBuffer = (globalThis as { Buffer?: { prototype: object } }).Buffer

/** Whether it is a view of the language's own; Node's Buffer counts as the Uint8Array that it is. */
function isPlainView(value: object, prototype: object): boolean {
  if (!ArrayBuffer.isView(value) || value instanceof DataView || !isBranded('B', value.buffer)) return false
  return prototype === VIEWS.get(viewName(value))?.prototype || prototype === NodeBuffer?.prototype
}

/** Whether the object is the `prototype` of its own `constructor`. */
export function isPrototypeObject(value: object): boolean {
  const constructor: unknown = getOwnPropertyDescriptor(value, 'constructor')?.value
  if (typeof constructor !== 'function' || isRememberedProxy(constructor)) return false
  return getOwnPropertyDescriptor(constructor, 'prototype')?.value === value
}

/** Decides how an object of this end crosses. Runs none of its code. */
export function kindOf(value: object): Kind {
  if (typeof value === 'function') return 'f'
  if (isRememberedProxy(value)) return 'o'
  const prototype = getPrototypeOf(value)
  if (Array.isArray(value)) return prototype === Array.prototype && !noticesChanges(value) ? 'a' : 'o'
  if (prototype === null) return holdsDataOnly(value) ? 'n' : 'o'
  if (isPrototypeObject(value)) return 'P'
  if (prototype === Object.prototype) return holdsDataOnly(value) ? 'd' : 'o'
  return builtinKind(value, prototype)
}

/** What lists change by. */
const MUTATORS = ['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin'] as const

/** Whether a list has methods of its own that change it, such as a `push` that tells somebody, and no others. */
function noticesChanges(list: unknown[]): boolean {
  if (!MUTATORS.some((name) => Object.hasOwn(list, name))) return false
  const hiding = ownKeys(list).filter((key) => key in Array.prototype && key !== 'length')
  return hiding.every((key) => {
    return MUTATORS.some((name) => name === key) && typeof getOwnPropertyDescriptor(list, key)?.value === 'function'
  })
}

/** Whether it is a list, or a proxy of one. */
export function isList(value: object): boolean {
  try {
    return Array.isArray(value)
  } catch {
    // A proxy that was revoked.
    return false
  }
}

function builtinKind(value: object, prototype: object): Kind {
  const bare = ownKeys(value).length === 0
  if (prototype === Map.prototype && isBranded('m', value)) return bare ? 'm' : 'o'
  if (prototype === Set.prototype && isBranded('t', value)) return bare ? 't' : 'o'
  // One that can be cancelled, say, is more than how it settles.
  if (prototype === Promise.prototype) return ownKeys(value).some((key) => typeof key === 'string') ? 'o' : 'p'
  if (isBranded('D', value)) return prototype === RealDate.prototype || prototype === Date.prototype ? 'D' : 'o'
  if (prototype === RegExp.prototype && isBranded('R', value)) return 'R'
  if (prototype === ArrayBuffer.prototype && isBranded('B', value)) return 'B'
  if (isPlainView(value, prototype)) return 'V'
  if (value instanceof Number || value instanceof String || value instanceof Boolean) return bare ? 'w' : 'w'
  if (typeof DOMException !== 'undefined' && prototype === DOMException.prototype) return 'x'
  if (typeof AbortSignal !== 'undefined' && prototype === AbortSignal.prototype && isBranded('s', value)) {
    // Node keeps its state in own symbols. A name of text is a test's own member, such as a spy.
    return ownKeys(value).some((key) => typeof key === 'string') ? 'o' : 's'
  }
  return isError(value) ? 'e' : 'o'
}

const objectToString = Object.prototype.toString

/** Whether it was made by an Error constructor or derives from one. */
export function isError(value: unknown): value is Error {
  return value instanceof Error && (objectToString.call(value) === '[object Error]' || 'stack' in value)
}

/** A plain object with a function or an accessor is no data: what its functions see must be one object only. */
function holdsDataOnly(value: object): boolean {
  for (const key of ownKeys(value)) {
    const property = getOwnPropertyDescriptor(value, key)
    if (!property || property.get || property.set || typeof property.value === 'function') return false
  }
  return true
}
