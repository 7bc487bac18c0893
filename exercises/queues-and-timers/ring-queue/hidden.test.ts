import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { AtomicRing, type Cell, RingQueue } from './solution'

type Solution = typeof import('./solution')

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i)

/** A cell that no other thread uses. */
function quietCell(initial: number): Cell {
  let value = initial
  return {
    load: () => value,
    store(v) {
      value = v
    },
    compareAndSwap(expected, next) {
      if (value !== expected) return false
      value = next
      return true
    },
  }
}

/** What the rings answer to a history of pushes (numbers) and pops (null). */
function answers(capacity: number, history: ReadonlyArray<number | null>): unknown[] {
  return inGuest(
    (solution: Solution, size: number, steps: ReadonlyArray<number | null>): unknown[] => {
      const ring = new solution.RingQueue<number>(size)
      return steps.map((step) => [
        step === null ? (ring.pop() ?? 'none') : ring.push(step),
        ring.length,
        ring.isEmpty,
        ring.isFull,
        ring.peek() ?? 'none',
        ring.toArray(),
      ])
    },
    capacity,
    history,
  )
}

/** The same of a plain array. */
function expectedAnswers(capacity: number, history: ReadonlyArray<number | null>): unknown[] {
  const items: number[] = []
  return history.map((step) => {
    let answer: unknown = true
    if (step === null) answer = items.shift() ?? 'none'
    else if (items.length === capacity) answer = false
    else items.push(step)
    return [answer, items.length, items.length === 0, items.length === capacity, items[0] ?? 'none', [...items]]
  })
}

const history = (length: number, pushes: number) => numbers(length).map((i) => (random.next() < pushes ? i : null))

describe('Ring', () => {
  it('answers as a queue should on any history', () => {
    for (const capacity of [random.int(2, 7), random.int(2, 7), 8]) {
      const steps = [...history(30, 0.7), ...history(30, 0.3), ...history(30, 0.5)]
      expect(answers(capacity, steps)).toEqual(expectedAnswers(capacity, steps))
    }
  })

  it('uses all of its slots and tells full from empty', () => {
    const capacity = random.int(2, 9)
    const ring = new RingQueue<number>(capacity)
    // Turns the ring, so that its items wrap around.
    ring.push(-1)
    ring.pop()
    expect([ring.isEmpty, ring.isFull, ring.length]).toEqual([true, false, 0])
    for (const i of numbers(capacity)) expect(ring.push(i)).toBe(true)
    expect([ring.isEmpty, ring.isFull, ring.length]).toEqual([false, true, capacity])
    expect(ring.push(capacity)).toBe(false)
    expect(ring.toArray()).toEqual(numbers(capacity))
  })

  it('hands out copies of its items, oldest first', () => {
    const ring = new RingQueue<string>(3)
    for (const item of ['a', 'b', 'c']) ring.push(item)
    ring.pop()
    ring.push('d')
    const copy = ring.toArray()
    expect(copy).toEqual(['b', 'c', 'd'])
    copy.length = 0
    expect(ring.toArray()).toEqual(['b', 'c', 'd'])
  })

  it('takes the same time for a large ring as for a small one', () => {
    // Two hundred items out and in take far less than moving all items two hundred times. The quickest of many short
    // rounds counts: a busy machine slows some of them, and never all.
    const driver = (solution: Solution, capacity: number) => {
      const quickest = (use: () => void): number => {
        let best = Number.POSITIVE_INFINITY
        for (let round = 0; round < 20; round++) {
          const began = performance.now()
          use()
          best = Math.min(best, performance.now() - began)
        }
        return best
      }
      const ring = new solution.RingQueue<number>(capacity)
      for (let i = 0; i < capacity; i++) ring.push(i)
      let [next, right] = [0, 0]
      const moves = quickest(() => {
        for (const end = next + 200; next < end; next++) {
          if (ring.peek() === next && ring.pop() === next && ring.push(capacity + next)) right++
        }
      })
      const items = new Float64Array(capacity)
      const all = quickest(() => items.copyWithin(0, 1))
      return { right, isQuick: moves < 30 * all }
    }
    expect(inGuest(driver, 50_000)).toEqual({ right: 4_000, isQuick: true })
  })
})

