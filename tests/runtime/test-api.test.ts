import { afterEach, expect, it } from 'vitest'
import { bind, inGuest, random } from '@/lib/runtime/test-api'
import { openRealm } from './support/realm'

/* The test API under plain Vitest, bound as the check of the content binds it. */

const hooks: (() => void)[] = []
let testName = ''
afterEach(() => {
  hooks.length = 0
})

function bindTo(solution: unknown, seed: number): void {
  bind({ solution, seed, beforeEach: (hook) => hooks.push(hook), testName: () => testName })
}

/** As Vitest does before a test. */
function begin(name: string): void {
  testName = name
  for (const hook of hooks) hook()
}

it('draws what the test runtime draws for the same seed and test', async () => {
  const realm = await openRealm()
  const { report } = await realm.run({
    tests: `
      import { describe, it } from 'vitest'
      import { random } from 'handroll'
      describe('group', () => {
        it('test', () => { throw new Error(JSON.stringify([random.seed, random.next(), random.shuffle([1, 2, 3, 4, 5])])) })
      })
    `,
    seed: 7,
  })
  await realm.close()
  bindTo({}, 7)
  begin('group > test')
  const drawn = JSON.stringify([random.seed, random.next(), random.shuffle([1, 2, 3, 4, 5])])
  expect(drawn).toBe(report.tests[0]?.errors[0]?.message)
})

it('begins the numbers of a test anew each time', () => {
  bindTo({}, 1)
  begin('a')
  const first = [random.next(), random.int(1, 100)]
  begin('b')
  expect([random.next(), random.int(1, 100)]).not.toEqual(first)
  begin('a')
  expect([random.next(), random.int(1, 100)]).toEqual(first)
})

it('keeps two files that share a worker apart', () => {
  bindTo({ name: 'first' }, 1)
  const [first] = hooks
  bindTo({ name: 'second' }, 2)
  first?.()
  expect([random.seed, inGuest((solution: { name: string }) => solution.name)]).toEqual([1, 'first'])
})

it('ships the text of a driver alone', () => {
  bindTo({ double: (n: number) => 2 * n }, 1)
  const outside = 1
  expect(inGuest((solution: { double: (n: number) => number }, n: number) => solution.double(n), 21)).toBe(42)
  expect(() => inGuest(() => outside)).toThrow(ReferenceError)
})
