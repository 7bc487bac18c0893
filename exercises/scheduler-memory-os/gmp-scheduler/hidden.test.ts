import { describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { GMP } from './solution'

const names = (count: number, prefix = 'g') => Array.from({ length: count }, (_, i) => `${prefix}${i}`)

function make(opts: Partial<ConstructorParameters<typeof GMP>[0]> = {}): GMP {
  return new GMP({ procs: 2, localCap: 8, globalEvery: 61, rng: () => 0, ...opts })
}

/** Puts Gs into the local queue of a P, and nothing into its runnext. */
function fillLocal(gmp: GMP, p: number, ids: readonly string[]): void {
  for (const id of ids) gmp.go(id, p)
  gmp.go(`gone${p}`, p)
  expect(gmp.schedule(p)).toEqual({ g: `gone${p}`, from: 'runnext' })
  expect(gmp.local(p)).toEqual(ids)
}

describe('Local queues', () => {
  it('runs a new G next and sends the previous one to the end of the queue', () => {
    const gmp = make()
    const ids = random.shuffle(names(4))
    for (const id of ids) gmp.go(id, 0)
    expect([gmp.runnext(0), gmp.local(0)]).toEqual([ids[3], ids.slice(0, 3)])
    expect([gmp.runnext(1), gmp.local(1), gmp.global()]).toEqual([null, [], []])
  })

  it('serves runnext first and the local queue in its order', () => {
    const gmp = make()
    for (const id of ['a', 'b', 'c']) gmp.go(id, 1)
    expect(gmp.schedule(1)).toEqual({ g: 'c', from: 'runnext' })
    expect(gmp.runnext(1)).toBe(null)
    gmp.go('d', 1)
    expect(gmp.local(1)).toEqual(['a', 'b'])
    expect(gmp.schedule(1)).toEqual({ g: 'd', from: 'runnext' })
    expect(gmp.schedule(1)).toEqual({ g: 'a', from: 'local' })
    expect(gmp.local(1)).toEqual(['b'])
  })

  it('moves the older half and the displaced G to the global queue when the local one is full', () => {
    const localCap = random.pick([4, 6, 7, 9])
    const half = Math.floor(localCap / 2)
    const gmp = make({ localCap })
    const ids = names(localCap + 2)
    gmp.pushGlobal('before')
    for (const id of ids.slice(0, -1)) gmp.go(id, 0)
    expect([gmp.local(0).length, gmp.global()]).toEqual([localCap, ['before']])
    gmp.go(ids.at(-1) ?? '', 0)
    expect(gmp.runnext(0)).toBe(ids.at(-1))
    expect(gmp.local(0)).toEqual(ids.slice(half, localCap))
    expect(gmp.global()).toEqual(['before', ...ids.slice(0, half), ids[localCap]])
  })

  it('has room for 256 unless told otherwise', () => {
    const sizes = inGuest((solution: typeof import('./solution')) => {
      const gmp = new solution.GMP({ procs: 1, rng: () => 0 })
      for (let i = 0; i < 257; i++) gmp.go(`g${i}`, 0)
      const before = [gmp.local(0).length, gmp.global().length]
      gmp.go('last', 0)
      return [...before, gmp.local(0).length, gmp.global().length]
    })
    expect(sizes).toEqual([256, 0, 128, 129])
  })

  it('gives copies of its queues', () => {
    const gmp = make()
    fillLocal(gmp, 0, ['a', 'b'])
    gmp.pushGlobal('c')
    gmp.local(0).pop()
    gmp.global().pop()
    expect([gmp.local(0), gmp.global()]).toEqual([['a', 'b'], ['c']])
  })

  it('lets no G wait twice', () => {
    const gmp = make()
    for (const id of ['a', 'b']) gmp.go(id, 0)
    gmp.pushGlobal('c')
    gmp.netpollReady(['d'])
    for (const id of ['a', 'b', 'c', 'd']) {
      expect(() => gmp.go(id, 1)).toThrow(RangeError)
      expect(() => gmp.pushGlobal(id)).toThrow(RangeError)
      expect(() => gmp.netpollReady(['x', id])).toThrow(RangeError)
    }
    expect(() => gmp.netpollReady(['y', 'y'])).toThrow(RangeError)
    expect([gmp.runnext(1), gmp.local(1), gmp.global()]).toEqual([null, [], ['c']])
    gmp.netpollReady(['x', 'y'])
    expect(gmp.schedule(0).g).toBe('b')
    gmp.netpollReady(['b'])
    expect([0, 1, 2, 3, 4, 5, 6].map(() => gmp.schedule(0).g)).toEqual(['a', 'c', 'd', 'x', 'y', 'b', null])
  })

  it('refuses numbers that make no sense', () => {
    for (const n of [0, -1, 1.5, Number.NaN]) {
      const wrong = [{ procs: n }, { localCap: n }, { globalEvery: n }]
      for (const opts of wrong) expect(() => make(opts)).toThrow(RangeError)
    }
    expect(() => make({ localCap: 1 })).toThrow(RangeError)
    expect(() => make({ procs: 1, localCap: 2, globalEvery: 1 })).not.toThrow()
    const gmp = make()
    for (const p of [-1, 2, 0.5]) {
      expect(() => gmp.go('a', p)).toThrow(RangeError)
      expect(() => gmp.schedule(p)).toThrow(RangeError)
      expect(() => gmp.local(p)).toThrow(RangeError)
      expect(() => gmp.runnext(p)).toThrow(RangeError)
      expect(() => gmp.yieldBack('a', p)).toThrow(RangeError)
    }
    gmp.go('a', 0)
  })
})

describe('Global queue', () => {
  it('takes a fair share, runs its first and queues the others', () => {
    for (const [procs, count] of [[1, 2], [2, 5], [3, 5], [4, 3], [4, 8], [2, 1]] as const) {
      const gmp = make({ procs, localCap: 64 })
      const ids = names(count)
      for (const id of ids) gmp.pushGlobal(id)
      const share = Math.min(count, Math.floor(count / procs) + 1)
      expect(gmp.schedule(procs - 1)).toEqual({ g: 'g0', from: 'global' })
      expect(gmp.local(procs - 1)).toEqual(ids.slice(1, share))
      expect(gmp.global()).toEqual(ids.slice(share))
    }
  })

  it('takes no more than half of what the local queue can hold', () => {
    const localCap = random.int(4, 9)
    const half = Math.floor(localCap / 2)
    const gmp = make({ procs: 1, localCap })
    const ids = names(20)
    for (const id of ids) gmp.pushGlobal(id)
    expect(gmp.schedule(0)).toEqual({ g: 'g0', from: 'global' })
    expect([gmp.local(0), gmp.global()]).toEqual([ids.slice(1, half), ids.slice(half)])
  })

  it('takes a single G when its turn has come to look there first', () => {
    const gmp = make({ procs: 1, globalEvery: 3 })
    fillLocal(gmp, 0, ['a', 'b', 'c'])
    for (const id of ['x', 'y', 'z']) gmp.pushGlobal(id)
    expect(gmp.schedule(0)).toEqual({ g: 'a', from: 'local' })
    expect(gmp.schedule(0)).toEqual({ g: 'x', from: 'tick-global' })
    expect([gmp.local(0), gmp.global()]).toEqual([['b', 'c'], ['y', 'z']])
  })

  it('takes back a G that gives way at its end', () => {
    const gmp = make()
    gmp.pushGlobal('x')
    gmp.go('a', 0)
    gmp.go('b', 0)
    expect(gmp.schedule(0).g).toBe('b')
    gmp.yieldBack('b', 0)
    expect([gmp.global(), gmp.local(0), gmp.runnext(0)]).toEqual([['x', 'b'], ['a'], null])
  })

  it('takes back only what runs on that P', () => {
    const gmp = make()
    gmp.go('a', 0)
    expect(() => gmp.yieldBack('a', 0)).toThrow(RangeError)
    gmp.schedule(0)
    expect(() => gmp.yieldBack('a', 1)).toThrow(RangeError)
    expect(() => gmp.yieldBack('b', 0)).toThrow(RangeError)
    gmp.yieldBack('a', 0)
    expect(() => gmp.yieldBack('a', 0)).toThrow(RangeError)
    expect(gmp.global()).toEqual(['a'])
    gmp.schedule(1)
    expect(() => gmp.yieldBack('a', 0)).toThrow(RangeError)
    gmp.yieldBack('a', 1)
    gmp.schedule(0)
    expect(gmp.schedule(0).g).toBe(null)
    expect(() => gmp.yieldBack('a', 0)).toThrow(RangeError)
  })

  it('lets a G be started again that runs no longer', () => {
    const gmp = make()
    gmp.go('a', 0)
    gmp.schedule(0)
    gmp.go('a', 0)
    expect(gmp.schedule(0)).toEqual({ g: 'a', from: 'runnext' })
  })
})

describe('Order of search', () => {
  it('looks at runnext, local, global, network and other queues in this order', () => {
    const gmp = make({ procs: 2 })
    fillLocal(gmp, 1, ['other'])
    gmp.netpollReady(['net'])
    gmp.pushGlobal('global')
    fillLocal(gmp, 0, ['local'])
    gmp.go('next', 0)
    expect(Array.from({ length: 6 }, () => gmp.schedule(0))).toEqual([
      { g: 'next', from: 'runnext' },
      { g: 'local', from: 'local' },
      { g: 'global', from: 'global' },
      { g: 'net', from: 'netpoll' },
      { g: 'other', from: 'steal' },
      { g: null, from: 'idle' },
    ])
  })

  it('runs the first that the network reports and sends the others to the global queue', () => {
    const gmp = make()
    gmp.netpollReady(['a', 'b'])
    gmp.netpollReady([])
    gmp.netpollReady(['c'])
    expect(gmp.global()).toEqual([])
    expect(gmp.schedule(1)).toEqual({ g: 'a', from: 'netpoll' })
    expect([gmp.local(1), gmp.global()]).toEqual([[], ['b', 'c']])
  })

  it('looks at the global queue first in every so many turns', () => {
    const globalEvery = random.int(2, 5)
    const gmp = make({ procs: 1, localCap: 64, globalEvery })
    for (const id of names(20, 'l')) gmp.go(id, 0)
    for (const id of names(20, 'x')) gmp.pushGlobal(id)
    const from = Array.from({ length: 15 }, () => gmp.schedule(0).from)
    const others = ['runnext', ...Array(15).fill('local')]
    expect(from).toEqual(from.map((_, i) => ((i + 1) % globalEvery === 0 ? 'tick-global' : others.shift())))
  })

  it('goes on as usual if there is nothing global in such a turn', () => {
    const gmp = make({ globalEvery: 1 })
    gmp.go('a', 0)
    gmp.go('b', 0)
    expect([gmp.schedule(0), gmp.schedule(0)]).toEqual([
      { g: 'b', from: 'runnext' },
      { g: 'a', from: 'local' },
    ])
    gmp.netpollReady(['n'])
    expect(gmp.schedule(0)).toEqual({ g: 'n', from: 'netpoll' })
  })

  it('counts the turns of each P for itself, idle ones too', () => {
    const gmp = make({ procs: 2, globalEvery: 3 })
    gmp.schedule(0)
    gmp.schedule(0)
    gmp.schedule(1)
    for (const p of [0, 1]) {
      gmp.go(`a${p}`, p)
      gmp.pushGlobal(`x${p}`)
    }
    expect([gmp.schedule(1).from, gmp.schedule(0).from, gmp.schedule(1).from]).toEqual([
      'runnext',
      'tick-global',
      'tick-global',
    ])
  })

  it('looks there in every 61st turn unless told otherwise', () => {
    const turns = inGuest((solution: typeof import('./solution')) => {
      const gmp = new solution.GMP({ procs: 1, rng: () => 0 })
      for (let i = 0; i < 200; i++) gmp.go(`g${i}`, 0)
      for (let i = 0; i < 5; i++) gmp.pushGlobal(`x${i}`)
      const all = Array.from({ length: 150 }, () => gmp.schedule(0).from)
      return all.flatMap((from, i) => (from === 'tick-global' ? [i] : []))
    })
    expect(turns).toEqual([60, 121])
  })
})

describe('Stealing', () => {
  it('takes half of a queue, rounded up', () => {
    for (const count of [1, 2, 3, 4, 7]) {
      const gmp = make()
      fillLocal(gmp, 1, names(count))
      expect(gmp.schedule(0).from).toBe('steal')
      expect([gmp.local(0).length, gmp.local(1).length]).toEqual([Math.ceil(count / 2) - 1, Math.floor(count / 2)])
    }
  })

  it('takes from the head of the queue', () => {
    const gmp = make()
    const ids = names(random.int(3, 7))
    fillLocal(gmp, 1, ids)
    gmp.schedule(0)
    const left = gmp.local(1)
    expect(left).toEqual(ids.slice(ids.length - left.length))
  })

  it('runs the last of what it took and queues the others in their order', () => {
    const gmp = make()
    const ids = names(7)
    fillLocal(gmp, 1, ids)
    const { g } = gmp.schedule(0)
    const left = gmp.local(1)
    expect([...gmp.local(0), g]).toEqual(ids.filter((id) => !left.includes(id)))
  })

  it('leaves what another P runs next', () => {
    const gmp = make()
    gmp.go('a', 1)
    expect(gmp.schedule(0)).toEqual({ g: null, from: 'idle' })
    expect(gmp.runnext(1)).toBe('a')
    gmp.go('b', 1)
    expect(gmp.schedule(0)).toEqual({ g: 'a', from: 'steal' })
    expect(gmp.runnext(1)).toBe('b')
  })

  it('begins at a random P and goes round', () => {
    const procs = 5
    for (let start = 0; start < procs; start++) {
      const gmp = make({ procs, rng: () => (start + random.next() * 0.99) / procs })
      for (const p of [1, 3]) fillLocal(gmp, p, [`a${p}`, `b${p}`])
      expect(gmp.schedule(2)).toEqual({ g: start <= 1 || start >= 4 ? 'a1' : 'a3', from: 'steal' })
    }
  })

  it('asks for a random number only when it has to steal, and once', () => {
    const rng = vi.fn(() => 0.5)
    const gmp = make({ procs: 4, rng })
    gmp.go('a', 0)
    gmp.go('b', 0)
    gmp.pushGlobal('c')
    gmp.netpollReady(['d'])
    for (let i = 0; i < 4; i++) expect(gmp.schedule(0).g).not.toBe(null)
    expect(rng).not.toHaveBeenCalled()
    gmp.schedule(0)
    expect(rng).toHaveBeenCalledTimes(1)
  })

  it('runs every G exactly once, whatever happens, and never overfills a queue', () => {
    const seeds = Array.from({ length: 40 }, () => random.next())
    const problems = inGuest((solution: typeof import('./solution'), given: number[]): string[] => {
      const found: string[] = []
      for (const seed of given) {
        let state = Math.floor(seed * 2 ** 31) + 1
        const rng = () => {
          state = (state * 48271) % 2147483647
          return state / 2147483647
        }
        const [procs, localCap] = [1 + Math.floor(rng() * 4), 2 + Math.floor(rng() * 5)]
        const gmp = new solution.GMP({ procs, localCap, globalEvery: 3, rng })
        const waiting = new Set<string>()
        for (let i = 0; i < 120; i++) {
          const p = Math.floor(rng() * procs)
          const kind = rng()
          if (kind < 0.55) {
            waiting.add(`g${i}`)
            if (kind < 0.4) gmp.go(`g${i}`, p)
            else if (kind < 0.48) gmp.pushGlobal(`g${i}`)
            else gmp.netpollReady([`g${i}`])
          } else {
            const { g } = gmp.schedule(p)
            if (g !== null && !waiting.delete(g)) found.push('runs twice')
            if (g !== null && kind > 0.95) {
              gmp.yieldBack(g, p)
              waiting.add(g)
            }
          }
          for (let q = 0; q < procs; q++) if (gmp.local(q).length > localCap) found.push('too long')
        }
        for (let i = 0; waiting.size > 0 && i < 2000; i++) {
          const { g } = gmp.schedule(i % procs)
          if (g !== null && !waiting.delete(g)) found.push('runs twice')
        }
        if (waiting.size > 0) found.push('lost')
      }
      return found
    }, seeds)
    expect(problems).toEqual([])
  })
})