describe('Edges', () => {
  it('counts undefined, null and 0 as items', () => {
    const ring = new RingQueue<unknown>(3)
    for (const item of [undefined, null, 0]) expect(ring.push(item)).toBe(true)
    expect([ring.length, ring.isFull, ring.peek()]).toEqual([3, true, undefined])
    expect(ring.toArray()).toEqual([undefined, null, 0])
    expect([ring.pop(), ring.length]).toEqual([undefined, 2])
    expect([ring.pop(), ring.pop(), ring.length, ring.isEmpty]).toEqual([null, 0, 0, true])
  })

  it('gives undefined when there is nothing, and stays as it was', () => {
    const ring = new RingQueue<string>(2)
    expect([ring.pop(), ring.peek(), ring.length]).toEqual([undefined, undefined, 0])
    ring.push('a')
    ring.pop()
    expect([ring.pop(), ring.peek(), ring.length]).toEqual([undefined, undefined, 0])
    ring.push('b')
    expect(ring.toArray()).toEqual(['b'])
  })

  it('works with a single slot', () => {
    const steps = history(40, 0.5)
    expect(answers(1, steps)).toEqual(expectedAnswers(1, steps))
  })

  it('refuses a capacity that makes no sense', () => {
    for (const capacity of [0, -1, 2.5, Number.NaN]) {
      expect(() => new RingQueue(capacity)).toThrow(RangeError)
      expect(() => new AtomicRing(capacity, quietCell)).toThrow(RangeError)
    }
    for (const capacity of [1, 3, 6, 12, -4]) expect(() => new AtomicRing(capacity, quietCell)).toThrow(RangeError)
    for (const capacity of [2, 4, 32]) expect(() => new AtomicRing(capacity, quietCell)).not.toThrow()
  })
})

describe('Atomic ring', () => {
  it('answers as a queue should on any history of one thread', () => {
    for (const capacity of [2, 4, 8]) {
      const steps = [...history(30, 0.7), ...history(30, 0.3), ...history(30, 0.5)]
      const given = inGuest(
        (solution: Solution, size: number, all: ReadonlyArray<number | null>): unknown[] => {
          const cell = (initial: number) => {
            let value = initial
            return {
              load: () => value,
              store: (v: number) => void (value = v),
              compareAndSwap(expected: number, next: number) {
                if (value !== expected) return false
                value = next
                return true
              },
            }
          }
          const ring = new solution.AtomicRing(size, cell)
          return all.map((step) => (step === null ? (ring.tryPop() ?? 'none') : ring.tryPush(step)))
        },
        capacity,
        steps,
      )
      expect(given).toEqual(expectedAnswers(capacity, steps).map((each) => (each as unknown[])[0]))
    }
  })

  it('takes negative numbers, fractions, 0 and the largest integers', () => {
    const ring = new AtomicRing(4, quietCell)
    const items = random.shuffle([0, -1, 0.5, Number.MAX_SAFE_INTEGER])
    for (const item of items) expect(ring.tryPush(item)).toBe(true)
    expect(ring.tryPush(1)).toBe(false)
    for (const item of items) expect(ring.tryPop()).toBe(item)
    expect(ring.tryPop()).toBe(undefined)
  })

  it('keeps everything that changes in cells, which it makes in the constructor', () => {
    const values: number[] = []
    const cell = (initial: number): Cell => {
      const at = values.push(initial) - 1
      return {
        load: () => values[at] ?? Number.NaN,
        store(v) {
          values[at] = v
        },
        compareAndSwap(expected, next) {
          if (values[at] !== expected) return false
          values[at] = next
          return true
        },
      }
    }
    const ring = new AtomicRing(2, cell)
    const count = values.length
    const item = random.int(1, 1000)
    ring.tryPush(item)
    ring.tryPush(item + 1)
    const before = [...values]
    expect([ring.tryPop(), ring.tryPop()]).toEqual([item, item + 1])
    expect([ring.tryPush(-1), ring.tryPush(-2)]).toEqual([true, true])
    expect(values.length).toBe(count)
    // Puts the memory back to where it was: now the ring must be what it was then.
    before.forEach((value, at) => (values[at] = value))
    expect([ring.tryPush(-3), ring.tryPop(), ring.tryPop(), ring.tryPop()]).toEqual([false, item, item + 1, undefined])
  })
})

/** What happened while threads interrupted each other: per thread what it pushed and popped, in its order. */
interface Race {
  pushed: number[][]
  popped: number[][]
}

