import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { lockCycle, type Op, type Outcome, simulate } from './solution'

const send = (ch: string) => ({ op: 'send', ch }) as const
const recv = (ch: string) => ({ op: 'recv', ch }) as const
const close = (ch: string): Op => ({ op: 'close', ch })
const lock = (mu: string): Op => ({ op: 'lock', mu })
const unlock = (mu: string): Op => ({ op: 'unlock', mu })
const add = (wg: string, n: number): Op => ({ op: 'wgAdd', wg, n })
const done = (wg: string): Op => ({ op: 'wgDone', wg })
const wait = (wg: string): Op => ({ op: 'wgWait', wg })
const go = (name: string): Op => ({ op: 'go', name })
const sleep = (ticks: number): Op => ({ op: 'sleep', ticks })
const select = (cases: Array<{ op: 'send' | 'recv'; ch: string }>, hasDefault?: boolean): Op => {
  return { op: 'select', cases, ...(hasDefault === undefined ? {} : { hasDefault }) }
}

const times = <T>(count: number, ...each: T[]): T[] => Array.from({ length: count }, () => each).flat()
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const OK: Outcome = { kind: 'ok', leaked: [] }
const at = (goroutine: string, pc: number, on: string) => ({ goroutine, pc, on })
const deadlock = (...blocked: Array<ReturnType<typeof at>>): Outcome => ({ kind: 'deadlock', blocked })
const leak = (...leaked: Array<ReturnType<typeof at>>): Outcome => ({ kind: 'ok', leaked })

/** Runs main and the goroutines beside it, on channels of these capacities. */
function run(chans: Record<string, number | null>, main: Op[], others: Record<string, Op[]> = {}, maxSteps?: number) {
  return simulate({ chans, goroutines: { main, ...others } }, maxSteps === undefined ? {} : { maxSteps })
}

