import { describe, expect, it, vi } from 'vitest'
import { type Frame, ProtocolBreach } from '@/lib/runtime/membrane/channel'
import type { Wire } from '@/lib/runtime/membrane/wire'
import { attacked, type Forged } from './attacked'

/* Frames that no honest guest sends. */

const answer = (question: Frame, heap: Wire[], ...values: Wire[]): Frame => ['a', question[1] as Wire, 0, heap, [], null, ...values]
const ask = (operation: string, ...values: Wire[]): Frame => ['q', 7, operation, [], [], null, ...values]
/** The wire form of the first argument of the call. */
const argument = (question: Frame): Wire => question[8] as Wire
const update = (question: Frame, ...updates: Wire[]): Frame => ['a', question[1] as Wire, 0, [], updates, null, null]

const BREACHES: [string, Forged][] = [
  ['an answer with another nonce', (q) => [['a', (q[1] as number) + 1, 0, [], [], null, null]]],
  ['an answer without a value', (q) => [['a', q[1] as Wire, 0, [], [], null]]],
  ['an unknown outcome', (q) => [['a', q[1] as Wire, 9, [], [], null, null]]],
  ['an unknown frame', () => [['z', 1]]],
  ['an empty frame', () => [[]]],
  ['an unknown operation', () => [ask('eval', 'x')]],
  ['an operation of Object.prototype', () => [ask('constructor', 'x')]],
  ['loading, which only the judge asks', () => [ask('load', 'x')]],
  ['driving, which only the judge asks', () => [ask('drive', 'x')]],
  ['a call of the built-in Object', () => [ask('call', ['i', 'Object'], null)]],
  ['a get on the built-in Object', () => [ask('get', ['i', 'Object'], 'defineProperty')]],
  ['a set on the built-in Object', () => [ask('set', ['i', 'Object'], 'is', null)]],
  ['a construction of a built-in', () => [ask('new', ['i', 'Map'])]],
  ['a target of its own', () => [ask('call', ['r', 3], null)]],
  ['a target that is a text', () => [ask('get', 'x', 'length')]],
  ['a built-in method outside the list', (q) => [ask('method', argument(q), 'Function.prototype.call')]],
  ['a built-in method on a target of its own', () => [ask('method', ['r', 3], 'Map.prototype.get', 1)]],
  ['an id that was never given', (q) => [answer(q, [], ['r', 999])]],
  ['an id of the judge', (q) => [answer(q, [[2, 'd', [], [0]]], null)]],
  ['an id given twice', (q) => [answer(q, [[3, 'd', [], [0]]], null)]],
  ['a negative id', (q) => [answer(q, [[-1, 'd', [], [0]]], null)]],
  ['a fractional id', (q) => [answer(q, [[5.5, 'd', [], [0]]], null)]],
  ['an unknown kind', (q) => [answer(q, [[5, 'Z', [], []]], null)]],
  ['an unknown tag', (q) => [answer(q, [], ['q', 1])]],
  ['an object where JSON allows one', (q) => [answer(q, [], { asymmetricMatch: true } as unknown as Wire)]],
  ['a token that names nothing', (q) => [answer(q, [], ['i', 'Function'])]],
  ['the token of a function that no test gave', (q) => [answer(q, [], ['i', 'Object.assign'])]],
  ['the token of a prototype as a value', (q) => [answer(q, [], ['i', 'Object.prototype'])]],
  ['a prototype that is a data object', (q) => [answer(q, [[5, 'd', [], [0]], [7, 'o', [], [['r', 5]]]], null)]],
  ['prototypes in a circle', (q) => [answer(q, [[5, 'P', [], [['r', 7], ['u'], 0]], [7, 'P', [], [['r', 5], ['u'], 0]]], null)]],
  ['an array longer than its elements', (q) => [answer(q, [[5, 'a', [], [0, 4_000_000_000]]], null)]],
  ['an array of negative length', (q) => [answer(q, [[5, 'a', [], [0, -1]]], null)]],
  ['an element beside the elements', (q) => [answer(q, [[5, 'a', [], [0, 0, '4294967293', 1]]], null)]],
  ['an error of another class', (q) => [answer(q, [[5, 'e', [], [['i', 'Set.prototype']]]], null)]],
  ['three hundred registered symbols', (q) => [answer(q, [], ...Array.from({ length: 300 }, (_, i): Wire => ['y', 'f', `of a test ${i}`]))]],
  ['a key that is a number', (q) => [answer(q, [[5, 'd', [], [0, 1, 7, 'x']]], null)]],
  ['a buffer of a terabyte', (q) => [answer(q, [[5, 'B', [1e12], ['']]], null)]],
  ['a view beyond its buffer', (q) => [answer(q, [[5, 'B', [1], ['AA==']], [7, 'V', ['Uint8Array', ['r', 5], 0, 9], []]], null)]],
  ['a pattern that is none', (q) => [answer(q, [[5, 'R', ['(', ''], [0]]], null)]],
  ['a bigint that is none', (q) => [answer(q, [], ['b', 'x'])]],
  ['a bigint of a million digits', (q) => [answer(q, [], ['b', '9'.repeat(1e6)])]],
  ['new content of a function', (q) => [update(q, [3, []])]],
  ['new content of an unknown object', (q) => [update(q, [777, []])]],
  ['a promise settled that is none', () => [['t', 'settle', [], [], null, 5, true, 1]]],
  ['a signal aborted that is none', () => [ask('abort', 5, null)]],
  ['news of an unknown sort', () => [['t', 'verdict', [], [], null, 'passed']]],
  ['a change of a function of the tests', (q) => [ask('set', argument(q), 'x', 1)]],
  ['a property defined on a function of the tests', (q) => [ask('def', argument(q), 'x', 7, 1)]],
  ['a snapshot of an object of the tests', (q) => [ask('snap', argument(q))]],
  ['a second answer to one question', (q) => [answer(q, [], 1), answer(q, [], 2)]],
]

