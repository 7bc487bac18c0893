import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { AmqpError, type ExchangeType, type Headers, Router, topicMatch } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** A router with these queues and exchanges. */
function setup(queues: readonly string[], exchanges: Readonly<Record<string, ExchangeType>>) {
  const router = new Router()
  for (const name of queues) router.queue(name)
  for (const [name, type] of Object.entries(exchanges)) router.exchange(name, type)
  const to = (exchange: string, key: string, headers?: Headers) =>
    router.publish(exchange, key, 'm', { headers }).queues
  return { router, to }
}

/** The code of the error that this throws. */
function codeOf(fn: () => unknown): string {
  try {
    fn()
  } catch (error) {
    return error instanceof AmqpError ? error.code : String(error)
  }
  return 'nothing thrown'
}

describe('Topic patterns', () => {
  const all = (cases: ReadonlyArray<readonly [string, string, boolean]>) => {
    for (const [pattern, key, expected] of random.shuffle(cases)) {
      expect(`${pattern} ${key} ${topicMatch(pattern, key)}`).toBe(`${pattern} ${key} ${expected}`)
    }
  }

  it('compares words', () => {
    const key = numbers(random.int(1, 5)).map(() => random.pick(['a', 'b', 'cc'])).join('.')
    all([
      [key, key, true],
      [`${key}.a`, key, false],
      [key, `${key}.a`, false],
      ['a.b', 'a.B', false],
      ['a.b', 'ab', false],
    ])
  })

  it('takes * for exactly one word', () => {
    all([
      ['*', 'abc', true],
      ['*', 'a.b', false],
      ['*', '', false],
      ['a.*.c', 'a.b.c', true],
      ['a.*.c', 'a.c', false],
      ['a.*.c', 'a.b.b.c', false],
      ['*.*', 'a.b', true],
      ['*.*', 'a', false],
    ])
  })

  it('takes # for any number of words, also none', () => {
    all([
      ['#', '', true],
      ['#', 'a', true],
      ['#', 'a.b.c', true],
      ['a.#.b', 'a.b', true],
      ['a.#.b', 'a.x.y.b', true],
      ['a.#.b', 'a.b.x', false],
      ['#.b', 'b', true],
      ['a.#', 'a', true],
      ['a.#', 'ab', false],
      ['#.#', '', true],
    ])
  })

  it('lets wildcards stand side by side', () => {
    all([
      ['#.*', '', false],
      ['#.*', 'a', true],
      ['*.#.*', 'a', false],
      ['*.#.*', 'a.b', true],
      ['#.a.#', 'b.a.c', true],
      ['#.a.#', 'b.c', false],
      ['#.a.*', 'a.a.b', true],
      ['#.a.*', 'b.a', false],
    ])
  })

  it('counts empty words, but none in an empty string', () => {
    all([
      ['a.*.b', 'a..b', true],
      ['a..b', 'a..b', true],
      ['a..b', 'a.b', false],
      ['*', '.', false],
      ['*.*', '.', true],
      ['a.*', 'a.', true],
      ['', '', true],
      ['', 'a', false],
    ])
  })

  it('takes everything else for itself', () => {
    all([
      ['a.b', 'axb', false],
      ['a*', 'abc', false],
      ['a*', 'a*', true],
      ['a#.b', 'a#.b', true],
      ['a#.b', 'axx.b', false],
      ['[a-z]+', 'abc', false],
      ['(a|b).$', '(a|b).$', true],
      ['^a', 'a', false],
    ])
  })

  it('agrees with a plain search for any pattern', () => {
    const matches = (pattern: readonly string[], key: readonly string[]): boolean => {
      const [part, ...rest] = pattern
      if (part === undefined) return key.length === 0
      if (part === '#') return matches(rest, key) || (key.length > 0 && matches(pattern, key.slice(1)))
      return key.length > 0 && (part === '*' || part === key[0]) && matches(rest, key.slice(1))
    }
    const cases = numbers(300).map((): [string, string] => [
      numbers(random.int(1, 6)).map(() => random.pick(['a', 'b', '*', '#'])).join('.'),
      numbers(random.int(1, 6)).map(() => random.pick(['a', 'b'])).join('.'),
    ])
    const found = inGuest(
      (solution: typeof import('./solution'), all: ReadonlyArray<readonly [string, string]>) =>
        all.map(([pattern, key]) => solution.topicMatch(pattern, key)),
      cases,
    )
    expect(found).toEqual(cases.map(([pattern, key]) => matches(pattern.split('.'), key.split('.'))))
    for (const [pattern, key] of cases.slice(0, 20)) {
      expect(topicMatch(pattern, key)).toBe(matches(pattern.split('.'), key.split('.')))
    }
  })

  it('stays fast when patterns are full of wildcards', () => {
    const pattern = [...numbers(20).flatMap(() => ['#', 'a']), 'x'].join('.')
    const key = numbers(60).map(() => 'a').join('.')
    expect(topicMatch(pattern, key)).toBe(false)
    expect(topicMatch(pattern, `${key}.x`)).toBe(true)
  })
})