describe('Channels', () => {
  it('an unbuffered send needs a receiver', () => {
    expect(run({ c: 0 }, [send('c')])).toEqual(deadlock(at('main', 0, 'send c')))
    expect(run({ c: 0 }, [go('a'), send('c')], { a: [recv('c')] })).toEqual(OK)
    expect(run({ c: 0 }, [go('a'), sleep(2), send('c')], { a: [recv('c')] })).toEqual(OK)
    expect(run({ c: 0 }, [go('a'), recv('c')], { a: [send('c')] })).toEqual(OK)
  })

  it('a buffered send blocks when the buffer is full', () => {
    const capacity = random.int(1, 6)
    expect(run({ c: capacity }, times(capacity, send('c')))).toEqual(OK)
    expect(run({ c: capacity }, times(capacity + 1, send('c')))).toEqual(deadlock(at('main', capacity, 'send c')))
  })

  it('what was sent can be received once, and no more', () => {
    const sent = random.int(1, 5)
    const main = [...times(sent, send('c')), ...times(sent + 1, recv('c'))]
    expect(run({ c: sent }, main)).toEqual(deadlock(at('main', 2 * sent, 'recv c')))
    const again = [...times(sent, send('c')), ...times(sent, recv('c')), ...times(sent, send('c'))]
    expect(run({ c: sent }, again)).toEqual(OK)
  })

  it('a receive from a full buffer lets the blocked sender in', () => {
    const main = [go('a'), sleep(9), recv('c'), sleep(2), recv('c'), recv('c'), recv('c')]
    const others = { a: [send('c'), send('c'), send('c'), send('c'), recv('never')] }
    expect(run({ c: 2, never: 0 }, main, others)).toEqual(leak(at('a', 4, 'recv never')))
    const fewer = [go('a'), sleep(9), recv('c'), sleep(5)]
    expect(run({ c: 2, never: 0 }, fewer, others)).toEqual(leak(at('a', 3, 'send c')))
  })

  it('those who wait are served in the order in which they came', () => {
    const order = random.shuffle(['p', 'q', 'r'])
    const others = Object.fromEntries(order.map((name) => [name, [recv('c'), recv('never')]]))
    const main = [...order.map(go), sleep(4), send('c'), sleep(3)]
    expect(run({ c: 0, never: 0 }, main, others)).toEqual(
      leak(...order.map((name, i) => (i === 0 ? at(name, 1, 'recv never') : at(name, 0, 'recv c')))),
    )
    const senders = Object.fromEntries(order.map((name) => [name, [send('c'), recv('never')]]))
    const receiving = [...order.map(go), sleep(4), recv('c'), recv('c'), sleep(3)]
    expect(run({ c: 0, never: 0 }, receiving, senders)).toEqual(
      leak(...order.map((name, i) => (i < 2 ? at(name, 1, 'recv never') : at(name, 0, 'send c')))),
    )
  })

  it('closing wakes all who receive, and what is buffered is still there', () => {
    const others = { a: [recv('c'), send('done')], b: [recv('c'), send('done')] }
    const main = [go('a'), go('b'), sleep(3), close('c'), recv('done'), recv('done')]
    expect(run({ c: 0, done: 0 }, main, others)).toEqual(OK)
    expect(run({ c: 2 }, [send('c'), close('c'), recv('c'), recv('c'), recv('c')])).toEqual(OK)
  })

  it('a nil channel blocks for ever, and only those who use it', () => {
    expect(run({ n: null }, [recv('n')])).toEqual(deadlock(at('main', 0, 'recv n')))
    expect(run({ n: null }, [go('a'), send('n')], { a: [recv('n')] })).toEqual(
      deadlock(at('main', 1, 'send n'), at('a', 0, 'recv n')),
    )
    expect(run({ n: null }, [go('a'), recv('n')], { a: [send('n')] })).toEqual(
      deadlock(at('main', 1, 'recv n'), at('a', 0, 'send n')),
    )
    expect(run({ n: null }, [go('a'), sleep(5)], { a: [send('n')] })).toEqual(leak(at('a', 0, 'send n')))
  })

  it('a pipeline passes as much as its buffers and its reader take', () => {
    const sizes = [
      [0, 0, 1],
      [random.int(0, 3), random.int(0, 3), random.int(1, 4)],
    ] as const
    for (const [first, second, read] of sizes) {
      // The stage holds one value in its hand; what is sent beyond that does not fit.
      const fits = read + first + second + 1
      const stage = {
        stage: times<Op>(20, recv('x'), send('y')),
        sink: [...times<Op>(read, recv('y')), recv('never')],
      }
      const chans = { x: first, y: second, never: 0 }
      const main = (count: number) => [go('stage'), go('sink'), ...times<Op>(count, send('x'))]
      expect(run(chans, [...main(fits), sleep(50)], stage)).toMatchObject({ kind: 'ok' })
      expect(run(chans, main(fits + 1), stage)).toEqual(
        deadlock(
          at('main', fits + 2, 'send x'),
          at('stage', 2 * (read + second) + 1, 'send y'),
          at('sink', read, 'recv never'),
        ),
      )
    }
  })
})

