import { afterAll, describe, expect, it } from 'vitest'
import { behindMembrane, stopGuests, TRANSPORTS } from './solution'

/* A descriptor that names no value leaves the value, and a member set on an heir is the heir's own. */

interface Holder {
  freeze(options: object): unknown
  seal(options: object): unknown
  hide(options: object): void
  child(options: object): unknown
  Box: new () => { size: number }
}

const HOLDER = `
  export const freeze = (options: any) => Object.freeze(options).limit
  export const seal = (options: any) => Object.seal(options).limit
  export const hide = (options: any) => { Object.defineProperty(options, 'limit', { enumerable: false }) }
  export const child = (options: any) => { const own = Object.create(options); own.limit = 5; return own.limit }
  export class Box { size = 1; grow() {} }`

afterAll(() => stopGuests())

describe.each(TRANSPORTS)('over the %s', (transport) => {
  const { namespace: holder } = behindMembrane<Holder>(transport, HOLDER)
  const made = () => ({ f: () => 1, limit: 1 })

  it.each(['freeze', 'seal'] as const)('options keep their values when a solution makes them %s', (how) => {
    const options = made()
    expect(holder[how](options)).toBe(1)
    expect(options.limit).toBe(1)
    expect(Object.keys(options)).toEqual(['f', 'limit'])
  })

  it('a member that is hidden keeps its value', () => {
    const options = made()
    holder.hide(options)
    expect(options.limit).toBe(1)
  })

  it('what is set on an heir of the options leaves them as they are', () => {
    const options = made()
    expect(holder.child(options)).toBe(5)
    expect(options.limit).toBe(1)
  })

  it('an instance of the solution keeps its values when a test freezes it', () => {
    const box = new holder.Box()
    Object.freeze(box)
    expect(box.size).toBe(1)
  })
})
