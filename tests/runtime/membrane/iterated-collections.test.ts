import { afterAll, describe, expect, it } from 'vitest'
import { behindMembrane, stopGuests, TRANSPORTS } from './solution'

/* A Map or a Set that is changed while the other side iterates over it goes on where it was. */

interface Walker {
  increment(map: Map<string, number>, key: string): void
  walk(set: Set<string>, visit: (value: string) => void): string[]
}

const WALKER = `
  export const increment = (map: any, key: any) => { map.set(key, map.get(key) + 1) }
  export const walk = (set: any, visit: any) => {
    const seen = []
    for (const value of set) {
      seen.push(value)
      visit(value)
      if (seen.length > 9) break
    }
    return seen
  }`

afterAll(() => stopGuests())

describe.each(TRANSPORTS)('over the %s', (transport) => {
  const { namespace: walker } = behindMembrane<Walker>(transport, WALKER)

  it('a test that walks over a Map which the solution changes visits each key once', () => {
    const map = new Map([['a', 1], ['b', 2]])
    const seen: string[] = []
    for (const key of map.keys()) {
      if (seen.push(key) > 9) break
      walker.increment(map, key)
    }
    expect(seen).toEqual(['a', 'b'])
  })

  it('a solution that walks over a Set of which a callback takes one away does not begin again', () => {
    const set = new Set(['a', 'b', 'c'])
    expect(walker.walk(set, (value) => void (value === 'a' && set.delete('b')))).toEqual(['a', 'c'])
  })
})