describe('Locks and wait groups', () => {
  it('locking twice in one goroutine is a deadlock', () => {
    expect(run({}, [lock('m'), lock('m')])).toEqual(deadlock(at('main', 1, 'lock m')))
    expect(run({}, [lock('m'), unlock('m'), lock('m')])).toEqual(OK)
  })

  it('two locks in different orders are a deadlock with both listed', () => {
    const a = [lock('A'), sleep(2), lock('B'), unlock('B'), unlock('A'), done('wg')]
    const b = [lock('B'), sleep(2), lock('A'), unlock('A'), unlock('B'), done('wg')]
    expect(run({}, [add('wg', 2), go('a'), go('b'), wait('wg')], { a, b })).toEqual(
      deadlock(at('main', 3, 'wgWait wg'), at('a', 2, 'lock B'), at('b', 2, 'lock A')),
    )
    expect(run({}, [add('wg', 2), go('a'), go('b'), wait('wg')], { a, b: a })).toEqual(OK)
  })

  it('a circle of philosophers blocks as a whole', () => {
    for (const count of [2, 3, 6]) {
      const names = numbers(count).map((i) => `p${i}`)
      const next = (i: number) => `fork${(i + 1) % count}`
      const others = Object.fromEntries(names.map((name, i) => [name, [lock(`fork${i}`), sleep(3), lock(next(i))]]))
      expect(run({}, [...names.map(go), lock('fork0')], others)).toEqual(
        deadlock(at('main', count, 'lock fork0'), ...names.map((name, i) => at(name, 2, `lock ${next(i)}`))),
      )
    }
  })

  it('an unlock hands the lock to the one who has waited longest', () => {
    const others = { a: [lock('m'), recv('never')], b: [lock('m'), recv('never')] }
    const main = [lock('m'), go('a'), go('b'), sleep(3), unlock('m'), sleep(3)]
    expect(run({ never: 0 }, main, others)).toEqual(leak(at('a', 1, 'recv never'), at('b', 0, 'lock m')))
    expect(run({ never: 0 }, [...main.slice(0, 5), lock('m')], others)).toEqual(
      deadlock(at('main', 5, 'lock m'), at('a', 1, 'recv never'), at('b', 0, 'lock m')),
    )
  })

  it('a lock that was handed over is not free for those who come first in the next round', () => {
    const others = { a: [lock('m'), recv('never')], z: [sleep(3), unlock('m')] }
    const main = [lock('m'), go('a'), go('z'), sleep(3), lock('m'), sleep(5)]
    expect(run({ never: 0 }, main, others)).toEqual(deadlock(at('main', 4, 'lock m'), at('a', 1, 'recv never')))
  })

  it('any goroutine may unlock', () => {
    expect(run({}, [lock('m'), go('a'), lock('m')], { a: [unlock('m')] })).toEqual(OK)
  })

  it('a wait ends when the counter is 0, for all who wait', () => {
    const workers = random.int(1, 5)
    const others = { w: [sleep(random.int(1, 4)), done('wg')], other: [wait('wg'), send('c')] }
    const main = [add('wg', workers), go('other'), ...times(workers, go('w')), wait('wg'), recv('c'), wait('wg')]
    expect(run({ c: 0 }, main, others)).toEqual(OK)
    const more = [add('wg', workers + 1), ...main.slice(1)]
    expect(run({ c: 0 }, more, others)).toEqual(
      deadlock(at('main', workers + 2, 'wgWait wg'), at('other', 0, 'wgWait wg')),
    )
    expect(run({}, [wait('fresh'), add('wg', 2), add('wg', -2), wait('wg')])).toEqual(OK)
  })
})

