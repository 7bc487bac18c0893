import { afterAll, describe, expect, it, vi } from 'vitest'
import { attacked } from './attacked'
import { behindMembrane, stopGuests, TRANSPORTS } from './solution'
import { ProtocolBreach, type Frame } from '@/lib/runtime/membrane/channel'
import type { Wire } from '@/lib/runtime/membrane/wire'

/* What a solution reads of a test's object stays with it, and must always be what a question would have brought. */

interface Reader {
  keep(options: object): void
  read(key: PropertyKey): unknown
  sum(key: PropertyKey): number
  twice(key: PropertyKey): [unknown, unknown]
  around(key: PropertyKey, change: () => void): [unknown, unknown]
  has(key: PropertyKey): boolean
  set(key: PropertyKey, value: unknown): unknown
  remove(key: PropertyKey): unknown
  push(key: PropertyKey, value: unknown): unknown
  call(key: PropertyKey): unknown
  see(data: unknown): void
}

const READER = `
  let o: any
  export const keep = (options: any) => { o = options }
  export const read = (key: any) => o[key]
  export const sum = (key: any) => o[key].reduce((a: number, b: any) => a + (b.n ?? b), 0)
  export const twice = (key: any) => [o[key], o[key]]
  export const around = (key: any, change: () => void) => { const before = o[key]; change(); return [before, o[key]] }
  export const has = (key: any) => key in o
  export const set = (key: any, value: any) => { o[key] = value; return o[key] }
  export const remove = (key: any) => { delete o[key]; return o[key] }
  export const push = (key: any, value: any) => { o[key].push(value); return o[key].length }
  export const call = (key: any) => o[key]()
  export const see = () => {}`

afterAll(() => stopGuests())

describe.each(TRANSPORTS)('over the %s', (transport) => {
  const { namespace: reader } = behindMembrane<Reader>(transport, READER)
  const keep = <T extends object>(options: T): T => {
    // A function makes it an object with behaviour: without one it would cross as data.
    const made = { f: () => 1, ...options }
    reader.keep(made)
    return made
  }

  describe('a member that was read', () => {
    it('is what the test makes of it later', () => {
      const options = keep<{ limit?: number | null }>({ limit: 1 })
      const seen = [reader.read('limit')]
      options.limit = 2
      seen.push(reader.read('limit'))
      delete options.limit
      seen.push(reader.read('limit'))
      options.limit = null
      seen.push(reader.read('limit'))
      expect(seen).toEqual([1, 2, undefined, null])
    })

    it('is what a callback of the test has made of it in the midst of a call', () => {
      const options = keep({ limit: 1 })
      expect(reader.around('limit', () => (options.limit = 2))).toEqual([1, 2])
      expect(reader.around('limit', () => (options.limit = 3))).toEqual([2, 3])
    })

    it('may be NaN, -0, a bigint, a symbol or of a symbol\'s name', () => {
      const key = Symbol('key')
      const options = keep({ a: NaN, b: -0, c: 1n, d: key, [key]: 5 })
      for (const round of [1, 2]) {
        expect(['a', 'b', 'c', 'd', key].map((each) => reader.read(each)), `round ${round}`).toEqual([NaN, -0, 1n, key, 5])
      }
      options.b = 0
      expect(Object.is(reader.read('b'), 0)).toBe(true)
    })

    it('that is a function is called as a method, also after a spy took its place', () => {
      const options = keep({ count: 0, next(this: { count: number }) { return ++this.count } })
      expect([reader.call('next'), reader.call('next')]).toEqual([1, 2])
      const spy = vi.spyOn(options, 'next').mockReturnValue(7)
      expect(reader.call('next')).toBe(7)
      expect(spy).toHaveBeenCalledTimes(1)
      spy.mockRestore()
      expect(reader.call('next')).toBe(3)
      expect(reader.read('count')).toBe(3)
    })

    it('that is data shows what has become of the data, however deep', () => {
      const options = keep({ list: [1, 2], deep: [{ n: 1 }, { n: 2 }] })
      expect([reader.sum('list'), reader.sum('list'), reader.sum('deep'), reader.sum('deep')]).toEqual([3, 3, 3, 3])
      options.list.push(10)
      options.deep[1]!.n = 20
      expect([reader.sum('list'), reader.sum('deep')]).toEqual([13, 21])
      options.list = [5]
      expect([reader.sum('list'), reader.sum('list')]).toEqual([5, 5])
    })

    it('that is data shows it also when so much has crossed since that changes are no longer followed', () => {
      const options = keep({ list: [1, 2] })
      expect(reader.sum('list')).toBe(3)
      for (let index = 0; index < 100; index++) reader.see({ index })
      options.list.push(10)
      expect([reader.sum('list'), reader.sum('list')]).toEqual([13, 13])
    })

    it('that is data is changed in place by the solution, for both', () => {
      const options = keep({ list: [1] })
      reader.sum('list')
      expect([reader.push('list', 2), reader.push('list', 3)]).toEqual([2, 3])
      expect(options.list).toEqual([1, 2, 3])
      options.list.length = 0
      expect(reader.push('list', 4)).toBe(1)
    })

    it('is the same object each time', () => {
      const options = keep({ list: [1], own: { f: () => 2 } })
      for (const key of ['list', 'own', 'f']) {
        const own: unknown = Reflect.get(options, key)
        expect(own).toBeDefined()
        const [first, second] = reader.twice(key)
        expect(first).toBe(own)
        expect(second).toBe(own)
      }
    })

    it('can be set and removed by the solution', () => {
      const options = keep({ limit: 1 })
      expect([reader.read('limit'), reader.set('limit', 2), reader.read('limit'), options.limit]).toEqual([1, 2, 2, 2])
      options.limit = 3
      expect([reader.read('limit'), reader.remove('limit'), reader.read('limit'), 'limit' in options]).toEqual([3, undefined, undefined, false])
    })
  })

  it('a member that is missing is there once the test has added it', () => {
    const options = keep<{ onChange?: number }>({})
    expect([reader.read('onChange'), reader.read('onChange'), reader.has('onChange')]).toEqual([undefined, undefined, false])
    options.onChange = 1
    expect([reader.read('onChange'), reader.has('onChange')]).toEqual([1, true])
  })

  it('a getter runs each time, also one that has taken a value\'s place', () => {
    let count = 0
    const options = keep({ value: -1 })
    expect([reader.read('value'), reader.read('value')]).toEqual([-1, -1])
    Object.defineProperty(options, 'value', { get: () => ++count, configurable: true })
    expect([...reader.twice('value'), reader.read('value')]).toEqual([1, 2, 3])
    Object.defineProperty(options, 'value', { value: 'plain', configurable: true, writable: true })
    expect([...reader.twice('value')]).toEqual(['plain', 'plain'])
  })

  it('members of an instance of the tests\' class are kept too, and hide what it inherits', () => {
    class Clock {
      now = 1
      tick(): number {
        return ++this.now
      }
    }
    const clock = new Clock()
    reader.keep(clock)
    expect([reader.read('now'), reader.call('tick'), reader.read('now')]).toEqual([1, 2, 2])
  })

  it('more members than are ever compared are right all the same', () => {
    const all = Array.from({ length: 40 }, (_, index) => {
      return Object.assign({ f: () => index }, Object.fromEntries(Array.from({ length: 8 }, (__, at) => [`m${at}`, index * 8 + at])))
    })
    const look = (): unknown[] => all.flatMap((options) => {
      reader.keep(options)
      return Array.from({ length: 8 }, (_, at) => reader.read(`m${at}`))
    })
    expect(look()).toEqual(Array.from({ length: 320 }, (_, index) => index))
    for (const options of all) for (let at = 0; at < 8; at++) Reflect.set(options, `m${at}`, Reflect.get(options, `m${at}`) + 1_000)
    expect(look()).toEqual(Array.from({ length: 320 }, (_, index) => index + 1_000))
  })
})

