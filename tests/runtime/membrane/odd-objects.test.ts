import { afterAll, describe, expect, it } from 'vitest'
import { behindMembrane, stopGuests, TRANSPORTS } from './solution'

/* Data that cannot change any more, or that is gone: no honest use of it ends a link. */

interface Keeper {
  keep(value: unknown): unknown
  shorten(): unknown
  push(value: number): void
  length(): number
  hand(): unknown
  shared(): unknown
}

const KEEPER = `
  let kept: any
  export const keep = (value: any) => (kept = value)
  export const shorten = () => { try { kept.length = 1 } catch {} return kept }
  export const push = (value: any) => { kept.push(value) }
  export const length = () => kept.byteLength
  export const hand = () => { structuredClone(kept, { transfer: [kept.buffer] }); return kept.length }
  export const shared = () => new Uint8Array(new SharedArrayBuffer(2))`

afterAll(() => stopGuests())

describe.each(TRANSPORTS)('over the %s', (transport) => {
  const { namespace: keeper } = behindMembrane<Keeper>(transport, KEEPER)

  it('a list that is sealed keeps its length', () => {
    const list = [1, 2, 3]
    keeper.keep(list)
    for (let id = 0; id < 40; id++) keeper.keep({ id })
    keeper.keep(list)
    Object.seal(list)
    expect(keeper.shorten()).toBe(list)
    expect(list).toEqual([1, 2, 3])
  })

  it('a list whose length is fixed takes no more', () => {
    const list = [1]
    keeper.keep(list)
    Object.defineProperty(list, 'length', { writable: false })
    expect(() => keeper.push(2)).not.toThrow()
    expect(list).toEqual([1])
    expect(keeper.keep(5)).toBe(5)
  })

  it('bytes that a test has handed on are gone, and nothing else is', () => {
    const bytes = new Uint8Array([1, 2])
    keeper.keep(bytes)
    structuredClone(bytes, { transfer: [bytes.buffer] })
    expect(keeper.keep(5)).toBe(5)
    expect(keeper.keep(6)).toBe(6)
  })

  it('bytes that the solution has handed on are gone there', () => {
    keeper.keep(new Uint8Array([1, 2]))
    expect(keeper.hand()).toBe(0)
    expect(keeper.keep(5)).toBe(5)
  })

  it('shared bytes are not taken for others', () => {
    expect(keeper.shared()).not.toBeInstanceOf(Array)
    expect(keeper.keep(5)).toBe(5)
  })

  it('a member that cannot be taken away can be made to stay as it is', () => {
    const options = { f: () => 1, limit: 1 }
    Object.defineProperty(options, 'limit', { configurable: false })
    expect(keeper.keep(options)).toBe(options)
    Object.defineProperty(options, 'limit', { writable: false })
    expect(keeper.keep(options)).toBe(options)
    expect(options.limit).toBe(1)
  })
})