describe('Routing', () => {
  it('finds the queue of the key’s name from the default exchange', () => {
    const { router, to } = setup(['a', 'b'], {})
    const [name, other] = random.shuffle(['a', 'b'])
    expect(to('', name ?? '')).toEqual([name])
    expect(to('', 'c')).toEqual([])
    expect([router.messages(name ?? ''), router.messages(other ?? '')]).toEqual([['m'], []])
  })

  it('compares the whole key at a direct exchange', () => {
    const { router, to } = setup(['a', 'b', 'c'], { x: 'direct' })
    router.bind({ queue: 'a' }, 'x', 'k.1')
    router.bind({ queue: 'b' }, 'x', 'k.*')
    router.bind({ queue: 'c' }, 'x', '#')
    expect([to('x', 'k.1'), to('x', 'k.*'), to('x', 'k')]).toEqual([['a'], ['b'], []])
  })

  it('ignores the key at a fanout exchange', () => {
    const { router, to } = setup(['a', 'b'], { x: 'fanout' })
    router.bind({ queue: 'a' }, 'x', 'only this')
    router.bind({ queue: 'b' }, 'x', '')
    expect(to('x', 'anything')).toEqual(['a', 'b'])
  })

  it('matches patterns at a topic exchange', () => {
    const { router, to } = setup(['a', 'b', 'c'], { x: 'topic' })
    router.bind({ queue: 'a' }, 'x', 'eu.#')
    router.bind({ queue: 'b' }, 'x', '*.order')
    router.bind({ queue: 'c' }, 'x', '')
    expect([to('x', 'eu.order'), to('x', 'us.order'), to('x', '')]).toEqual([['a', 'b'], ['b'], ['c']])
  })

  it('wants all headers, or any of them', () => {
    const { router, to } = setup(['all', 'any', 'implied'], { x: 'headers' })
    const wanted = { kind: 'pdf', pages: 3, draft: false }
    router.bind({ queue: 'all' }, 'x', 'key', { 'x-match': 'all', ...wanted })
    router.bind({ queue: 'any' }, 'x', 'key', { 'x-match': 'any', ...wanted })
    router.bind({ queue: 'implied' }, 'x', 'key', wanted)
    expect(to('x', 'other', { ...wanted, more: 1 })).toEqual(['all', 'any', 'implied'])
    expect(to('x', 'other', { kind: 'pdf', pages: 3, draft: true })).toEqual(['any'])
    expect(to('x', 'other', { draft: false })).toEqual(['any'])
    expect(to('x', 'key', { kind: 'doc', pages: '3', draft: 0 })).toEqual([])
    expect(to('x', 'key')).toEqual([])
  })

  it('compares neither names with x- nor values that may be any', () => {
    const { router, to } = setup(['a', 'b', 'c', 'd'], { x: 'headers' })
    router.bind({ queue: 'a' }, 'x', '', { 'x-trace': 'on', kind: 'pdf' })
    router.bind({ queue: 'b' }, 'x', '', { kind: null })
    router.bind({ queue: 'c' }, 'x', '', { 'x-match': 'any', 'x-trace': 'on' })
    router.bind({ queue: 'd' }, 'x', '', { 'x-trace': 'on' })
    expect(to('x', '', { kind: 'pdf' })).toEqual(['a', 'b', 'd'])
    expect(to('x', '', { kind: undefined, 'x-trace': 'on' })).toEqual(['b', 'd'])
    expect(to('x', '')).toEqual(['d'])
  })

  it('does not take what every object has for a header', () => {
    const { router, to } = setup(['a'], { x: 'headers' })
    router.bind({ queue: 'a' }, 'x', '', { toString: null })
    expect([to('x', '', { kind: 1 }), to('x', '', { toString: 1 })]).toEqual([[], ['a']])
  })

  it('gives a queue one copy, and names the queues in order', () => {
    const names = random.shuffle(['q10', 'q2', 'Q', 'a', 'z'])
    const { router, to } = setup(names, { x: 'topic' })
    for (const name of names) for (const key of ['#', 'k.#', '*', 'k']) router.bind({ queue: name }, 'x', key)
    expect(to('x', 'k')).toEqual([...names].sort())
    for (const name of names) expect(router.messages(name)).toEqual(['m'])
  })

  it('keeps bodies as they are, in their order', () => {
    const { router } = setup(['a', 'b'], { x: 'fanout' })
    router.bind({ queue: 'a' }, 'x', '')
    const bodies = random.shuffle([0, '', null, undefined, 'x', 'x', 17])
    for (const body of bodies) router.publish('x', 'k', body)
    router.messages('a').length = 0
    expect([router.messages('a'), router.messages('b')]).toEqual([bodies, []])
  })
})

