import { letHeirsDiffer } from '@/lib/runtime/membrane/heirs'

/*
 * Drivers of hidden tests (`inGuest`) run beside the solution and rest on the language's own objects. Were these left
 * open, a solution could put `filter` to work for itself, or make the clock stand still while it is measured. So all of
 * them are frozen before its code runs, as Hardened JavaScript does (https://hardenedjs.org, "lockdown"). What a
 * solution then answers to a driver can only be wrong by its own code.
 */

/**
 * Global names on which a driver may rest. Not TextEncoder and TextDecoder: a driver takes those away from a solution
 * that is to do their work by hand.
 */
const NAMES = [
  'globalThis', 'Infinity', 'NaN', 'undefined', 'eval', 'isFinite', 'isNaN', 'parseFloat', 'parseInt', 'decodeURI',
  'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape',
  'Object', 'Function', 'Boolean', 'Symbol', 'Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError',
  'SyntaxError', 'TypeError', 'URIError', 'SuppressedError', 'Number', 'BigInt', 'Math', 'Date', 'String', 'RegExp', 'Array',
  'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
  'BigInt64Array', 'BigUint64Array', 'Float16Array', 'Float32Array', 'Float64Array', 'Map', 'Set', 'WeakMap', 'WeakSet',
  'WeakRef', 'FinalizationRegistry', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Atomics', 'JSON', 'Promise',
  'Proxy', 'Reflect', 'Iterator', 'DisposableStack', 'AsyncDisposableStack', 'Intl', 'WebAssembly',
  'queueMicrotask', 'structuredClone', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance',
  'AbortController', 'AbortSignal', 'Event', 'EventTarget', 'DOMException', 'URL', 'URLSearchParams',
  'atob', 'btoa', 'crypto', 'console',
] as const

/** Classes of whose objects some are given methods: a Map that is not to be changed, a list that tells of changes. */
const GIVEN_METHODS = ['Array', 'Map', 'Set', 'Promise', 'EventTarget'] as const

const { defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf } = Object
const { ownKeys } = Reflect

/** Freezes the language's objects and their names. Must be called when the guest's own code has changed all it wants. */
export function lockIntrinsics(realm: object = globalThis): void {
  const values = NAMES.map((name) => (realm as Record<string, unknown>)[name])
  const all = reachableFrom([...values.filter((value) => value !== realm), ...hiddenObjects()], realm)
  for (const name of GIVEN_METHODS) {
    const { prototype } = (realm as Record<string, { prototype: object }>)[name] as { prototype: object }
    openToHeirs(prototype, plainMethodsOf(prototype))
  }
  for (const object of all) {
    if (isInheritedWidely(object)) openToHeirs(object, ownKeys(object))
    freeze(object)
  }
  for (const name of NAMES) {
    const property = getOwnPropertyDescriptor(realm, name)
    if (property?.configurable !== true) continue
    const value = (realm as Record<string, unknown>)[name]
    defineProperty(realm, name, { value, enumerable: property.enumerable ?? false, writable: false, configurable: false })
  }
}

/** What no global name leads to. */
function hiddenObjects(): unknown[] {
  const samples = [
    [][Symbol.iterator](), new Map().entries(), new Set().entries(), ''[Symbol.iterator](), ''.matchAll(/x/g),
    function* () {}, async function* () {}, async () => {}, (function* () {})(), (async function* () {})(),
    // Not known to the types of this version.
    ([].values() as unknown as { map: (each: () => null) => object }).map(() => null),
    new URLSearchParams().entries(), crypto.subtle,
  ]
  return samples.map((sample) => getPrototypeOf(sample) as unknown)
}

/** Runs in every guest while nothing is compiled yet, so it looks at as little as it can. */
function reachableFrom(roots: unknown[], realm: object): Set<object> {
  const found = new Set<object>()
  const add = (value: unknown): void => {
    if (((typeof value === 'object' && value !== null) || typeof value === 'function') && value !== realm) found.add(value)
  }
  roots.forEach(add)
  // What is found is added to the set, and gets its turn in it.
  for (const object of found) {
    add(getPrototypeOf(object))
    for (const key of ownKeys(object)) {
      // The two that every function has hold no objects.
      if ((key === 'length' || key === 'name') && typeof object === 'function') continue
      const property = getOwnPropertyDescriptor(object, key)
      if (!property) continue
      if ('value' in property) add(property.value)
      else {
        add(property.get)
        add(property.set)
      }
    }
  }
  return found
}

/** Prototypes of what people make: their heirs often have members of the same names, such as `name` or `toString`. */
function isInheritedWidely(object: object): boolean {
  return object === Object.prototype || object === Function.prototype || object === Error.prototype
    || getPrototypeOf(object) === Error.prototype
}

/** Not those that the engine itself looks for to iterate, copy or wait: with accessors there it is slow. */
function plainMethodsOf(prototype: object): PropertyKey[] {
  return ownKeys(prototype).filter((key) => typeof key === 'string' && key !== 'constructor' && key !== 'then')
}

/** Lets heirs of an object that is to be frozen have what it has under these names for themselves. */
function openToHeirs(prototype: object, keys: readonly PropertyKey[]): void {
  for (const key of keys) {
    const property = getOwnPropertyDescriptor(prototype, key)
    if (property?.configurable === true && 'value' in property) letHeirsDiffer(prototype, key, property)
  }
}
