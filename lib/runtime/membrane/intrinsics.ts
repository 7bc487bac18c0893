/*
 * Objects that every realm has its own copy of: they cross by name, never by content. The judge's own are the most
 * valuable thing behind the membrane, since a solution that could change one would grade itself; so only what is
 * listed here crosses as a value, and nothing of it is ever a target that the other end may act upon.
 */

const CLASSES = [
  'Object', 'Function', 'Array', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Promise', 'Date', 'RegExp',
  'Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError',
  'Symbol', 'Number', 'String', 'Boolean', 'BigInt', 'ArrayBuffer', 'DataView',
  'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
  'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array',
  'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'AbortController', 'AbortSignal',
  'EventTarget', 'Event', 'CustomEvent', 'DOMException', 'Headers', 'Request', 'Response', 'Blob',
] as const

/** Names of the classes that every realm has. */
export const CLASS_NAMES: ReadonlySet<string> = new Set(CLASSES)

/** Those of them that Deno makes when they are first looked at, which takes a quarter of a guest's start. */
export const LATE_CLASSES: readonly string[] = ['Headers', 'Request', 'Response']

/** Constructors that make no data, or code out of text: they do not cross as values. */
const NOT_PASSABLE = new Set(['Function', 'WeakRef'])

/** Functions that only compute, or only touch what they are given. */
const PASSABLE_FUNCTIONS: Record<string, readonly string[]> = {
  Object: ['keys', 'values', 'entries', 'fromEntries', 'is', 'hasOwn', 'assign', 'freeze', 'isFrozen'],
  Array: ['isArray', 'of', 'from'],
  Number: ['isFinite', 'isInteger', 'isNaN', 'isSafeInteger', 'parseFloat', 'parseInt'],
  String: ['fromCharCode', 'fromCodePoint'],
  Date: ['now', 'parse', 'UTC'],
  Promise: ['resolve', 'reject', 'all', 'allSettled', 'any', 'race'],
  Symbol: ['for'],
  JSON: ['parse', 'stringify'],
}
const PASSABLE_GLOBALS = [
  'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI',
  'structuredClone', 'queueMicrotask',
]

/** Prototypes whose methods the other end may call on an object it was given: they work on that object alone. */
const CALLABLE_CLASSES = new Set<string>([
  'Array', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Date', 'RegExp', 'Promise', 'DataView', 'ArrayBuffer', 'URL',
  'URLSearchParams', 'TextEncoder', 'TextDecoder', 'AbortController', 'AbortSignal', 'EventTarget', 'Event',
  'CustomEvent', 'Headers', 'Request', 'Response', 'Blob',
  'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
  'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array',
])

const getPrototypeOf = Object.getPrototypeOf as (value: unknown) => object
const WELL_KNOWN = Object.getOwnPropertyNames(Symbol).filter((name) => {
  return typeof (Symbol as unknown as Record<string, unknown>)[name] === 'symbol'
})

/** The objects without a global name: [token, object, whether its methods may be called from the other end]. */
function hiddenPrototypes(): [string, object, boolean][] {
  const generator = getPrototypeOf(function* () {})
  const asyncGenerator = getPrototypeOf(async function* () {})
  const iterator = getPrototypeOf(getPrototypeOf([][Symbol.iterator]()))
  const generatorPrototype = (generator as { prototype: object }).prototype
  const asyncGeneratorPrototype = (asyncGenerator as { prototype: object }).prototype
  return [
    ['%TypedArray%.prototype', getPrototypeOf(Uint8Array.prototype), true],
    ['%Iterator%.prototype', iterator, true],
    ['%AsyncIterator%.prototype', getPrototypeOf(asyncGeneratorPrototype), true],
    ['%ArrayIterator%.prototype', getPrototypeOf([][Symbol.iterator]()), true],
    ['%MapIterator%.prototype', getPrototypeOf(new Map().entries()), true],
    ['%SetIterator%.prototype', getPrototypeOf(new Set().entries()), true],
    ['%StringIterator%.prototype', getPrototypeOf(''[Symbol.iterator]()), true],
    ['%RegExpStringIterator%.prototype', getPrototypeOf(''.matchAll(/x/g)), true],
    ['%Generator%.prototype', generatorPrototype, true],
    ['%AsyncGenerator%.prototype', asyncGeneratorPrototype, true],
    ['%GeneratorFunction%.prototype', generator, false],
    ['%AsyncGeneratorFunction%.prototype', asyncGenerator, false],
    ['%AsyncFunction%.prototype', getPrototypeOf(async () => {}), false],
  ]
}