describe('Who can still run', () => {
  it('it is no deadlock while somebody can run', () => {
    const busy = [...times(random.int(5, 20), lock('m'), unlock('m')), send('c')]
    expect(run({ c: 0 }, [go('a'), recv('c')], { a: busy })).toEqual(OK)
  })

  it('it is no deadlock while somebody sleeps', () => {
    expect(run({ c: 0 }, [go('a'), recv('c')], { a: [sleep(random.int(2, 50)), send('c')] })).toEqual(OK)
    expect(run({ c: 0 }, [go('a'), recv('c')], { a: [sleep(3)] })).toEqual(deadlock(at('main', 1, 'recv c')))
  })

  it('however long the sleep, it costs nothing', () => {
    const others = { a: [sleep(2_000_000_000), send('c')], b: [sleep(1_000_000_000), recv('never')] }
    expect(run({ c: 0, never: 0 }, [go('a'), go('b'), recv('c')], others)).toEqual(leak(at('b', 1, 'recv never')))
  })

  it('a sleep takes as many turns as it says, any other operation one', () => {
    // Main has its turn first in each round: the other blocks one turn too late to be seen, or just in time.
    const ticks = random.int(1, 6)
    const other = { a: [sleep(ticks), recv('never')] }
    expect(run({ never: 0 }, [go('a'), sleep(ticks)], other)).toEqual(OK)
    expect(run({ never: 0 }, [go('a'), sleep(ticks), sleep(1)], other)).toEqual(leak(at('a', 1, 'recv never')))
    const steady = { a: [...times(ticks, add('wg', 1)), recv('never')] }
    expect(run({ never: 0 }, [go('a'), ...times(ticks, add('wg', 1))], steady)).toEqual(OK)
    expect(run({ never: 0 }, [go('a'), ...times(ticks + 1, add('wg', 1))], steady)).toEqual(
      leak(at('a', ticks, 'recv never')),
    )
  })

  it('the end of main ends the program, and those who are blocked have leaked', () => {
    const others = { a: [recv('never')], b: [sleep(100)], c: times(50, add('x', 1)), d: [lock('m')], e: [lock('m')] }
    const main = [go('a'), go('b'), go('c'), go('d'), go('e'), sleep(4)]
    expect(run({ never: 0 }, main, others)).toEqual(leak(at('a', 0, 'recv never'), at('e', 0, 'lock m')))
    expect(run({}, [])).toEqual(OK)
  })

  it('main is over as soon as its last operation is complete, whoever completes it', () => {
    expect(run({ c: 0 }, [go('a'), recv('c')], { a: [send('c'), close('c'), close('c')] })).toEqual(OK)
    expect(run({ c: 0 }, [go('a'), go('b')], { a: [close('c'), close('c')], b: [recv('c')] })).toEqual(OK)
  })

  it('goroutines take turns in the order of their start, beginning in the round in which they are started', () => {
    // Main: go a, go b, recv. Round 1: a starts and takes its first turn. Round 2: a second turn, then b.
    const others = { a: [add('x', 1), send('c'), recv('never')], b: [send('c'), recv('never')] }
    expect(run({ c: 0, never: 0 }, [go('a'), go('b'), recv('c'), sleep(3)], others)).toEqual(
      leak(at('a', 2, 'recv never'), at('b', 0, 'send c')),
    )
    const later = { a: [add('x', 1), add('x', 1), send('c'), recv('never')], b: others.b }
    expect(run({ c: 0, never: 0 }, [go('a'), go('b'), recv('c'), sleep(3)], later)).toEqual(
      leak(at('a', 2, 'send c'), at('b', 1, 'recv never')),
    )
  })

  it('the same goroutine can be started several times', () => {
    const count = random.int(2, 5)
    expect(run({ c: 1 }, [...times(count, go('w')), sleep(count + 2)], { w: [sleep(1), send('c')] })).toEqual(
      leak(...times(count - 1, at('w', 1, 'send c'))),
    )
  })

  it('a program that goes on and on is a livelock', () => {
    expect(run({}, [go('a'), recv('c')], { a: [go('a')] }, 50)).toEqual({ kind: 'livelock' })
    expect(run({ c: 0 }, [go('a'), recv('c')], { a: [sleep(1), go('a')] }, 70)).toEqual({ kind: 'livelock' })
  })

  it('the limit counts operations begun, and just enough is enough', () => {
    const steps = random.int(3, 30)
    const main = times(steps, add('x', 1))
    expect(run({}, main, {}, steps)).toEqual(OK)
    expect(run({}, main, {}, steps - 1)).toEqual({ kind: 'livelock' })
    expect(run({}, [sleep(1000), sleep(1000)], {}, 2)).toEqual(OK)
    expect(run({ c: 0 }, [go('a'), recv('c')], { a: [recv('c')] }, 3)).toEqual(
      deadlock(at('main', 1, 'recv c'), at('a', 0, 'recv c')),
    )
  })

  it('without a limit of its own a program may begin ten thousand operations', () => {
    const others = { w: [...times(98, add('x', 1)), done('wg')] }
    const main = (spare: number) => [add('wg', 99), ...times(spare, add('x', 1)), ...times(99, go('w')), wait('wg')]
    expect(run({}, main(98), others)).toEqual(OK)
    expect(run({}, main(99), others)).toEqual({ kind: 'livelock' })
  })
})

