import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { behindMembrane, stopGuests, TRANSPORTS } from './solution'

/* The smallest programs of those that sharing.test.ts has found: objects of a test that both sides look at and change. */

type Options = Record<PropertyKey, unknown>

interface Holder {
  see(...values: unknown[]): void
  keep<T>(value: T): T
  kept(): unknown
  keys(): string[]
  has(key: string): boolean
  read(key: PropertyKey): unknown
  within(key: string, inner: PropertyKey): unknown
  remove(key: string): boolean
  push(key: string, value: unknown): void
  put(key: PropertyKey, value: unknown): void
  seal(): unknown
  hide(key: string): void
  frozen(): boolean
  isClosed(): boolean
  walk(visit: (key: unknown) => void): unknown[]
  heir(key: string, value: unknown): Options
  Hidden: new () => { value(): number }
}

const HOLDER = `
  let o: any
  export const see = () => {}
  export const keep = (value: any) => (o = value)
  export const kept = () => o
  export const keys = () => Object.keys(o)
  export const has = (key: string) => key in o
  export const read = (key: any) => o[key]
  export const within = (key: string, inner: any) => o[key][inner]
  export const remove = (key: string) => delete o[key]
  export const push = (key: string, value: any) => { o[key].push(value) }
  export const put = (key: any, value: any) => { o[key] = value }
  export const seal = () => Object.seal(o)
  export const hide = (key: string) => { Object.defineProperty(o, key, { enumerable: false }) }
  export const frozen = () => Object.isFrozen(o)
  export const isClosed = () => !Object.isExtensible(o)
  export const walk = (visit: any) => {
    const seen = []
    for (const key of o.keys()) {
      if (seen.push(key) > 9) break
      visit(key)
    }
    return seen
  }
  export const heir = (key: string, value: any) => {
    const made = Object.create(o)
    made[key] = value
    return made
  }
  export class Hidden { #value = 1; value() { return this.#value } }`

describe.each(TRANSPORTS)('over the %s', (transport) => {
  let holder: Holder
  // A link of its own for each: what breaks one would break all that come after it.
  beforeEach(() => {
    holder = behindMembrane<Holder>(transport, HOLDER).namespace
  })
  afterEach(() => stopGuests())

  const keep = <T extends object>(value: T): T => {
    holder.keep(value)
    return value
  }
  /** More than is compared before each frame. */
  const flood = (): void => {
    for (let at = 0; at < 100; at++) holder.see({ at })
  }

  describe('an object with behaviour', () => {
    const made = (): Options => ({ f: () => 1, limit: 1 })

    it('may have no properties of its own', () => {
      expect(Object.keys(new holder.Hidden())).toEqual([])
      keep(new (class { f(): void {} })())
      expect(holder.keys()).toEqual([])
    })

    it('keeps its values when the other side seals it or hides one of them', () => {
      const options = keep(made())
      holder.seal()
      expect(options).toMatchObject({ limit: 1 })
      expect(Object.isSealed(options)).toBe(true)
      const other = keep(made())
      holder.hide('limit')
      expect(other.limit).toBe(1)
      expect(Object.keys(other)).toEqual(['f'])
    })

    it('that takes no more properties can lose those that it has', () => {
      const options = keep(Object.preventExtensions({ ...made(), size: 2 }))
      expect(holder.isClosed()).toBe(true)
      expect(holder.remove('limit')).toBe(true)
      Reflect.deleteProperty(options, 'size')
      expect([holder.has('size'), holder.has('limit')]).toEqual([false, false])
      expect(holder.keys()).toEqual(['f'])
    })

    it('is left alone by what is set on an heir of it, and an heir crosses', () => {
      const options = keep(made())
      const heir = holder.heir('limit', 5)
      expect([options.limit, heir.limit]).toEqual([1, 5])
      expect(holder.keep(Object.create(options) as Options).limit).toBe(1)
      const base = keep({ limit: 1 })
      holder.keep(Object.create(base) as Options)
      expect(holder.read('limit')).toBe(1)
    })

    it('has a list that the solution changes, however much has crossed since it was first read', () => {
      const options = keep({ ...made(), list: [1], deep: { list: [1] } })
      expect([holder.read('list'), holder.read('deep')]).toEqual([[1], { list: [1] }])
      flood()
      holder.push('list', 2)
      expect(options.list).toEqual([1, 2])
    })

    it('has bytes that are never stale', () => {
      const options = keep({ ...made(), bytes: new Uint8Array([1]) })
      expect(holder.within('bytes', 0)).toBe(1)
      flood()
      options.bytes[0] = 2
      expect(holder.within('bytes', 0)).toBe(2)
    })

    it('has a list that is looked at with what it holds beside its elements', () => {
      const options = keep({ ...made(), list: [1] as number[] & { extra?: number } })
      expect([holder.within('list', 'extra'), holder.within('list', 'extra')]).toEqual([undefined, undefined])
      options.list.extra = 1
      expect(holder.within('list', 'extra')).toBe(1)
    })
  })

  describe('data that is no longer followed', () => {
    it('brings its bytes along, both ways', () => {
      const bytes = keep(new Uint8Array([1]))
      flood()
      bytes[0] = 2
      holder.keep(bytes)
      expect(holder.read(0)).toBe(2)
      holder.put(0, 3)
      holder.kept()
      expect(bytes[0]).toBe(3)
    })

    it('may be frozen', () => {
      const frozen = keep(Object.freeze({ limit: 1 }))
      flood()
      expect(holder.keep(frozen)).toBe(frozen)
      const list = keep([1])
      flood()
      Object.freeze(list)
      expect(holder.kept()).toBe(list)
      expect(list).toEqual([1])
    })

    it('is not put back to what the solution has of it', () => {
      const list = keep([1])
      flood()
      list.push(2)
      expect(holder.kept()).toBe(list)
      expect(list).toEqual([1, 2])
    })
  })

  describe('data that both keep', () => {
    it('may be sealed, and its elements still change', () => {
      const list = keep(Object.seal([1]))
      holder.put(0, 2)
      expect(list).toEqual([2])
    })

    it('loses an element to a hole', () => {
      const list = keep([1, undefined])
      Reflect.deleteProperty(list, 1)
      expect(holder.has('1')).toBe(false)
    })

    it('is frozen after it took no more properties', () => {
      const data = keep(Object.preventExtensions({ limit: 1 }))
      Object.freeze(data)
      expect(holder.frozen()).toBe(true)
    })

    it('keeps what a closed list has beside its elements', () => {
      const list = keep(Object.preventExtensions(Object.assign([1], { extra: 2 })))
      holder.put(0, 3)
      expect(Object.entries(list)).toEqual([['0', 3], ['extra', 2]])
    })

    it('is walked over once, whatever changes meanwhile', () => {
      const map = keep(new Map([['a', 1], ['b', 2], ['c', 3]]))
      expect(holder.walk((key) => map.set(key as string, 5))).toEqual(['a', 'b', 'c'])
      expect(holder.walk((key) => void (key === 'a' && map.delete('b')))).toEqual(['a', 'c'])
      const set = keep(new Set([1, 2]))
      expect(holder.walk((key) => set.delete(key as number) && set.add((key as number) + 5)).slice(0, 4)).toEqual([1, 2, 6, 7])
    })
  })
})