describe('what the judge tells', () => {
  const options = { limit: 1, size: 9, f: () => 1 }
  /** Answers a call with this question about its argument, and ends it. */
  const asking = (operation: string, ...values: Wire[]) => (question: Frame): Frame[] => {
    const end: Frame = ['a', question[1] as Wire, 0, [], [], null, null]
    return question[2] === 'call' && question.length > 8 ? [['q', 7, operation, [], [], null, question[8] as Wire, ...values], end] : [end]
  }
  const toldBy = (sent: Frame[]): Wire[] => sent.filter((frame) => frame[0] === 'a').map((frame) => frame[4] as Wire)

  it('is the member that was asked for, with the plain ones beside it, and later only what has changed', () => {
    const { call, sent } = attacked(asking('get', 'limit'))
    call(options)
    const id = (sent.find((frame) => frame[2] === 'call')?.[8] as Wire[])[1] as Wire
    expect(toldBy(sent)).toEqual([[[id, ['limit', 1]], [id, ['size', 9]]]])
    sent.length = 0
    call(options)
    expect(sent[0]?.[4]).toEqual([])
    options.limit = 2
    sent.length = 0
    call(options)
    expect(sent[0]?.[4]).toEqual([[id, ['limit', 2]]])
  })

  it.each(['constructor', 'prototype', 'caller', 'arguments', 'hasOwnProperty'])('is nothing about %s', (key) => {
    const hiding = Object.assign({ f: () => 1 }, { constructor: 5, prototype: 5, caller: 5, arguments: 5 })
    const { call, sent } = attacked(asking('get', key))
    call(hiding)
    expect(JSON.stringify(toldBy(sent))).not.toContain(key)
  })

  it('comes from no proxy: a look at one would run the test\'s code', () => {
    const looks = vi.fn()
    const proxy = new Proxy({ limit: 1, f: () => 1 }, { getOwnPropertyDescriptor: (target, key) => (looks(), Reflect.getOwnPropertyDescriptor(target, key)) })
    const { call, sent } = attacked(asking('get', 'limit'), { isProxy: (value) => value === proxy })
    call(proxy)
    const before = looks.mock.calls.length
    expect(toldBy(sent)).toEqual([[]])
    call()
    expect(looks).toHaveBeenCalledTimes(before)
  })

  it('is never taken from the guest', () => {
    const forged = (question: Frame): Frame[] => {
      const id = (question[8] as Wire[])[1] as Wire
      return [['a', question[1] as Wire, 0, [], [[id, ['limit', 5]]], null, null]]
    }
    const { call, link } = attacked(forged)
    expect(() => call(options)).toThrow(ProtocolBreach)
    expect(link.breach).toBeInstanceOf(ProtocolBreach)
  })
})
