import { KEYS, PRIMITIVES, type Act, type Other, type Value } from './acts'
import { recipesOf } from './recipes'

/*
 * One side of a random program: the test and the solution are the same code. Both hold objects in numbered slots, and
 * each writes down what it sees. What the membrane is not meant to carry is left out here, where a comment says why.
 */

const MOST_STEPS = 6
const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect

type Any = Record<PropertyKey, unknown>
type Method = (this: unknown, ...args: unknown[]) => unknown

const isObject = (value: unknown): value is Any => (typeof value === 'object' && value !== null) || typeof value === 'function'
const isCollection = (value: unknown): boolean => value instanceof Map || value instanceof Set || value instanceof Date || ArrayBuffer.isView(value)

function methodsOf(value: unknown): string[] {
  if (Array.isArray(value)) return ['push', 'pop', 'shift', 'unshift', 'splice', 'reverse', 'sort', 'fill', 'copyWithin', 'includes', 'indexOf']
  if (value instanceof Map) return ['set', 'set', 'delete', 'get', 'has', 'clear']
  if (value instanceof Set) return ['add', 'add', 'delete', 'has', 'clear']
  if (value instanceof Date) return ['setTime', 'getTime']
  return ArrayBuffer.isView(value) ? ['fill', 'reverse', 'sort', 'indexOf'] : ['f']
}

export class Side implements Other {
  readonly slots: unknown[] = []
  readonly log: string[] = []
  readonly #numbers = new Map<unknown, number>()
  #other: Other | null = null

  /** @param passesAll whether each act for the other side brings along all that is in the slots */
  constructor(readonly name: string, readonly passesAll: boolean) {}

  meet(other: Other): void {
    this.#other = other
  }

  act(program: string): void {
    this.run(JSON.parse(program) as Act[])
  }

  take(slot: number, value: unknown): unknown {
    this.slots[slot] = value
    this.note('took', this.brief(value))
    return value
  }

  give(slot: number): unknown {
    return this.slots[slot]
  }

  raise(slot: number): never {
    throw this.slots[slot]
  }

  see(): void {}

  /** All that can be seen of what is in the slots. */
  finish(): string {
    this.slots.forEach((value, slot) => this.note(`slot ${slot}`, this.full(value)))
    return this.log.join('\n')
  }

  run(acts: Act[]): void {
    for (const act of acts) {
      try {
        this.note(act.type, this.#do(act))
      } catch (error) {
        this.note(act.type, `threw ${this.#numbers.has(error) || !(error instanceof Error) ? this.brief(error) : error.name}`)
      }
    }
  }

  note(what: string, seen: string): void {
    this.log.push(`${this.name} ${what}: ${seen}`)
  }

  #value(value: Value): unknown {
    return value < PRIMITIVES.length ? PRIMITIVES[value] : this.slots[value - PRIMITIVES.length]
  }