describe('Panics', () => {
  const cases: Record<string, [Record<string, number | null>, Op[]]> = {
    'sending on a closed channel': [{ c: 3 }, [close('c'), send('c')]],
    'closing a closed channel': [{ c: 0 }, [close('c'), close('c')]],
    'closing a nil channel': [{ c: null }, [close('c')]],
    'a negative wait group': [{}, [add('wg', 1), done('wg'), done('wg')]],
    'a wait group that is made negative by adding': [{}, [add('wg', 2), add('wg', -3)]],
    'unlocking an unlocked mutex': [{}, [lock('m'), unlock('m'), unlock('m')]],
  }
  for (const [title, [chans, ops]] of Object.entries(cases)) {
    it(`${title} is a panic`, () => {
      expect(run(chans, [...ops, recv('c')])).toMatchObject({ kind: 'panic', goroutine: 'main' })
      expect(run({ ...chans, idle: 0 }, [go('a'), recv('idle')], { a: ops })).toMatchObject({
        kind: 'panic',
        goroutine: 'a',
      })
    })
  }

  it('a sender that is blocked when its channel is closed panics', () => {
    const others = { a: [send('c')], b: [send('c')] }
    for (const capacity of [0, 1]) {
      const main = [...times(capacity, send('c')), go('a'), go('b'), sleep(3), close('c'), sleep(5)]
      expect(run({ c: capacity }, main, others)).toMatchObject({ kind: 'panic', goroutine: 'a' })
    }
  })

  it('an outcome of panic names a reason and nothing that is blocked', () => {
    const outcome = run({ c: 0, d: 0 }, [go('a'), close('c'), close('c')], { a: [recv('d')] })
    expect(outcome).toEqual({ kind: 'panic', goroutine: 'main', reason: expect.any(String) })
  })
})

describe('select', () => {
  it('takes the first case that is ready', () => {
    const cases = [recv('a'), send('b'), recv('c')]
    const main = [send('c'), select(cases), recv('b'), recv('c')]
    expect(run({ a: 0, b: 1, c: 1 }, main)).toEqual(OK)
    const first = [send('a'), send('c'), select(cases), recv('c'), recv('b')]
    expect(run({ a: 1, b: 1, c: 1 }, first)).toEqual(deadlock(at('main', 4, 'recv b')))
  })

  it('takes the default instead of waiting', () => {
    expect(run({ a: 0, n: null }, [select([recv('a'), send('a'), recv('n')], true)])).toEqual(OK)
    expect(run({ a: 1 }, [select([send('a')], true), recv('a')])).toEqual(OK)
    expect(run({ a: 0 }, [select([recv('a')], false)])).toEqual(deadlock(at('main', 0, 'select')))
  })

  it('waits for all of its cases, and leaves every line when one is served', () => {
    const a = [select([recv('x'), recv('y'), send('x')]), recv('never')]
    expect(run({ x: 0, y: 0, never: 0 }, [go('a'), sleep(2), send('y'), sleep(2)], { a })).toEqual(
      leak(at('a', 1, 'recv never')),
    )
    const chans = { x: 0, y: 0, never: 0 }
    expect(run(chans, [go('a'), sleep(2), send('y'), send('x')], { a })).toEqual(
      deadlock(at('main', 3, 'send x'), at('a', 1, 'recv never')),
    )
    expect(run(chans, [go('a'), sleep(2), send('y'), recv('x')], { a })).toEqual(
      deadlock(at('main', 3, 'recv x'), at('a', 1, 'recv never')),
    )
  })

  it('closed channels are ready, nil ones never', () => {
    expect(run({ c: 0, d: 0 }, [close('c'), select([recv('d'), recv('c')])])).toEqual(OK)
    expect(run({ c: 0 }, [go('a'), select([recv('c')])], { a: [sleep(2), close('c')] })).toEqual(OK)
    expect(run({ c: 0 }, [close('c'), select([send('c')], true)])).toMatchObject({ kind: 'panic', goroutine: 'main' })
    expect(run({ c: 0 }, [go('a'), sleep(2), close('c'), sleep(2)], { a: [select([send('c')])] })).toMatchObject({
      kind: 'panic',
      goroutine: 'a',
    })
    expect(run({ n: null }, [select([recv('n'), send('n')])])).toEqual(deadlock(at('main', 0, 'select')))
    expect(run({}, [select([])])).toEqual(deadlock(at('main', 0, 'select')))
  })

  it('never meets itself, but meets others', () => {
    expect(run({ c: 0 }, [select([send('c'), recv('c')])])).toEqual(deadlock(at('main', 0, 'select')))
    const both = select([send('c'), recv('c')])
    expect(run({ c: 0 }, [go('a'), both], { a: [both] })).toEqual(OK)
    expect(run({ c: 0 }, [select([send('c'), recv('c')], true)])).toEqual(OK)
  })
})