/**
 * Lets threads use one ring. Before any step of a thread another may come in and run a whole push or pop, which may be
 * interrupted in turn. The thread of each depth runs its operations one after another.
 */
function race(capacity: number, operations: number, seed: number, eagerness: number): Race {
  return inGuest(
    (solution: Solution, size: number, count: number, start: number, eager: number): Race => {
      let state = start
      const next = (): number => {
        state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0
        return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32
      }
      const result: Race = { pushed: [[], [], []], popped: [[], [], []] }
      let depth = -1
      let left = count
      let item = 0
      const operate = (): void => {
        left--
        depth++
        const thread = depth
        // Waves of pushes and of pops, so that the ring is full at times and empty at others.
        if (next() < (Math.floor(left / 9) % 2 === 0 ? 0.7 : 0.3)) {
          const mine = ++item
          if (ring.tryPush(mine)) result.pushed[thread]?.push(mine)
        } else {
          const taken = ring.tryPop()
          if (taken !== undefined) result.popped[thread]?.push(taken)
        }
        depth--
      }
      const interrupt = (): void => {
        while (depth >= 0 && depth < 2 && left > 0 && next() < eager) operate()
      }
      const cell = (initial: number) => {
        let value = initial
        return {
          load() {
            interrupt()
            return value
          },
          store(v: number) {
            interrupt()
            value = v
          },
          compareAndSwap(expected: number, wanted: number) {
            interrupt()
            if (value !== expected) return false
            value = wanted
            return true
          },
        }
      }
      const ring = new solution.AtomicRing(size, cell)
      while (left > 0) operate()
      for (let i = 0; i < 2 * size; i++) {
        const taken = ring.tryPop()
        if (taken !== undefined) result.popped[0]?.push(taken)
      }
      return result
    },
    capacity,
    operations,
    seed,
    eagerness,
  )
}

const seeds = () => numbers(9).map(() => random.int(1, 2 ** 31))

describe('Competing threads', () => {
  it('loses nothing, doubles nothing and overwrites nothing', () => {
    for (const [i, seed] of seeds().entries()) {
      const { pushed, popped } = race([2, 4, 8][i % 3] ?? 2, 100, seed, 0.25)
      expect(popped.flat().sort((a, b) => a - b)).toEqual(pushed.flat().sort((a, b) => a - b))
    }
  })

  it('never lets a thread pop a later item of another thread before an earlier one', () => {
    for (const [i, seed] of seeds().entries()) {
      const { pushed, popped } = race([4, 2, 16][i % 3] ?? 4, 100, seed, 0.2)
      for (const producer of pushed) {
        for (const consumer of popped) {
          const seen = consumer.filter((item) => producer.includes(item))
          expect(seen).toEqual([...seen].sort((a, b) => a - b))
        }
      }
    }
  })

  for (const [title, prepare, interrupt, act, expected] of [
    ['a push tries again', [1], 'push', 'push', [true, 3]],
    ['a pop tries again', [1, 2, 3], 'pop', 'pop', [2, 1]],
  ] as const) {
    it(`${title} after it has lost against another thread`, () => {
      let armed = false
      const cell = (initial: number): Cell => {
        const quiet = quietCell(initial)
        return {
          ...quiet,
          compareAndSwap(wanted, next) {
            if (armed) {
              armed = false
              if (interrupt === 'push') ring.tryPush(100)
              else ring.tryPop()
            }
            return quiet.compareAndSwap(wanted, next)
          },
        }
      }
      const ring: AtomicRing = new AtomicRing(4, cell)
      for (const item of prepare) ring.tryPush(item)
      armed = true
      const answer = act === 'push' ? ring.tryPush(200) : ring.tryPop()
      expect(armed).toBe(false)
      let left = 0
      while (ring.tryPop() !== undefined) left++
      expect([answer, left]).toEqual(expected)
    })
  }

  it('a pop in the middle of the only push finds nothing, and takes nothing away', () => {
    let armed = false
    let seen: number | undefined
    const cell = (initial: number): Cell => {
      const quiet = quietCell(initial)
      return {
        ...quiet,
        store(v) {
          if (armed) seen ??= ring.tryPop()
          quiet.store(v)
        },
      }
    }
    const ring: AtomicRing = new AtomicRing(2, cell)
    armed = true
    expect(ring.tryPush(42)).toBe(true)
    armed = false
    expect([seen, ring.tryPop(), ring.tryPop()]).toEqual([undefined, 42, undefined])
  })
})