  #do(act: Act): string {
    const other = this.#other as Other
    if (act.type === 'other') return this.#lead(act.other)
    if (act.type === 'flood') {
      for (let at = 0; at < 40; at++) other.see({ at })
      return ''
    }
    if (act.type === 'make') {
      const made = this.#make(act.recipe, act.parts.map((part) => this.#value(part)))
      this.slots[act.on] = made
      return act.quiet ? '' : String(other.take(act.on, made) === made)
    }
    const on = this.slots[act.on] as Any
    switch (act.type) {
      case 'look': return this.full(on)
      case 'levels': return `${Object.isExtensible(on)} ${Object.isSealed(on)} ${Object.isFrozen(on)}`
      case 'keys': return ownKeys(on).map(String).join()
      case 'json': return JSON.stringify(on, (_, value: unknown) => (typeof value === 'bigint' ? 'bigint' : value))
      case 'spread': return this.full({ ...on })
      case 'same': return String(on === this.slots[act.to])
      case 'give': return String(other.take(act.on, on) === on)
      case 'fetch': return this.brief((this.slots[act.to] = other.give(act.on)))
      case 'raise': return other.raise(act.on)
      case 'method': return this.#method(on, act.pick, act.args)
      case 'through': return this.#method(act.keys.reduce((at, key) => at[KEYS[key] as PropertyKey] as Any, on), act.pick, act.args)
      case 'walk': return this.#walk(on, act.other)
      case 'level': return this.#level(on, act.level)
      default: return this.#member(on, act)
    }
  }

  #member(on: Any, act: Exclude<Extract<Act, { key: number }>, { type: 'walk' }>): string {
    const key = KEYS[act.key] as PropertyKey
    switch (act.type) {
      case 'read': return this.brief(on[key])
      case 'has': return String(key in on)
      case 'own': return this.#property(on, key)
      case 'put': return this.brief((this.slots[act.to] = on[key]))
      case 'call': return this.brief((on[key] as Method)(...act.args.map((value) => this.#value(value))))
      case 'detach': {
        const method = on[key] as Method
        this.#lead(act.other)
        return this.brief(method.call(on, 1))
      }
      default: return this.#change(on, key, act)
    }
  }

  #lead(acts: Act[]): string {
    this.#other?.act(JSON.stringify(acts), ...(this.passesAll ? this.slots : []))
    return ''
  }

  #method(on: unknown, pick: number, args: Value[]): string {
    const methods = methodsOf(on)
    const name = methods[pick % methods.length] as string
    const given = args.map((value) => this.#value(value))
    // Numbers by which arrays are cut, so that they stay small; bytes and dates take nothing else.
    if (/splice|copyWithin|setTime/.test(name) || ArrayBuffer.isView(on)) given.splice(0, 2, args[0], args[1])
    const compare = (a: unknown, b: unknown): number => this.brief(a).localeCompare(this.brief(b))
    const result = ((on as Any)[name] as Method)(...(name === 'sort' ? [compare] : given))
    return this.full(result)
  }

  #walk(on: unknown, acts: Act[]): string {
    const seen: string[] = []
    // An iterator of a handle makes a result for each step, which crosses as data: a program is to stay within the window.
    const steps = Array.isArray(on) || isPlainCollection(on) ? (on as Iterable<unknown>) : Object.keys(on as Any)
    for (const step of steps) {
      seen.push(Array.isArray(step) && on instanceof Map ? step.map((part) => this.brief(part)).join('=') : this.brief(step))
      if (seen.length > MOST_STEPS) break
      this.#lead(acts)
    }
    return seen.join(' ')
  }

  #level(on: Any, level: number): string {
    if (!isObject(on) || typeof on === 'function' || isCollection(on) || on instanceof Error) return 'left'
    if (level === 0) Object.preventExtensions(on)
    else if (level === 1) Object.seal(on)
    else Object.freeze(on)
    this.#tell(on)
    return 'done'
  }

  #change(on: Any, key: PropertyKey, act: Extract<Act, { type: 'set' | 'define' | 'delete' }>): string {
    // Of these only the content is followed, and of functions and errors nothing: they are made once.
    if (typeof on === 'function' || isCollection(on) || on instanceof Error) return 'left'
    // A method of a class is read once, and found by its name when it is called: that another now hides it is not told.
    if (act.type !== 'delete' && !Object.hasOwn(on, key) && on[key] instanceof Function) return 'left'
    if (act.type === 'delete') return String(delete on[key])
    const value = this.#value(act.value)
    const isPlain = typeof key === 'string' && (!Array.isArray(on) || /^\d/.test(key))
    if (act.type === 'set') on[key] = value
    else {
      // Elements of arrays cross without attributes.
      const flags = Array.isArray(on) ? 7 : act.flags
      Object.defineProperty(on, key, { value, writable: (flags & 1) > 0, enumerable: (flags & 2) > 0, configurable: (flags & 4) > 0 })
    }
    if (act.type === 'define' || !isPlain) this.#tell(on)
    return 'done'
  }

  /** Attributes, names that no loop shows and what arrays have beside elements are told when the object crosses (cells.ts). */
  #tell(on: Any): void {
    this.#other?.see(on)
  }

  #make(recipe: number, [first, second]: unknown[]): unknown {
    const recipes = recipesOf(this, first, second)
    return (recipes[recipe % recipes.length] as () => unknown)()
  }

  /** An object's number shows which one it is, for as long as the program runs. */
  brief(value: unknown): string {
    if (typeof value === 'symbol') return String(value)
    if (typeof value === 'bigint') return `${value}n`
    if (!isObject(value)) return Object.is(value, -0) ? '-0' : typeof value === 'string' ? `'${value}'` : String(value)
    if (!this.#numbers.has(value)) this.#numbers.set(value, this.#numbers.size)
    return `#${this.#numbers.get(value)}`
  }

  full(value: unknown): string {
    const found = new Set(isObject(value) ? [value] : [])
    const parts = [this.brief(value)]
    for (const object of found) {
      parts.push(`${this.brief(object)} ${this.#inside(object, (part) => {
        if (isObject(part)) found.add(part)
        return this.brief(part)
      })}`)
    }
    return parts.join('; ')
  }

  #inside(value: Any, show: (part: unknown) => string): string {
    if (typeof value === 'function') return `function ${String(Reflect.get(value, 'name'))}`
    const kind = kindOf(value)
    if (value instanceof Date) return `${kind} ${value.getTime()}`
    if (ArrayBuffer.isView(value)) return `${kind} ${Array.from(value as unknown as Uint8Array).join()} of ${show(value.buffer)}`
    if (value instanceof ArrayBuffer) return `${kind} ${value.byteLength}`
    if (value instanceof Error) return `${kind} ${value.name}: ${value.message} ${show(value.cause)}`
    const held: string[] = []
    if (value instanceof Map) value.forEach((content: unknown, key: unknown) => held.push(`${show(key)}=>${show(content)}`))
    if (value instanceof Set) value.forEach((element: unknown) => held.push(show(element)))
    const own = ownKeys(value).map((key) => this.#property(value, key, show))
    const level = isCollection(value) ? '' : Object.isFrozen(value) ? 'frozen' : Object.isSealed(value) ? 'sealed' : Object.isExtensible(value)
    return `${kind} ${level} [${held.join()}] {${own.join()}}`
  }

  #property(value: Any, key: PropertyKey, show = (part: unknown) => this.brief(part)): string {
    const property = getOwnPropertyDescriptor(value, key)
    if (!property) return `no ${String(key)}`
    const flags = [property.writable, property.enumerable, property.configurable].map((flag) => (flag === undefined ? '-' : Number(flag))).join('')
    // What a look at the member brings may have been kept, unlike its description.
    return `${String(key)} ${flags} ${'value' in property ? show(property.value) : 'accessor'} ${show(value[key])}`
  }
}

function isPlainCollection(value: unknown): boolean {
  const prototype = isObject(value) ? getPrototypeOf(value) : null
  return prototype === Map.prototype || prototype === Set.prototype
}

/** The classes that it derives from, by name. */
function kindOf(value: object): string {
  const names: string[] = []
  for (let at = getPrototypeOf(value); at; at = getPrototypeOf(at)) names.push(String((at.constructor as { name?: string } | undefined)?.name))
  return names.join('<')
}