describe('a breach', () => {
  it.each(BREACHES)('is %s', (_, forge) => {
    const { link, call } = attacked(forge)
    const use = (): void => {
      call(() => {})
      // What was laid out beyond the first answer is found by the next question.
      call(() => {})
    }
    expect(use).toThrow(ProtocolBreach)
    expect(link.breach).toBeInstanceOf(ProtocolBreach)
    expect(() => call()).toThrow(ProtocolBreach)
  })
})

it('what a driver was given stays as it was for the tests, whatever the other end tells of it', () => {
  const { link, sent } = attacked((question) => {
    const told = (question[3] as Wire[][]).filter(([, kind]) => kind === 'a').map(([id]): Wire => [id as Wire, [0, 0]])
    return [update(question, ...told)]
  })
  const bytes = new Uint8Array([1, 2])
  const given = { list: [1, [2]], map: new Map([['a', [3]]]), set: new Set([[4]]), bytes, date: new Date(5), none: Object.create(null) as object }
  const before = structuredClone(given)
  link.drive('() => 0', [given, given.list, bytes.buffer])
  expect(given).toEqual(before)
  // Their copies are what has crossed, each once.
  const kinds = (sent.at(-1)?.[3] as Wire[][]).map(([, kind]) => kind)
  expect(kinds.sort()).toEqual(['B', 'D', 'V', 'a', 'a', 'a', 'a', 'd', 'm', 'n', 't'])
})

it('a link that was closed asks nothing more, as its descriptors may be another guest\'s by then', () => {
  const { link, call, sent } = attacked((question) => [answer(question, [], 1)])
  const before = sent.length
  link.close()
  expect(() => call()).toThrow('over')
  expect(sent).toHaveLength(before)
})

