import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFailed, onTestFinished, test } from 'vitest'

describe('modifiers', () => {
  it.skip('skip', () => expect(1).toBe(2))
  it.todo('todo')
  it('without a body')
  it.fails('fails turns a failure round', () => expect(1).toBe(2))
  it.fails('fails turns a pass round', () => expect(1).toBe(1))
  it.skipIf(true)('skipIf', () => expect(1).toBe(2))
  it.runIf(true)('runIf', () => expect(1).toBe(2))
  it.runIf(false)('runIf not', () => expect(1).toBe(2))
  it('a skip from within', ({ skip }) => {
    skip()
    expect(1).toBe(2)
  })
  it('a skip from within that does not apply', ({ skip }) => {
    skip(false)
    expect(1).toBe(2)
  })
  it('twice the same name', () => expect(1).toBe(1))
  it('twice the same name', () => expect(1).toBe(2))
  let tries = 0
  it('retry', { retry: 2 }, () => expect(++tries).toBe(3))
  it('retry in vain', { retry: 2 }, () => expect(1).toBe(2))
  let repeats = 0
  it('repeats', { repeats: 2 }, () => expect(++repeats).toBeLessThan(3))
  describe.skip('a skipped group', () => {
    it('is skipped', () => expect(1).toBe(2))
  })
  describe.todo('a group to come')
  describe.runIf(false)('a group that does not apply', () => {
    it('is skipped', () => expect(1).toBe(2))
  })
})

describe('tables', () => {
  it.each([
    [1, 1, 2],
    [1, 2, 4],
  ])('%i + %i = %i', (a, b, sum) => expect(a + b).toBe(sum))
  it.each([{ a: 1, b: { c: 'x' } }])('$a and $b.c', ({ a }) => expect(a).toBe(1))
  it.each`
    a    | b
    ${1} | ${1}
    ${2} | ${3}
  `('$a equals $b', ({ a, b }: { a: number; b: number }) => expect(a).toBe(b))
  it.for([
    [1, 1],
    [2, 3],
  ])('for %i and %i', ([a, b], context) => context.expect(a).toBe(b))
  describe.each(['x', 'y'])('group %s', (letter) => {
    it('has its letter', () => expect(letter).toBe('x'))
  })
  describe.for([[1, 2]])('pair %i %i', ([a, b]) => {
    it('differs', () => expect(a).toBe(b))
  })
})

describe('assertion counts', () => {
  it('assertions holds', () => {
    expect.assertions(1)
    expect(1).toBe(1)
  })
  it('assertions fails', () => {
    expect.assertions(2)
    expect(1).toBe(1)
  })
  it('hasAssertions fails', () => {
    expect.hasAssertions()
  })
  it('assertions of an expect of its own', ({ expect: own }) => {
    own.assertions(2)
    own(1).toBe(1)
  })
  it('unreachable', () => expect.unreachable('this'))
})

describe('soft', () => {
  it('collects failures and goes on', () => {
    expect.soft(1).toBe(2)
    expect.soft(1).toBe(1)
    expect.soft([1]).toEqual([2])
  })
  it('holds', () => expect.soft(1).toBe(1))
  it('also on promises', async () => {
    await expect.soft(Promise.resolve(1)).resolves.toBe(2)
    await expect.soft(Promise.resolve(1)).rejects.toBe(2)
  })
})

describe('poll', () => {
  it('holds in time', async () => {
    let n = 0
    await expect.poll(() => ++n, { interval: 1 }).toBe(3)
  })
  it('fails in time', async () => {
    await expect.poll(() => 1, { interval: 1, timeout: 20 }).toBe(3)
  })
  it('not', async () => {
    await expect.poll(() => 1, { interval: 1, timeout: 20 }).not.toBe(3)
  })
  it('must be awaited', () => {
    void expect.poll(() => 1)
    void expect.poll(() => 1).toBe(1)
  })
})

describe('hooks', () => {
  const log: string[] = []
  beforeAll(() => void log.push('beforeAll'))
  beforeEach(() => {
    log.push('beforeEach')
    return () => void log.push('clean-up')
  })
  afterEach(() => void log.push('afterEach 1'))
  afterEach(() => void log.push('afterEach 2'))
  it('first', () => {
    onTestFinished(() => void log.push('finished'))
    onTestFailed(() => void log.push('failed'))
    log.push('test')
  })
  describe('within', () => {
    beforeEach(() => void log.push('inner beforeEach'))
    afterEach(() => void log.push('inner afterEach'))
    it('second', () => expect.unreachable())
  })
  it('third sees the order', () => {
    expect(log.join(' ')).toBe(
      'beforeAll beforeEach test afterEach 2 afterEach 1 clean-up finished ' +
        'beforeEach inner beforeEach inner afterEach afterEach 2 afterEach 1 clean-up beforeEach',
    )
  })
})

describe('a hook that fails before its tests', () => {
  beforeAll(() => {
    throw new Error('no ground to stand on')
  })
  it('leaves this one out', () => expect(1).toBe(1))
})

describe('a hook that fails before each test', () => {
  beforeEach(() => {
    throw new Error('not ready')
  })
  it('fails this one', () => expect(1).toBe(1))
})

describe('a hook that fails after its tests', () => {
  afterAll(() => {
    throw new Error('cannot tidy up')
  })
  it('spares this one', () => expect(1).toBe(1))
})

describe.concurrent('concurrent', () => {
  const log: string[] = []
  const step = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))
  it('one', async ({ expect }) => {
    log.push('one')
    await step()
    expect(log).toEqual(['one', 'two'])
  })
  it('two', async ({ expect }) => {
    log.push('two')
    await step()
    expect.assertions(1)
    expect(log).toEqual(['one'])
  })
  it.sequential('three', () => expect(log).toEqual(['one', 'two']))
})

describe('time', () => {
  it('is up for a promise', { timeout: 20 }, () => new Promise(() => undefined))
  it('is up for a loop', { timeout: 20 }, () => {
    const end = performance.now() + 40
    while (performance.now() < end);
  })
  it('aborts the signal', { timeout: 20 }, async ({ signal }) => {
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
  })
})

describe('fixtures', () => {
  const own = test.extend<{ list: number[] }>({
    list: async ({}, use) => {
      const list: number[] = []
      await use(list)
      list.length = 0
    },
  })
  own('are given', ({ list }) => expect(list).toEqual([]))
  own('are given to a failing test', ({ list }) => expect(list).toEqual([1]))
})

describe('names', () => {
  it('are known while a test runs', () => expect(expect.getState().currentTestName).toBe('names > are known while a test runs'))
})