/** All that the object inherits from, nearest first. */
function prototypesOf(object: object): object[] {
  const found: object[] = []
  for (let at = getPrototypeOf(object) as object | null; at !== null; at = getPrototypeOf(at)) found.push(at)
  return found
}

export class Intrinsics {
  readonly #passable = new Map<object, string>()
  readonly #byToken = new Map<string, object>()
  readonly #prototypes = new Map<object, string>()
  readonly #prototypeByToken = new Map<string, object>()
  readonly #methods = new Map<object, string>()
  readonly #methodByToken = new Map<string, (...args: unknown[]) => unknown>()
  /** The prototypes that have a method: some have the very same one. */
  readonly #holders = new Map<object, Set<object>>()
  readonly #callableGetters = new Set<object>()
  readonly #symbols = new Map<symbol, string>()
  readonly #symbolByName = new Map<string, symbol>()
  readonly #all = new WeakSet<object>()
  readonly #realm: Record<string, unknown>
  readonly #late: Set<string>

  /**
   * Reads this realm as it is now: it must be made before code of others runs.
   * @param late classes that are read only when `foresee` or the other end names them
   */
  constructor(realm: Record<string, unknown> = globalThis as unknown as Record<string, unknown>, late: readonly string[] = []) {
    this.#realm = realm
    this.#late = new Set(late)
    for (const name of CLASSES) if (!this.#late.has(name)) this.#addClass(name, realm[name])
    for (const [token, prototype, callable] of hiddenPrototypes()) this.#addPrototype(token, prototype, callable)
    for (const [owner, names] of Object.entries(PASSABLE_FUNCTIONS)) {
      const holder = realm[owner] as Record<string, unknown> | undefined
      for (const name of names) this.#addPassable(`${owner}.${name}`, holder?.[name])
    }
    for (const name of Object.getOwnPropertyNames(Math)) {
      const member: unknown = (Math as unknown as Record<string, unknown>)[name]
      if (typeof member === 'function') this.#addPassable(`Math.${name}`, member)
    }
    for (const name of PASSABLE_GLOBALS) this.#addPassable(name, realm[name])
    for (const name of WELL_KNOWN) {
      const symbol = (Symbol as unknown as Record<string, symbol>)[name] as symbol
      this.#symbols.set(symbol, name)
      this.#symbolByName.set(name, symbol)
    }
  }

  /** Also remembers everything that can be reached from the global object, so that `isIntrinsic` knows it. */
  rememberAll(): this {
    const waiting: unknown[] = [globalThis, ...this.#prototypes.keys()]
    for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || this.#all.has(value)) continue
      this.#all.add(value)
      waiting.push(getPrototypeOf(value) ?? null)
      for (const key of Reflect.ownKeys(value)) {
        const property = Reflect.getOwnPropertyDescriptor(value, key)
        if (property) waiting.push(property.value ?? null, property.get ?? null, property.set ?? null)
      }
    }
    return this
  }

  /**
   * Reads the late classes if a text names one of them, as objects of one lead to the others. Must be called with every
   * text that is to run in this realm, before it does.
   */
  foresee(text: string): void {
    if (![...this.#late].some((name) => text.includes(name))) return
    for (const name of this.#late) this.#addClass(name, this.#realm[name])
    this.#late.clear()
  }

  /** The name under which the value may cross, or null. The clock of a test puts another `Date` in place of the real one. */
  tokenOf(value: object): string | null {
    return this.#passable.get(value) ?? (value === globalThis.Date ? 'Date' : null)
  }

  /** All that may cross by name. */
  passable(): Iterable<object> {
    return this.#passable.keys()
  }

  /** This realm's object of that name, or null. */
  find(token: string): object | null {
    this.foresee(token)
    return this.#byToken.get(token) ?? null
  }

  prototypeToken(value: object): string | null {
    return this.#prototypes.get(value) ?? null
  }

  findPrototype(token: string): object | null {
    this.foresee(token)
    return this.#prototypeByToken.get(token) ?? null
  }

  /** The name of a prototype's method that may be called across, or null. */
  methodToken(value: unknown): string | null {
    return this.#methods.get(value as object) ?? null
  }

  /** The method of a built-in prototype, as it was when this realm was read. */
  methodOf(prototype: object, key: PropertyKey): ((...args: unknown[]) => unknown) | null {
    const token = this.#prototypes.get(prototype)
    return token === undefined ? null : this.#methodByToken.get(`${token}.${String(key)}`) ?? null
  }

  findMethod(token: string): ((...args: unknown[]) => unknown) | null {
    this.foresee(token)
    return this.#methodByToken.get(token) ?? null
  }

  /** Whether the object is of the class of that name, or of one that is derived from it. A late class is not read for this. */
  isOf(object: object, name: string): boolean {
    return prototypesOf(object).some((at) => this.#prototypes.get(at) === `${name}.prototype`)
  }

  /** Whether the object inherits that very method of a built-in class. */
  inherits(object: object, method: (...args: unknown[]) => unknown): boolean {
    const holders = this.#holders.get(method)
    return prototypesOf(object).some((at) => holders?.has(at))
  }

  /** Whether the object belongs to a class of the engine's own, or to one that is derived from it. */
  isOfEngine(object: object): boolean {
    return prototypesOf(object).some((at) => at !== Object.prototype && at !== Function.prototype && this.isIntrinsic(at))
  }

  /** Whether the first built-in class that the object derives from, if there is one, is one of errors. */
  isOfErrors(object: object): boolean {
    const first = prototypesOf(object).find((at) => this.#prototypes.has(at))
    return first === undefined || first === Error.prototype || getPrototypeOf(first) === Error.prototype
  }

  /** Whether the getter only reads from the object it is called on. */
  isCallableGetter(value: object): boolean {
    return this.#callableGetters.has(value)
  }

  symbolName(symbol: symbol): string | null {
    return this.#symbols.get(symbol) ?? null
  }

  findSymbol(name: string): symbol | null {
    return this.#symbolByName.get(name) ?? null
  }

  isIntrinsic(value: object): boolean {
    return this.#all.has(value) || this.#prototypes.has(value) || this.#passable.has(value)
  }

  #addClass(name: string, value: unknown): void {
    if (typeof value !== 'function') return
    if (!NOT_PASSABLE.has(name)) this.#addPassable(name, value)
    const prototype: unknown = value.prototype
    if (typeof prototype === 'object' || typeof prototype === 'function') {
      this.#addPrototype(`${name}.prototype`, prototype as object, CALLABLE_CLASSES.has(name))
    }
  }

  #addPassable(token: string, value: unknown): void {
    if (typeof value !== 'function') return
    this.#passable.set(value, token)
    this.#byToken.set(token, value)
  }

  #addPrototype(token: string, prototype: object, callable: boolean): void {
    this.#prototypes.set(prototype, token)
    this.#prototypeByToken.set(token, prototype)
    if (!callable) return
    for (const key of Reflect.ownKeys(prototype)) {
      const property = Reflect.getOwnPropertyDescriptor(prototype, key)
      if (key === 'constructor' || !property) continue
      if (property.get) this.#callableGetters.add(property.get)
      if (typeof property.value !== 'function') continue
      const holders = this.#holders.get(property.value as object) ?? new Set()
      this.#holders.set(property.value as object, holders.add(prototype))
      const method = `${token}.${String(key)}`
      if (!this.#methods.has(property.value as object)) this.#methods.set(property.value as object, method)
      this.#methodByToken.set(method, property.value as (...args: unknown[]) => unknown)
    }
  }
}