describe('Chains and leftovers', () => {
  it('goes on from exchange to exchange with the same key and headers', () => {
    const { router, to } = setup(['a', 'b', 'c'], { one: 'fanout', two: 'topic', three: 'headers' })
    router.bind({ exchange: 'two' }, 'one', '')
    router.bind({ exchange: 'three' }, 'two', 'eu.#')
    router.bind({ queue: 'a' }, 'two', '#.paid')
    router.bind({ queue: 'b' }, 'three', '', { vip: true })
    router.bind({ queue: 'c' }, 'one', '')
    expect(to('one', 'eu.paid', { vip: true })).toEqual(['a', 'b', 'c'])
    expect(to('one', 'eu.sent', { vip: true })).toEqual(['b', 'c'])
    expect(to('one', 'us.paid', { vip: true })).toEqual(['a', 'c'])
    expect(to('two', 'eu', {})).toEqual([])
  })

  it('gives a queue one copy, also over several ways', () => {
    const { router } = setup(['a'], { start: 'fanout', left: 'fanout', right: 'fanout' })
    for (const side of ['left', 'right']) {
      router.bind({ exchange: side }, 'start', '')
      router.bind({ queue: 'a' }, side, '')
    }
    router.bind({ queue: 'a' }, 'start', '')
    router.publish('start', '', 'once')
    expect(router.messages('a')).toEqual(['once'])
  })

  it('ends in cycles', () => {
    const names = numbers(random.int(3, 5)).map((i) => `x${i}`)
    const { router, to } = setup(['a'], Object.fromEntries(names.map((name) => [name, 'fanout' as const])))
    names.forEach((name, i) => router.bind({ exchange: names[(i + 1) % names.length] ?? '' }, name, ''))
    router.bind({ exchange: 'x0' }, 'x0', '')
    router.bind({ queue: 'a' }, names[names.length - 1] ?? '', '')
    expect(to(random.pick(names), 'k')).toEqual(['a'])
    expect(router.messages('a')).toEqual(['m'])
  })

  it('visits each exchange once, however many ways there are', () => {
    const names = numbers(24).map((i) => `x${i}`)
    const { router, to } = setup(['a'], Object.fromEntries(names.map((name) => [name, 'fanout' as const])))
    names.slice(1).forEach((name, i) => {
      router.bind({ exchange: name }, `x${i}`, 'one')
      router.bind({ exchange: name }, `x${i}`, 'two')
    })
    router.bind({ queue: 'a' }, 'x23', '')
    expect(to('x0', 'k')).toEqual(['a'])
  })

  it('tells exchanges and queues of the same name apart', () => {
    const { router, to } = setup(['same', 'other'], { same: 'fanout', start: 'direct' })
    router.bind({ exchange: 'same' }, 'start', 'k')
    router.bind({ queue: 'other' }, 'same', '')
    expect(to('start', 'k')).toEqual(['other'])
    router.bind({ queue: 'same' }, 'start', 'k')
    expect(to('start', 'k')).toEqual(['other', 'same'])
  })

  it('hands what matches nothing to the alternate', () => {
    const { router, to } = setup(['a', 'b', 'c'], { second: 'direct' })
    router.exchange('first', 'direct', { alternate: 'second' })
    router.exchange('third', 'fanout', { internal: true })
    router.exchange('chain', 'direct', { alternate: 'first' })
    router.bind({ queue: 'a' }, 'first', 'k')
    router.bind({ queue: 'b' }, 'second', 'k')
    router.bind({ queue: 'b' }, 'second', 'other')
    router.bind({ exchange: 'third' }, 'second', 'third')
    router.bind({ queue: 'c' }, 'third', '')
    expect([to('first', 'k'), to('first', 'other'), to('first', 'none')]).toEqual([['a'], ['b'], []])
    expect([to('chain', 'k'), to('chain', 'other'), to('chain', 'third')]).toEqual([['a'], ['b'], ['c']])
  })

  it('asks for the alternate at each exchange, not for the message as a whole', () => {
    const { router, to } = setup(['a', 'b'], { dead: 'fanout', rest: 'fanout' })
    router.exchange('start', 'fanout', { alternate: 'rest' })
    router.exchange('inner', 'direct', { alternate: 'rest' })
    router.bind({ exchange: 'dead' }, 'start', '')
    router.bind({ queue: 'b' }, 'rest', '')
    expect(to('start', 'k')).toEqual([])
    router.bind({ queue: 'a' }, 'start', '')
    router.bind({ exchange: 'inner' }, 'start', '')
    expect(to('start', 'k')).toEqual(['a', 'b'])
  })

  it('does without an alternate that does not exist yet, and ends in a ring of them', () => {
    const { router } = setup(['a'], {})
    router.exchange('x', 'direct', { alternate: 'y' })
    expect(router.publish('x', 'k', 1, { mandatory: true })).toEqual({ queues: [], returned: true })
    router.exchange('y', 'direct', { alternate: 'x' })
    expect(router.publish('x', 'k', 1, { mandatory: true })).toEqual({ queues: [], returned: true })
    router.bind({ queue: 'a' }, 'y', 'k')
    expect(router.publish('x', 'k', 1, { mandatory: true })).toEqual({ queues: ['a'], returned: false })
  })

  it('returns a message only if it was mandatory and reached nobody', () => {
    const { router } = setup(['a'], { x: 'direct', y: 'fanout' })
    router.bind({ queue: 'a' }, 'x', 'k')
    router.bind({ exchange: 'y' }, 'x', 'nowhere')
    const publish = (exchange: string, key: string, mandatory?: boolean) =>
      router.publish(exchange, key, 'm', { mandatory }).returned
    expect([publish('x', 'k', true), publish('x', 'other', true), publish('x', 'nowhere', true)]).toEqual([
      false,
      true,
      true,
    ])
    expect([publish('x', 'other', false), publish('x', 'other'), publish('', 'none', true)]).toEqual([
      false,
      false,
      true,
    ])
    expect(router.messages('a')).toHaveLength(1)
  })
})