describe('new content without the form of its kind', () => {
  /** The breach of an update that a guest makes of its answer's argument, and what the judge asked after the call. */
  function breachOf(value: object, cells: Wire[]): { breach: ProtocolBreach | null; asked: Frame[] } {
    const { call, link, sent } = attacked((question) => [
      update(question, [(argument(question) as Wire[])[1] as Wire, cells]),
    ])
    expect(() => call(value)).toThrow(ProtocolBreach)
    return { breach: link.breach, asked: sent.slice(sent.findIndex((frame) => frame[2] === 'call') + 1) }
  }

  it('takes nothing from the object of the tests: an array', () => {
    const list = Object.assign([1, 2], { note: 'kept' })
    expect(breachOf(list, [0, -1]).breach?.message).toBe('length of an array')
    expect(Object.entries(list)).toEqual([['0', 1], ['1', 2], ['note', 'kept']])
  })

  it('takes nothing from the object of the tests: a plain object', () => {
    const plain = { limit: 1 }
    expect(breachOf(plain, [0, 'other']).breach?.message).toBe('properties of an object')
    expect(plain).toEqual({ limit: 1 })
  })

  it('is looked at as a key only when it is one: an object would be asked for its name', () => {
    const plain = { limit: 1 }
    const { breach, asked } = breachOf(plain, [0, ['r', 3], 7, 1])
    expect([breach?.message, asked]).toEqual(['a key is neither text nor symbol', []])
    expect(plain).toEqual({ limit: 1 })
  })
})

describe('the machinery behind an object of the tests', () => {
  /** What the judge answers to these questions about the argument of a call. */
  function answersTo(value: unknown, ...operations: [string, ...Wire[]][]): Frame[] {
    const { call, sent } = attacked((question) => {
      if (question[2] !== 'call') return [answer(question, [], null)]
      return [...operations.map(([operation, ...values]) => ask(operation, argument(question), ...values)), answer(question, [], null)]
    })
    call(value)
    return sent.filter((frame) => frame[0] === 'a')
  }
  class Mine {
    secret = 1
    #own = 2
    get own(): number {
      return this.#own
    }
  }

  it.each(['constructor', '__proto__', 'prototype', '__defineGetter__', '__lookupGetter__', 'hasOwnProperty'])(
    'is not reached through %s',
    (key) => {
      for (const value of [new Mine(), { f: () => 1 }, () => 1, vi.fn(), class {}]) {
        const [reply] = answersTo(value, ['get', key])
        expect(reply?.[2]).toBe(2)
      }
    },
  )

  it('shows own members and getters, which is what a test gave', () => {
    const [secret, own] = answersTo(new Mine(), ['get', 'secret'], ['get', 'own'])
    expect([secret?.[6], own?.[6]]).toEqual([1, 2])
  })

  it('of a spy shows nothing', () => {
    const spy = vi.fn()
    for (const reply of answersTo(spy, ['get', 'mock'], ['get', 'mockReturnValue'], ['get', '_isMockFunction'])) {
      expect(reply[2]).toBe(2)
    }
  })

  it('takes no member that would hide one of every object', () => {
    const mine = new Mine()
    for (const reply of answersTo(mine, ['set', 'toString', 1], ['def', '__proto__', 7, null], ['del', 'constructor'])) {
      expect(reply[2]).toBe(1)
    }
    expect(Object.keys(mine)).toEqual(['secret'])
  })
})

describe('marks of assertion libraries', () => {
  it('are on nothing that comes from a solution', () => {
    const marks: Wire[] = ['asymmetricMatch', 7, ['r', 3], '$$typeof', 7, ['y', 'f', 'jest.asymmetricMatcher'], '_isMockFunction', 7, true, 'nodeType', 7, 1]
    const { call } = attacked((q) => [answer(q, [[5, 'd', [], [0, ...marks, 'x', 7, 1]]], ['r', 5])])
    const value = call() as object
    expect(Reflect.ownKeys(value)).toEqual(['x'])
  })
})