describe('Lock cycles', () => {
  it('finds the circle, each waiting for a lock that the next one holds', () => {
    const count = random.int(2, 7)
    const order = random.shuffle(numbers(count).map((i) => `g${i}`))
    const next = (i: number) => order[(i + 1) % count] as string
    const holds = Object.fromEntries(random.shuffle(order.map((g) => [g, [`spare of ${g}`, `lock of ${g}`]] as const)))
    const waits = Object.fromEntries(random.shuffle(order.map((g, i) => [g, `lock of ${next(i)}`] as const)))
    const first = order.indexOf('g0')
    expect(lockCycle(holds, waits)).toEqual([...order.slice(first), ...order.slice(0, first)])
  })

  it('leaves out those who only wait for the circle', () => {
    const holds = { a: ['A'], x: ['X'], y: ['Y'], z: ['Z'], idle: ['I'] }
    expect(lockCycle(holds, { a: 'X', b: 'A', x: 'Y', y: 'Z', z: 'X' })).toEqual(['x', 'y', 'z'])
    expect(lockCycle(holds, { b: 'A', a: 'Z', z: 'Y', y: 'Z' })).toEqual(['y', 'z'])
  })

  it('a chain that ends is no circle', () => {
    const names = random.shuffle(numbers(9).map((i) => `g${i}`))
    const holds = Object.fromEntries(names.map((g) => [g, [g.toUpperCase()]]))
    const waits = Object.fromEntries(names.slice(1).map((g, i) => [g, (names[i] ?? '').toUpperCase()]))
    expect(lockCycle(holds, waits)).toBeNull()
    expect(lockCycle(holds, { ...waits, other: 'free for all' })).toBeNull()
    expect(lockCycle({ a: ['A'] }, { b: 'A', c: 'A', d: 'A' })).toBeNull()
    expect(lockCycle({}, {})).toBeNull()
  })

  it('one who waits for a lock of its own is a circle', () => {
    expect(lockCycle({ a: ['A', 'B'], b: ['C'] }, { b: 'A', a: 'B' })).toEqual(['a'])
  })

  it('of several circles it finds one', () => {
    const holds = { a: ['A'], b: ['B'], c: ['C'], d: ['D'], e: ['E'] }
    const found = lockCycle(holds, { a: 'C', b: 'D', d: 'B', c: 'E', e: 'C' })
    expect([
      ['b', 'd'],
      ['c', 'e'],
    ]).toContainEqual(found)
  })
})