describe('Declarations', () => {
  it('lets the same be declared again, and nothing else', () => {
    const { router, to } = setup(['a'], {})
    router.exchange('x', 'direct', { internal: false, alternate: 'rest' })
    router.exchange('plain', 'topic')
    router.bind({ queue: 'a' }, 'plain', '#')
    router.publish('plain', 'k', 'kept')
    router.exchange('x', 'direct', { alternate: 'rest' })
    router.exchange('plain', 'topic', { internal: false })
    router.queue('a')
    expect([to('plain', 'k'), router.messages('a')]).toEqual([['a'], ['kept', 'm']])
    const others: Array<[string, ExchangeType, { internal?: boolean; alternate?: string }?]> = [
      ['x', 'fanout', { alternate: 'rest' }],
      ['x', 'direct'],
      ['x', 'direct', { alternate: 'other' }],
      ['x', 'direct', { alternate: 'rest', internal: true }],
      ['plain', 'direct'],
    ]
    for (const args of others) expect(codeOf(() => router.exchange(...args))).toBe('PRECONDITION_FAILED')
  })

  it('leaves the default exchange alone', () => {
    const { router } = setup(['a'], { x: 'direct' })
    const calls = [
      () => router.exchange('', 'direct'),
      () => router.bind({ queue: 'a' }, '', 'a'),
      () => router.bind({ exchange: '' }, 'x', 'a'),
      () => router.bind({ exchange: 'x' }, '', 'a'),
    ]
    expect(calls.map(codeOf)).toEqual(calls.map(() => 'ACCESS_REFUSED'))
  })

  it('knows only what has been declared', () => {
    const { router } = setup(['a'], { x: 'direct' })
    const calls = [
      () => router.publish('y', 'k', 1),
      () => router.publish('a', 'k', 1),
      () => router.messages('x'),
      () => router.bind({ queue: 'b' }, 'x', 'k'),
      () => router.bind({ queue: 'x' }, 'x', 'k'),
      () => router.bind({ exchange: 'a' }, 'x', 'k'),
      () => router.bind({ queue: 'a' }, 'y', 'k'),
    ]
    expect(calls.map(codeOf)).toEqual(calls.map(() => 'NOT_FOUND'))
    expect(router.publish('x', 'k', 1).queues).toEqual([])
  })

  it('refuses publishers at internal exchanges', () => {
    const { router } = setup(['a'], {})
    router.exchange('x', 'fanout', { internal: true })
    router.bind({ queue: 'a' }, 'x', '')
    expect(codeOf(() => router.publish('x', 'k', 1))).toBe('ACCESS_REFUSED')
    expect(router.messages('a')).toEqual([])
  })

  it('refuses ways to match that it does not know', () => {
    const { router } = setup(['a'], { h: 'headers', f: 'fanout' })
    for (const value of ['some', '', 1, null]) {
      const headers = { 'x-match': value, kind: 1 }
      expect(codeOf(() => router.bind({ queue: 'a' }, 'h', '', headers))).toBe('PRECONDITION_FAILED')
    }
    expect(router.publish('h', '', 1, { headers: { kind: 1 } }).queues).toEqual([])
    router.bind({ queue: 'a' }, 'f', '', { 'x-match': 'some' })
    expect(router.publish('f', '', 1).queues).toEqual(['a'])
  })

  it('replaces the headers of a binding that is made again', () => {
    const { router, to } = setup(['a'], { x: 'headers' })
    const headers = { kind: 'pdf' }
    router.bind({ queue: 'a' }, 'x', 'k', headers)
    headers.kind = 'changed'
    expect(to('x', '', { kind: 'pdf' })).toEqual(['a'])
    router.bind({ queue: 'a' }, 'x', 'k', { kind: 'doc' })
    expect([to('x', '', { kind: 'pdf' }), to('x', '', { kind: 'doc' })]).toEqual([[], ['a']])
    router.bind({ queue: 'a' }, 'x', 'k2', { kind: 'pdf' })
    expect([to('x', '', { kind: 'pdf' }), to('x', '', { kind: 'doc' })]).toEqual([['a'], ['a']])
  })

  it('takes back a binding, and says whether there was one', () => {
    const { router, to } = setup(['a', 'b'], { x: 'topic', y: 'fanout' })
    router.bind({ queue: 'a' }, 'x', '#')
    router.bind({ queue: 'a' }, 'x', '*')
    router.bind({ exchange: 'y' }, 'x', '#')
    router.bind({ queue: 'b' }, 'y', '')
    expect([router.unbind({ queue: 'a' }, 'x', '#'), router.unbind({ queue: 'a' }, 'x', '#')]).toEqual([true, false])
    expect([to('x', 'k'), to('x', 'k.l')]).toEqual([['a', 'b'], ['b']])
    expect(router.unbind({ exchange: 'y' }, 'x', '#')).toBe(true)
    expect([to('x', 'k'), to('x', 'k.l')]).toEqual([['a'], []])
    expect(router.unbind({ queue: 'b' }, 'x', '*')).toBe(false)
    expect([router.unbind({ queue: 'none' }, 'x', ''), router.unbind({ queue: 'a' }, 'none', '')]).toEqual([
      false,
      false,
    ])
    expect(router.unbind({ queue: 'a' }, '', 'a')).toBe(false)
  })
})
